"""Functions put into machine code, kept on disk for the next run."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["compiled", "machine_code"]

Function = TypeVar("Function", bound="Callable[..., Any]")


@cache
def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function where it is used, once in a run; numba is loaded then.

    Parameters
    ----------
    function : callable
        A function of this package, of numbers and arrays.

    Returns
    -------
    callable
        The code is kept beside the module, or else in the folder that numba keeps for the
        user; where neither can be written it is compiled in each run.
    """
    import numba

    try:
        made: Callable[..., Any] = numba.njit(cache=True)(function)
    except RuntimeError:  # no folder for it can be written
        made = numba.njit(function)
    return made


def machine_code(function: Function) -> Function:
    """Compile a function of a module whose functions call each other; used as a decorator.

    Modules that use it take half a second to import, so they are imported where they are
    needed.
    """
    return cast(Function, compiled(function))
