"""Words that tell the parts of a printed reference from one another."""

from __future__ import annotations

__all__ = [
    "ABBREVIATIONS",
    "CITIES",
    "GIVEN_NAMES",
    "HOST_WORDS",
    "JOURNAL_WORDS",
    "PUBLISHER_WORDS",
    "TITLE_WORDS",
]

_JOURNAL_WORDS_TEXT = """
acad academy account accounting acids acm acoust acoustical acta adv advances aging agric
agricultural aj akad algebra am amer american anal analytical anat anatomy ann annales annals
annu annual anthropol anthropological anthropology apj apjs appl applied aquac arch archiv
archives archivio artif artificial arxiv astron astronomy astrophys astrophysical astrophysics
atmos aust australian autom behav behavior behavioral behaviour bernoulli biochem biochemical
biochemistry biodivers bioinformatics biol biological biology biometrika bioorg biophys
biophysical biophysics biorxiv blood blätter bmc bmj boletin boletín bot botany brain brit
british bull bulletin business c.r. cahiers can canadian cancer cardiol cardiology care catal
cell cells chaos chem chemical chemistry chest chin chinese chromatogr chronicle cienc cimento
circ circ. circulation ciência climate clin clinical cogn cognition cognitive combin
combinatorics comm commun communications comptes comput computer computers computing conserv
conservation control crystallogr cult cultural curr current daily data dent dental dermatol
deutsche deutschen dev development developmental diabetes dis discrete disease diseases dna dokl
dokl. earth ecol ecology econ econometrica economic economics economist economy educ education
educational electric electrical electrochem electron electronics embryol endocrinol energy eng
engineering ens entomol entomology entropy environ environmental epidemiol epidemiology epl
ergonomics eur european europhys evol evolution exerc exp experimental express finance financial
fish fisheries flow fluid fluids food forest forestry fortschr forum fractals french fuel fur
für gastroenterol gazette genet genetics genome genomics geogr geographical geography geol
geology geom geometry geophys geophysical german gerontol guardian health hear heart heat
hepatol hepatology herald hist historical history hum human humanities hydrol hydrology ieee
image immunol immunology independent indian inf infect infectious inform information inorg
inorganic int intell intelligence international isis ital italian izv j j. jahrbuch jama
japanese jetp jhep jinst joint journal journals jpn knowl korean lancet land lang language
languages law le learning lecture lett letters linguist linguistics lit literary literature
logic mach machine mag magazine manag management marine marketing mass mater materials math
mathematical mathematics mech mechanical mechanics med medical medicine mem memoirs metab
metabolism microbiol microbiology mind mnras mol molecular monde monthly morning mém nano
nanotechnology nat natl natur nature naturforsch naturwissenschaften nauk nephrol networks
neural neurol neurology neuron neurosci neuroscience news newspaper notes nouvelles nucl nuclear
nucleic nuova nuovo nurs nursing nutr nutrition obstet ocean oceanogr oncol oncology ophthalmol
opin opinion opt optical optics oral org organic orthop pain pattern pediatr pediatrics peptides
percept perception periodontol pharm pharmacol pharmacology philos philosophy phys physica
physical physics physiol physiological physiology planet plant plants plos pnas policy polit
political politics polym polymer post power prl probab probability proc proceedings protein
proteins psychiatry psychol psychological psychology public q quarterly radiol radiology
recognit recognition reg regional rehabil rendus rep report reports res research respir rev
review reviews revista revue rheumatol rivista rmp rna robot robotics rural russ russian sb
scand scandinavica sci science sciences scientific semicond siam signal sitz sleep soc social
society sociol sociological sociology soft softw software soil solid solitons sound spectrosc
spectroscopy spectrum speech sport sports springer sssr stat statistical statistics structural
structure studies study surg surgery symb symbolic syst systems tech technol technological
technology technometrics theor theoret theoretical theory thorac tidsskrift times topology
tourism toxicol toxicology trans transactions transplant transport transportation trauma tribune
urban urol usp vestn vet veterinary vib virol virology vision water weekly wildl wildlife z
zeitschrift zeitung zh zool zoology
"""
JOURNAL_WORDS = frozenset(_JOURNAL_WORDS_TEXT.split())
"""Words usual in the names of journals and newspapers, in lower case, with their abbreviations."""

