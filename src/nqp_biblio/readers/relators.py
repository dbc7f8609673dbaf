"""What people did on a work, in the codes and words of libraries."""

from __future__ import annotations

import re

__all__ = ["role_of_relators"]

_WORDS = {
    "author": (
        *("aut", "author", "co-author", "coauthor", "joint author", "creator", "cre", "verfasser"),
        *("verfasserin", "verf", "auteur", "autor", "autora", "art", "artist", "dis", "cmp"),
        *("dissertant", "composer", "komponist", "pht", "photographer", "fotograf", "prg"),
        *("programmer", "inv", "inventor", "ctg", "cartographer", "drt", "director", "flm"),
        *("filmmaker", "ive", "interviewee", "spk", "speaker", "pra", "praeses", "rev"),
        *("reviewer", "ill. author", "main author", "first author", "writer"),
    ),
    "editor": (
        *("edt", "editor", "ed", "eds", "hrsg", "hg", "herausgeber", "herausgeberin", "edc"),
        *("editor of compilation", "com", "compiler", "comp", "éditeur scientifique"),
        *("directeur de publication", "pbd", "series editor", "edd", "editor literario"),
    ),
    "translator": (
        *("trl", "translator", "trans", "tr", "übersetzer", "übersetzerin", "übers"),
        *("traducteur", "traductor", "traductora"),
    ),
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words}
_URI = re.compile(r"^https?://id\.loc\.gov/vocabulary/relators/")


def role_of_relators(relators: list[str]) -> str | None:
    """Return the role that relators name.

    Parameters
    ----------
    relators : list of str
        MARC's codes, their addresses, or words such as "joint author" and "Hrsg.".

    Returns
    -------
    str or None
        author, editor or translator; None where no relator is one of these.

    Examples
    --------
    >>> role_of_relators(["aut"]), role_of_relators(["Herausgeber"]), role_of_relators(["pbl"])
    ('author', 'editor', None)
    """
    bare = (_URI.sub("", relator).strip(" .,;:[]()").casefold() for relator in relators)
    return next((_ROLES[word] for word in bare if word in _ROLES), None)
