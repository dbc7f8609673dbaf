"""ROR: which organisation a printed affiliation names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nqp_biblio.services.records import at, text_at

if TYPE_CHECKING:
    from nqp_biblio.services.answers import Answer
    from nqp_biblio.services.client import Client

__all__ = ["Organisation", "find", "match_affiliation"]

_SERVICE = "ror"
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation that an affiliation may name.

    Attributes
    ----------
    ror : str
        Its id, as ``"https://ror.org/02atag894"``.
    name : str
        The name that ROR shows.
    country_code : str or None
        ISO 3166-1, two letters.
    types : tuple of str
        Such as ``"education"``.
    score : float
        ROR's own, 0 to 1.
    is_chosen : bool
        Whether ROR takes it for the one that is meant.
    """

    ror: str
    name: str
    country_code: str | None
    types: tuple[str, ...]
    score: float
    is_chosen: bool


def find(client: Client, affiliation: str) -> Answer:
    """Ask which organisations an affiliation may name.

    Parameters
    ----------
    client : Client
        The door to the web.
    affiliation : str
        An address as printed.

    Returns
    -------
    Answer
        With a list of Organisation as data, ROR's best first; several may be chosen where the
        address names several.
    """
    params = {"affiliation": " ".join(affiliation.split())[:_LONGEST]}
    answer = client.get(_SERVICE, "/organizations", params)
    if answer.state != "found":
        return answer
    items = at(answer.data, "items")
    if not isinstance(items, list):
        reason = "the answer has no list where one should be"
        return replace(answer, state="failed", data=None, reason=reason)
    read = [_organisation(item) for item in items]
    return replace(answer, data=[one for one in read if one is not None])


def match_affiliation(client: Client, affiliation: str) -> Answer:
    """Ask for the organisation that an affiliation names.

    Parameters
    ----------
    client : Client
        The door to the web.
    affiliation : str
        An address as printed.

    Returns
    -------
    Answer
        With the one chosen Organisation as data; not-found where ROR chooses none, or more.
    """
    answer = find(client, affiliation)
    if answer.state != "found":
        return answer
    chosen = [one for one in answer.data if one.is_chosen]
    if len(chosen) == 1:
        return replace(answer, data=chosen[0])
    reason = f"{len(chosen)} of {len(answer.data)} candidates chosen by ROR"
    return replace(answer, state="not-found", data=None, reason=reason)


def _organisation(item: object) -> Organisation | None:
    """Read one candidate; None where it has no id or name."""
    found = at(item, "organization")
    ror, name = text_at(found, "id"), _name(at(found, "names"))
    if not (ror and name):
        return None
    places = at(found, "locations")
    place = places[0] if isinstance(places, list) and places else None
    types = at(found, "types")
    score = at(item, "score")
    return Organisation(
        ror=ror,
        name=name,
        country_code=text_at(place, "geonames_details", "country_code"),
        types=tuple(one for one in types if isinstance(one, str))
        if isinstance(types, list)
        else (),
        score=float(score) if isinstance(score, int | float) else 0.0,
        is_chosen=at(item, "chosen") is True,
    )


def _name(names: object) -> str | None:
    """Return the name to show, else the first."""
    listed = names if isinstance(names, list) else []
    shown = [one for one in listed if "ror_display" in (at(one, "types") or ())]
    return next((text for one in (*shown, *listed) if (text := text_at(one, "value"))), None)
