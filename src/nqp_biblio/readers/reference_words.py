"""Words that tell the parts of a printed reference from one another."""

from __future__ import annotations

__all__ = [
    "ABBREVIATIONS",
    "CITIES",
    "GIVEN_NAMES",
    "HOST_WORDS",
    "JOURNAL_WORDS",
    "PUBLISHER_WORDS",
    "SMALL_WORDS",
    "TITLE_WORDS",
    "WEAK_PUBLISHER_WORDS",
]

_JOURNAL = """
j journal journals int international proc proceedings trans transactions ann annals annu annual am
american amer eur european phys physics physical rev review reviews lett letters chem chemistry
chemical biol biology biological med medicine medical sci science sciences scientific nat nature natl
res research acta arch archives bull bulletin mag magazine quarterly q curr current opin opinion adv
advances appl applied math mathematics mathematical stat statistics statistical comput computer
computing computers soc society social psychol psychology psychological clin clinical surg surgery
neurosci neuroscience neurol neurology psychiatry mol molecular cell cells genet genetics genomics
genome evol evolution ecol ecology environ environmental eng engineering mech mechanics mechanical
mater materials nucl nuclear astron astronomy astrophys astrophysical astrophysics geophys geophysical
geol geology earth planet ocean marine oceanogr climate atmos plant plants bot botany zool zoology
entomol entomology vet veterinary agric agricultural food nutr nutrition pharmacol pharmacology
pharm toxicol toxicology immunol immunology microbiol microbiology virol virology infect infectious
dis disease diseases epidemiol epidemiology health public care nurs nursing pediatr pediatrics obstet
cancer oncol oncology cardiol cardiology circulation circ heart blood diabetes endocrinol metab
metabolism lancet bmj jama plos pnas ieee acm siam springer lecture notes educ education educational
econ economics economic economy polit political politics law policy hist history historical
philos philosophy cult cultural studies study anthropol anthropology anthropological sociol sociology
sociological linguist linguistics lang language languages lit literature literary z zeitschrift fur
für rivista revista revue boletin boletín cahiers annales archiv archivio arxiv biorxiv jahrbuch
blätter forum report reports comm commun communications rep exp experimental theor theoretical
bioinformatics biochem biochemistry biochemical biophys biophysics biophysical bioorg org organic
inorg inorganic anal analytical electrochem polym polymer catal crystallogr spectrosc spectroscopy
syst systems theory inform information inf signal image vision pattern recognit recognition neural
networks mach machine learning intell intelligence artif artificial robot robotics autom control
softw software knowl data management manag business marketing finance financial account accounting
tourism transport transportation geogr geography geographical urban reg regional rural land water
hydrol hydrology soil forest forestry conserv conservation biodivers wildl wildlife fish fisheries
aquac physiol physiology physiological anat anatomy embryol dev developmental development behav
behaviour behavioral behavior brain cogn cognition cognitive percept perception hum human humanities
gerontol aging sleep pain ophthalmol dermatol radiol radiology rheumatol urol nephrol gastroenterol
hepatol hepatology respir chest thorac transplant trauma orthop joint sport sports exerc rehabil dent
dental oral periodontol akad nauk sssr dokl izv zh vestn usp mem memoirs mém comptes rendus c.r. acad
academy sb sitz chronicle gazette times post herald tribune news newspaper daily weekly monthly
guardian le monde zeitung morning independent economist spectrum technology technol tech technological
isis mind nuova nuovo cimento soft europhys epl jetp jhep apj apjs mnras aj jinst prl rmp ergonomics
structure structural mind neuron nanotechnology nano optics opt optical express semicond electron
electronics electrical electric power energy fuel solid fluid fluids flow heat mass vib sound acoust
acoustical speech hear chromatogr proteins protein nucleic acids peptides rna dna dokl. entropy
physica fractals chaos nouvelles bmc circ. cienc ciência revista cahiers tidsskrift fortschr solitons topology algebra geometry geom combin combinatorics discrete logic symb
symbolic probab probability theoret bernoulli biometrika technometrics econometrica ens scand
scandinavica brit british can canadian aust australian jpn japanese j. chin chinese russ russian indian
ital italian french german deutsche deutschen korean natur naturforsch naturwissenschaften
""".split()
JOURNAL_WORDS = frozenset(_JOURNAL)
"""Words usual in the names of journals and newspapers, folded, with their abbreviations."""

