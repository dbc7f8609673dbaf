"""Word lists for topic phrases, read from the folder ``lists``: one small file per subject."""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["CONNECTORS", "LANGUAGES", "adjectives", "stop_words", "verbs", "word_list"]

LANGUAGES = ("en", "de", "es", "fr", "it", "nl", "pt", "ru")
"""Languages with a list of function words, ISO 639-1; the first wins a tie."""

CONNECTORS: dict[str, frozenset[str]] = {
    "en": frozenset(("and", "of")),
    "de": frozenset(("und",)),
    "es": frozenset(("y", "e", "de", "del")),
    "fr": frozenset(("et", "de", "des", "du")),
    "it": frozenset(("e", "ed", "di", "del", "della", "dei", "delle", "degli")),
    "nl": frozenset(("en", "van")),
    "pt": frozenset(("e", "de", "da", "do", "das", "dos")),
    "ru": frozenset(("и",)),
}
"""Function words that stand inside a phrase where the corpus shows that they do."""


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the words of one list, such as ``generic`` or ``stop_en``.

    Examples
    --------
    >>> "research" in word_list("generic")
    True
    """
    file = resources.files("nqp_biblio.text") / "lists" / f"{name}.txt"
    lines = file.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the function words of a language; English where it has no list."""
    return word_list(f"stop_{language if language in LANGUAGES else LANGUAGES[0]}")


@cache
def verbs() -> frozenset[str]:
    """Return English verbs in all their forms, less the forms that are nouns too."""
    regular = {form for verb in word_list("verbs") for form in _forms(verb)}
    return frozenset(regular | word_list("verb_forms")) - word_list("verb_nouns")


@cache
def adjectives() -> frozenset[str]:
    """Return English adjectives that no ending tells."""
    return word_list("adjectives") | word_list("glue_adjectives")


def _forms(verb: str) -> tuple[str, ...]:
    """Return a regular verb with -s, -ed and -ing."""
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    third = f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"
    return verb, third, f"{verb}ed", f"{verb}ing"
