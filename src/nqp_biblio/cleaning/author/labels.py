"""The name to show of each author: the fullest form, another one for each homonym."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nqp_biblio.cleaning.people import initials, shown_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nqp_biblio.cleaning.author.mentions import Mentions
    from nqp_biblio.record import Person

__all__ = ["show_authors"]

_Fullness = tuple[int, int, int, int, str]


def show_authors(mentions: Mentions, person: Sequence[int]) -> dict[int, str]:
    """Name each author.

    Parameters
    ----------
    mentions : Mentions
        The mentions.
    person : sequence of int
        The author of each mention.

    Returns
    -------
    dict of int to str
        The form with most given names written out, then the longest, the most frequent and
        the one with most accents. Authors of one name are told apart by a number from the
        second on; the one with most works has none.
    """
    forms = [
        _form(person, parts[-1])
        for person, parts in zip(mentions.people, mentions.parts, strict=True)
    ]
    used: dict[int, Counter[int]] = defaultdict(Counter)
    for printed, author in zip(mentions.printed.tolist(), person, strict=True):
        used[author][printed] += 1
    names: dict[int, str] = {}
    for author, times in used.items():
        at = min(times, key=lambda form: _fullness(forms[form], times[form]))
        names[author] = forms[at][2]
    return _distinct(names, {author: times.total() for author, times in used.items()})


def _form(person: Person, raw: str | None) -> tuple[int, int, str]:
    """Return given names written out, given names, and the name to show."""
    if person.literal is not None or not person.family or not person.given:
        return 0, 0, shown_name(person) or raw or ""
    words = person.given.replace(".", " ").replace("-", " ").split()
    full = [word for word in words if len(word) > 1 and not word.isupper()]
    is_han = ", " not in (shown := shown_name(person))
    n_given = len(initials(person.given))
    return len(full), n_given, person.display if full and not is_han else shown


def _fullness(form: tuple[int, int, str], times: int) -> _Fullness:
    """Order forms, the fullest first."""
    n_full, n_words, name = form
    accents = sum(not sign.isascii() for sign in name)
    return -n_full, -n_words, -times, -accents, name


def _distinct(names: dict[int, str], works: dict[int, int]) -> dict[int, str]:
    """Give homonyms a number, the one with most works none."""
    order = sorted(names, key=lambda author: (-works[author], author))
    taken: Counter[str] = Counter()
    known = set(names.values())
    made: dict[int, str] = {}
    for author in order:
        name = names[author]
        taken[name] += 1
        shown = name if taken[name] == 1 else f"{name} ({taken[name]})"
        while taken[name] > 1 and shown in known:
            taken[name] += 1
            shown = f"{name} ({taken[name]})"
        known.add(shown)
        made[author] = shown
    return made