_ABBREVIATED = """
phys chem biol med sci lett rev proc trans int natl nat acad geophys astrophys nucl eur mod math soc
conf appl biochem biophys bull annu amer adv comput comm commun environ exp theor inf opt psychol
res stat syst tech technol eng mech mater microbiol mol pharmacol physiol sup ser symp virol genet
ges ecol evol immunol clin surg ind lond univ press dept vol jr lect arch journal instrum meas
""".split()
ABBREVIATIONS = frozenset(_ABBREVIATED) - {"jr"}
"""Abbreviations in the names of journals that are no names of people, in lower case."""

_HOST = """
proceedings proc proc. conference conf conf. symposium symp symp. workshop congress lecture notes
handbook encyclopedia encyclopaedia companion advances festschrift collected kongress tagung actes
atti actas transactions lncs
""".split()
HOST_WORDS = frozenset(_HOST)
"""Words usual in the names of proceedings and collections."""

_PUBLISHERS = """
press verlag springer wiley sage routledge elsevier mcgraw mcgraw-hill hall publisher publishers
publishing publications éditions editions éd. edizioni ediciones editorial editora editori sons books
kluwer blackwell wiley-blackwell macmillan palgrave penguin academic pergamon birkhäuser dekker
addison-wesley benjamin freeman norton harper harpercollins random knopf vintage doubleday
houghton mifflin prentice prentice-hall o’reilly o'reilly crc routledge/taylor francis taylor
brill gruyter niemeyer suhrkamp fischer mohr siebeck vandenhoeck ruprecht c.h.beck beck reclam
metzler campus rowohlt hanser dunod gallimard seuil minuit flammarion puf p.u.f. presses vrin armand
colin hachette larousse nathan fayard payot librairie l'harmattan harmattan laterza einaudi mondadori
feltrinelli mulino bollati bompiani giuffrè plenum north-holland ios amer mit oup cup u.p. up univ.
ashgate elgar earthscan greenwood praeger lexington heinemann longman hodder arnold chapman
thieme saunders mosby lippincott williams wilkins churchill livingstone karger erlbaum guilford
brunner psychology jossey-bass basic free westview lynne rienner transaction aldine humana nova
scientific usenix ieee acm siam aaai morgan kaufmann pearson cengage wadsworth brooks/cole worth
thomson reuters artech institute inc inc. ltd ltd. gmbh llc corp. co. company bureau office agency
department ministry university universidad universität université universidade università college
society association foundation center centre council commission committee museum library bank
international organization organisation institut fondo cultura económica paidós siglo xxi ariel
cátedra alianza tecnos taurus anagrama porrúa almedina companhia letras vozes atlas cortez contexto
""".split()
PUBLISHER_WORDS = frozenset(_PUBLISHERS)
"""Words usual in the names of publishers and issuing bodies, in lower case."""

