"""One form for the forms of an English word: singular, and American spelling."""

from __future__ import annotations

import re

from nqp_biblio.text.words import word_list

__all__ = ["american", "singular"]

_MIN_LETTERS = 3

_IRREGULAR = """
    alumni:alumnus algae:alga analyses:analysis antennae:antenna appendices:appendix
    atlases:atlas aliases:alias axes:axis bacilli:bacillus bacteria:bacterium bases:base
    biases:bias cacti:cactus canvases:canvas children:child codices:codex corpora:corpus
    cortices:cortex crises:crisis criteria:criterion curricula:curriculum diagnoses:diagnosis
    errata:erratum feet:foot foci:focus formulae:formula fungi:fungus ganglia:ganglion
    gases:gas geese:goose genera:genus helices:helix hypotheses:hypothesis indexes:index
    indices:index larvae:larva lenses:lens loci:locus matrices:matrix memoranda:memorandum
    men:man metastases:metastasis mice:mouse mitochondria:mitochondrion moduli:modulus
    neuroses:neurosis nuclei:nucleus oases:oasis oxen:ox parentheses:parenthesis
    phenomena:phenomenon prognoses:prognosis psychoses:psychosis quanta:quantum quizzes:quiz
    radii:radius simplices:simplex spectra:spectrum stimuli:stimulus strata:stratum
    symposia:symposium syntheses:synthesis teeth:tooth theses:thesis vertebrae:vertebra
    vertices:vertex vortices:vortex women:woman
    calves:calf elves:elf halves:half knives:knife leaves:leaf lives:life loaves:loaf
    ourselves:ourself scarves:scarf selves:self shelves:shelf themselves:themself
    thieves:thief wives:wife wolves:wolf
    antibiotics:antibiotic biologics:biologic ceramics:ceramic characteristics:characteristic
    clinics:clinic critics:critic epidemics:epidemic fabrics:fabric heuristics:heuristic
    metrics:metric microplastics:microplastic mosaics:mosaic nanoplastics:nanoplastic
    pandemics:pandemic polymorphics:polymorphic plastics:plastic topics:topic
    aches:ache avalanches:avalanche backaches:backache caches:cache headaches:headache
    moustaches:moustache niches:niche psyches:psyche quiches:quiche toothaches:toothache
    abuses:abuse excuses:excuse fuses:fuse misuses:misuse muses:muse recluses:recluse
    refuses:refuse reuses:reuse ruses:ruse uses:use
    canoes:canoe foes:foe hoes:hoe oboes:oboe shoes:shoe toes:toe
"""
_PLURALS: dict[str, str] = {
    pair.partition(":")[0]: pair.partition(":")[2] for pair in _IRREGULAR.split()
}
_SINGULARS = word_list("singulars")

_ENDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:ly|the|gno|sta|mbo|pto|cro|bro|lero|pho|thro|rho)ses$"), "ses:sis"),
    (re.compile(r"..ies$"), "ies:y"),
    (re.compile(r"(?:sses|xes|ches|shes|zzes)$"), "es:"),
    (re.compile(r"[^ao]uses$"), "es:"),
    (re.compile(r"..oes$"), "es:"),
    (re.compile(r"(?<!s)(?<!u)(?<!i)(?<!ic)s$"), "s:"),
)
"""Endings of plurals, the first that fits, with what stands in the place of what."""