_ABBREVIATIONS_TEXT = """
acad acoust adv amer annu appl arch artif astrophys biochem biol biophys bull cardiol catal chem
clin combust comm commun comput conf crystallogr dept diff diffus ecol electrochem endocrinol
eng environ eur evol exp gastroenterol genet geol geophys ges hydrol immunol ind inf instrum int
journal lect lett lond mater math meas mech med microbiol mod mol nat natl naturforsch neurol
neurosci nucl oceanogr oncol opt pharm pharmacol philos phys physiol polym press probab proc
prog psychol res rev sci ser soc spectrosc stat sup surg symp syst tech technol theor theoret
toxicol trans univ virol vol
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
"""Abbreviations in the names of journals that are no names of people, in lower case."""

_HOST_WORDS_TEXT = """
actas actes advances atti collected companion conf conf. conference congress encyclopaedia
encyclopedia festschrift handbook kongress lecture lncs notes proc proc. proceedings symp symp.
symposium tagung transactions workshop
"""
HOST_WORDS = frozenset(_HOST_WORDS_TEXT.split())
"""Words usual in the names of proceedings and collections."""

_PUBLISHER_WORDS_TEXT = """
aaai academic acm addison-wesley agency aldine alianza almedina amer anagrama ariel armand
arnold artech ashgate association atlas bank basic beck benjamin birkhäuser blackwell bollati
bompiani books brill brooks/cole brunner bureau c.h.beck campus cengage center centre chapman
churchill co. colin college commission committee companhia company contexto corp. cortez council
crc cultura cup cátedra dekker department doubleday dunod earthscan económica ediciones editions
editora editori editorial edizioni einaudi elgar elsevier erlbaum fayard feltrinelli fischer
flammarion fondo foundation francis free freeman gallimard giuffrè gmbh greenwood gruyter
guilford hachette hall hanser harmattan harper harpercollins heinemann hodder houghton humana
ieee inc inc. institut institute international ios jossey-bass karger kaufmann kluwer knopf
l'harmattan larousse laterza letras lexington librairie library lippincott livingstone llc
longman ltd ltd. lynne macmillan mcgraw mcgraw-hill metzler mifflin ministry minuit mit mohr
mondadori morgan mosby mulino museum nathan niemeyer north-holland norton nova o'reilly office
organisation organization oup o’reilly p.u.f. paidós palgrave payot pearson penguin pergamon
plenum porrúa praeger prentice prentice-hall press presses psychology publications publisher
publishers publishing puf random reclam reuters rienner routledge routledge/taylor rowohlt
ruprecht sage saunders scientific seuil siam siebeck siglo society sons springer suhrkamp taurus
taylor tecnos thieme thomson transaction u.p. univ. universidad universidade university
università universität université up usenix vandenhoeck verlag vintage vozes vrin wadsworth
westview wiley wiley-blackwell wilkins williams worth xxi éd. éditions
"""
PUBLISHER_WORDS = frozenset(_PUBLISHER_WORDS_TEXT.split())
"""Words usual in the names of publishers and issuing bodies, in lower case."""

_CITIES_TEXT = """
abingdon adelaide aix-en-provence albuquerque aldershot alexandria amsterdam ankara ann_arbor
antwerp antwerpen arlington athens atlanta auckland austin baltimore bangalore barcelona basel
basingstoke beijing beirut belgrade berkeley berlin berlin/heidelberg bern bethesda
beverly_hills bielefeld bingley birmingham bloomington boca_raton bogotá bologna bombay bonn
bordeaux boston boulder bremen brighton brisbane bristol brussels bruxelles bucharest budapest
buenos_aires cairo calcutta calgary cambridge canberra cape_town caracas chapel_hill
charlottesville cheltenham chicago chichester cleveland cologne columbus copenhagen dakar dallas
darmstadt delft delhi den_haag denver detroit dordrecht dortmund dresden dublin durham
düsseldorf edinburgh englewood_cliffs erlangen essen farnham firenze florence frankfurt
frankfurt_am_main frankfurt/m. freiburg gainesville geneva gent genève ghent gießen glasgow graz
grenoble groningen göttingen gütersloh halle hamburg hannover harlow harmondsworth heidelberg
helsinki hillsdale hoboken hong_kong honolulu houston innsbruck islamabad istanbul ithaca jena
jerusalem johannesburg kassel kiel kiev konstanz kraków kyoto köln københavn lausanne leeds
leiden leipzig leningrad leuven lexington lille lima lincoln lisboa lisbon liverpool liège
ljubljana london los_angeles louvain lund lyon madison madrid mahwah maidenhead mainz malden
manchester marburg marseille melbourne menlo_park mexico_city miami milan milano minneapolis
minsk montreal montréal moscow moskva mumbai munich méxico münchen münster nairobi nancy napoli
nashville neuchâtel new_brunswick new_delhi new_haven new_orleans new_york newbury_park nijmegen
norman norwich norwood nürnberg opladen osaka oslo ottawa oxford padova palo_alto paris passau
perth philadelphia piscataway pittsburgh portland potsdam prague praha pretoria princeton québec
reading redwood_city regensburg reinbek rennes reykjavik riga rio_de_janeiro rockville roma rome
rotterdam saarbrücken saint_petersburg salt_lake_city san_diego san_francisco san_jose san_mateo
santiago seattle seoul shanghai sheffield singapore sofia springfield st._louis st._paul
st._petersburg stanford stockholm strasbourg stuttgart sydney são_paulo taipei tallinn tehran
tel_aviv the_hague thousand_oaks tokyo torino toronto toulouse trier tucson turin turnhout
tübingen upper_saddle_river uppsala urbana utrecht vancouver venezia vienna vilnius warsaw
warszawa washington washington_d.c. washington_dc washington,_dc weimar weinheim wellington
westport wien wiesbaden wrocław würzburg zagreb zurich zürich
"""
CITIES = frozenset(city.replace("_", " ") for city in _CITIES_TEXT.split())
"""Places where much is published, in lower case."""

_GIVEN_NAMES_TEXT = """
aaron adam ahmed alain alan albert alessandro alex alexander alexei ali alice allene amanda amy
ana anders andrea andreas andrei andrew andré angela anna anne anthony antonio arthur ashley
barbara ben benjamin bernard bernd betty bill bob boris brad brandon brenda brian bruce carl
carlos carmen carol catherine charles charlotte chris christian christine christopher claude
claudia colin craig cynthia dan daniel dave david deborah denis dennis diane dieter dmitri don
donald donna dorothy douglas duncan edward elizabeth emily eric erik eugene eva felix fernando
francesca francisco franco frank françois fred gary geoffrey george giovanni giuseppe glenn
graham greg gregory gustav gérard günter hans harold harry hassan heinz helen henri henry
hiroshi horst howard hugh hui ian ibrahim igor isabel ivan jack jacob jacques james jane janet
jason jean jeffrey jennifer jens jerry jessica jim jing joan joe johan john jonathan jorge
josefa joseph joshua josé joyce juan judith julia julie jun justin jürgen karen karl katherine
kathleen keith ken kenji kenneth kevin kimberly klaus larry lars laura lei leonard li linda lisa
louis luigi luis malcolm manuel marco margaret marie mario mark martha martin mary maría matt
matthew matthias max melissa michael michel michelle miguel mike ming mohamed monika nancy neil
nicholas nick nicole nikolai nils olaf oliver pamela paolo patricia patrick paul pedro peter
petra philip philippe pierre rafael rainer ralf ralph raymond rebecca richard robert roberto
roger ron ronald ruth ryan sabine sam samuel sandra sarah scott sebastian sergei sharon shirley
simon sophie stanley stefan stefano stephanie stephen steve steven stuart susan sven tao
theodore thomas tim timothy tom ulrich ursula uwe victor vladimir walter wang wei werner william
wolfgang yan yuri zhang
"""
GIVEN_NAMES = frozenset(_GIVEN_NAMES_TEXT.split())
"""Usual given names, in lower case."""

_TITLE_WORDS_TEXT = """
a act advanced an analysis annual are artificial basic can convention data deep dictionary
digital do does economic elements encyclopedia essays foundations general global guide
guidelines handbook history how human information international introduction is letters machine
manual mathematical meeting methods modern national new notes on political principles
proceedings public quantum recommendation report review social standard statement statistical
studies study survey the theory toward towards treaty what when where why world
"""
TITLE_WORDS = frozenset(_TITLE_WORDS_TEXT.split())
"""Words that begin or fill titles and no names, in lower case."""