_CITIES = """
new|york london paris berlin oxford cambridge chicago boston philadelphia princeton amsterdam
dordrecht heidelberg stuttgart münchen munich frankfurt frankfurt|am|main frankfurt/m. hamburg köln
cologne leipzig göttingen tübingen wiesbaden darmstadt mainz bonn würzburg freiburg basel zürich
zurich bern geneva genève wien vienna graz innsbruck rome roma milano milan torino turin firenze
florence bologna napoli venezia padova madrid barcelona lisboa lisbon méxico mexico|city buenos|aires
santiago são|paulo rio|de|janeiro bogotá lima caracas brussels bruxelles leuven louvain leiden utrecht
rotterdam the|hague den|haag copenhagen københavn stockholm oslo helsinki uppsala lund reykjavik
dublin edinburgh glasgow manchester liverpool birmingham bristol leeds sheffield norwich brighton
washington washington|dc washington,|dc washington|d.c. baltimore los|angeles san|francisco san|diego
berkeley stanford palo|alto menlo|park seattle portland denver dallas houston austin atlanta miami
new|haven ithaca ann|arbor urbana bloomington madison minneapolis st.|louis st.|paul cleveland columbus
pittsburgh detroit hoboken englewood|cliffs upper|saddle|river reading redwood|city san|mateo san|jose
new|brunswick piscataway mahwah hillsdale thousand|oaks newbury|park beverly|hills boca|raton gainesville
durham chapel|hill charlottesville nashville new|orleans lexington athens lincoln norman tucson
albuquerque salt|lake|city boulder honolulu toronto montréal montreal ottawa vancouver québec calgary
sydney melbourne canberra brisbane perth adelaide auckland wellington tokyo kyoto osaka beijing
shanghai hong|kong taipei seoul singapore new|delhi delhi mumbai bombay calcutta bangalore islamabad
moscow moskva leningrad st.|petersburg saint|petersburg warsaw warszawa kraków wrocław prague praha
budapest bucharest sofia belgrade zagreb ljubljana kiev minsk vilnius riga tallinn athens istanbul ankara cairo
jerusalem tel|aviv beirut tehran nairobi johannesburg cape|town pretoria dakar chichester
harmondsworth basingstoke aldershot cheltenham abingdon farnham maidenhead harlow bingley
lausanne neuchâtel grenoble lyon marseille toulouse bordeaux rennes strasbourg lille nancy aix-en-provence
berlin/heidelberg opladen münster bielefeld weinheim gütersloh reinbek kiel jena weimar halle potsdam
dresden bremen hannover essen dortmund düsseldorf marburg gießen kassel erlangen nürnberg regensburg
passau konstanz trier saarbrücken antwerp antwerpen ghent gent liège turnhout groningen delft nijmegen
rockville bethesda arlington alexandria springfield westport norwood malden
""".split()
CITIES = frozenset(city.replace("|", " ") for city in _CITIES)
"""Places where much is published, in lower case."""

_GIVEN = """
john james robert michael william david richard joseph thomas charles christopher daniel matthew
anthony mark donald steven stephen paul andrew joshua kenneth kevin brian george timothy ronald edward
jason jeffrey ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory
frank alexander raymond patrick jack dennis jerry peter henry harold carl arthur roger philip albert
mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra
ashley kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura
cynthia kathleen amy angela shirley anna ruth brenda pamela nicole katherine catherine christine helen
jean jacques pierre michel andré philippe françois claude bernard alain gérard denis louis henri marie
anne hans klaus karl heinz wolfgang günter jürgen werner dieter horst uwe ulrich thomas stefan martin
andreas matthias christian bernd rainer ralf sven jens lars erik anders nils johan gustav olaf sabine
monika ursula petra josé juan luis carlos antonio manuel francisco pedro miguel jorge fernando rafael
maría carmen ana isabel josefa giovanni giuseppe marco mario luigi franco paolo roberto andrea
stefano alessandro francesca vladimir sergei alexei ivan nikolai boris dmitri igor yuri andrei
mohamed ahmed ali hassan ibrahim wei li wang zhang jun ming hui yan jing tao lei kenji hiroshi
alan adam aaron simon stuart ian neil colin graham keith geoffrey hugh douglas malcolm duncan
bruce craig glenn howard ralph stanley leonard harry fred walter theodore victor eugene oliver sebastian
max felix julia eva claudia sophie charlotte alice jane joan judith martha janet diane joyce julie
brad tom bob bill jim joe dan sam ben ken ron don tim steve dave mike chris matt alex nick greg allene
""".split()
GIVEN_NAMES = frozenset(_GIVEN)
"""Usual given names, in lower case."""

_TITLE = """
introduction theory handbook report annual history analysis study studies principles methods guide
manual dictionary encyclopedia principles elements foundations essays letters notes on towards toward
the a an how what why when where is are can do does modern advanced basic general statistical
mathematical quantum machine deep artificial global world new international national social
political economic public human digital data information meeting statement act convention treaty
guidelines standard recommendation world report survey review annual proceedings
""".split()
TITLE_WORDS = frozenset(_TITLE)
"""Words that begin or fill titles and no names, in lower case."""

_WEAK = """
society association international ieee acm scientific department academic nova free basic transaction
psychology basic research foundation center centre council committee institute institut university
college library museum bank inc co organization organisation office agency national world elsevier
""".split()
WEAK_PUBLISHER_WORDS = frozenset(_WEAK)
"""Those of them that are usual in the names of journals and meetings too."""

SMALL_WORDS = frozenset(
    "a an the of for and in on to at by from with de la le les des du der die das und et en el los del y"
    " di della e da do dos für & van het zur zum im per sur au aux as or l' d'".split()
)
"""Words that stay in lower case within names of journals and publishers."""