_DOUBLED = (
    "cancel channel counsel crystal dial enrol equal fuel initial instal jewel label level marvel"
    " model panel pedal rival signal spiral total travel tunnel"
)
_OURS = (
    "arb ard arm behavi cand clam col demean endeav fav ferv flav glam harb hon hum lab neighb od"
    " parl ranc rig rum sav splend succ tum val vap vig"
)
_SPELLINGS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"isation", "ization"),
        (r"(?<=...)is(e|ed|er|ing|able|ability)$", r"iz\1"),
        (r"(?<=..)lys(e|ed|er|ing)$", r"lyz\1"),
        (rf"({'|'.join(_OURS.split())})our(?!c)", r"\1or"),
        (r"(met|cent|fib|lit|theat|^calib|^lust|^spect)re$", r"\1er"),
        (r"(cent|fib)red$", r"\1ered"),
        (rf"({'|'.join(_DOUBLED.split())})l(ing|ed|er|or)$", r"\1\2"),
        (r"^(cata|dia|ana|pro|mono|epi|homo|ortho|para)logue$", r"\1log"),
        (r"^((?:micro|bio)?program)me$", r"\1"),
        (r"aemi", "emi"),
        (r"(?<!p)haem", "hem"),
        (r"paed", "ped"),
        (r"anaesth", "anesth"),
        (r"oestr", "estr"),
        (r"oesoph", "esoph"),
        (r"^foet", "fet"),
        (r"oedem", "edem"),
        (r"rrhoea", "rrhea"),
        (r"gynaec", "gynec"),
        (r"archaeolog", "archeolog"),
        (r"palaeo", "paleo"),
        (r"^aetiolog", "etiolog"),
        (r"^faec", "fec"),
        (r"^coeliac", "celiac"),
        (r"caesarean", "cesarean"),
        (r"encyclopaed", "encycloped"),
        (r"sulph", "sulf"),
        (r"^ageing$", "aging"),
        (r"^aluminium$", "aluminum"),
        (r"^artefact", "artifact"),
        (r"^(acknowledg|judg)ement$", r"\1ment"),
        (r"^(enrol|fulfil|instal)(ment)?$", r"\1l\2"),
        (r"^(defen|offen|licen|preten)ce$", r"\1se"),
        (r"^practise", "practice"),
        (r"^grey(?=$|s)", "gray"),
        (r"^jewellery$", "jewelry"),
        (r"^manoeuvr(e|ing|ed|able|ability)?$", r"maneuver\1"),
        (r"^maneuvere$", "maneuver"),
        (r"^mollusc$", "mollusk"),
        (r"^mould", "mold"),
        (r"^plough", "plow"),
        (r"^sceptic", "skeptic"),
        (r"^skilful", "skillful"),
        (r"^tyre$", "tire"),
        (r"^yoghurt$", "yogurt"),
        (r"^(us|liv|siz|lik|sal)eab", r"\1ab"),
        (r"^(focus|bias)s(ed|ing)$", r"\1\2"),
    )
)
"""British spellings and the American ones, all that fit one after the other."""


def singular(word: str) -> str:
    """Return an English noun in the singular.

    The form serves as a key: it is the same for one and for many, but need not be a word
    ("movies" and "movie" give "movy"). Words that only look like plurals stay: analysis,
    bias, news, physics, species.

    Parameters
    ----------
    word : str
        One word in lower case, without accents.

    Returns
    -------
    str
        The key.

    Examples
    --------
    >>> [singular(word) for word in ("policies", "viruses", "analyses", "physics", "news")]
    ['policy', 'virus', 'analysis', 'physics', 'news']
    """
    word = _PLURALS.get(word, word)
    if len(word) > _MIN_LETTERS and word not in _SINGULARS:
        for pattern, change in _ENDINGS:
            if pattern.search(word):
                ending, _, instead = change.partition(":")
                word = word.removesuffix(ending) + instead
                break
    if word.endswith("ie") and len(word) > _MIN_LETTERS + 1:
        word = word[:-2] + "y"
    return word


def american(word: str) -> str:
    """Return a word in American spelling.

    The form serves as a key: words with -ise in both spellings get -ize too ("exercize").

    Parameters
    ----------
    word : str
        One word in lower case, in the singular.

    Returns
    -------
    str
        The key.

    Examples
    --------
    >>> [american(word) for word in ("behaviour", "organisation", "modelling", "centre", "hour")]
    ['behavior', 'organization', 'modeling', 'center', 'hour']
    """
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word
