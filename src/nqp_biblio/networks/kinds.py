"""Networks by name, for callers that have the kind as a word."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING

from nqp_biblio.errors import OptionError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from nqp_biblio.corpus.corpus import Corpus
    from nqp_biblio.networks.network import Network

__all__ = ["NETWORK_KINDS", "network_of"]

NETWORK_KINDS = (
    "cotopic",
    "cooccurrence",
    "citation",
    "cocitation",
    "coupling",
    "coauthorship",
    "multimode",
)
"""The kinds of network; ``<kind>_network`` is the function that makes it."""


def network_of(corpus: Corpus, kind: str, **options: object) -> Network:
    """Make a network of a kind.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    kind : str
        One of ``NETWORK_KINDS``.
    **options : object
        Parameters of the function of that kind; one that is None is left to its default.
        ``of`` says what a node is, of a co-topic network too, which calls it ``nodes``, and
        of a multi-mode one, whose fields it joins by a plus: ``"authors+keywords"``.

    Returns
    -------
    Network

    Raises
    ------
    UnknownNameError
        If there is no such kind.
    OptionError
        If that kind has no such option.
    """
    if kind not in NETWORK_KINDS:
        raise UnknownNameError("kind of network", kind, NETWORK_KINDS)
    module = importlib.import_module(f"nqp_biblio.networks.{kind}")
    make: Callable[..., Network] = getattr(module, f"{kind}_network")
    given = {name: value for name, value in options.items() if value is not None}
    known = set(inspect.signature(make).parameters) - {"corpus"}
    if "nodes" in known and "of" in given:
        given.setdefault("nodes", given.pop("of"))
    if "fields" in known and "of" in given:
        given.setdefault("fields", tuple(str(given.pop("of")).split("+")))
    for name in given:
        if name not in known:
            names = ", ".join(sorted(known))
            raise OptionError(f"a {kind} network has no option {name!r}; it has {names}")
    return make(corpus, **given)
