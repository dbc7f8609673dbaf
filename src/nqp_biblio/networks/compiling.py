"""Functions put into machine code, kept on disk for the next run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["machine_code"]

Function = TypeVar("Function", bound="Callable[..., Any]")


def machine_code(function: Function) -> Function:
    """Compile a function when it is first called; used as a decorator.

    Modules that use it take half a second to import, so they are imported where they are
    needed. The code is kept beside the module, or else in the folder that numba keeps for the
    user; where neither can be written it is compiled in each run.

    Parameters
    ----------
    function : callable
        Of numbers and arrays; it may call others that are compiled.

    Returns
    -------
    callable
    """
    import numba

    try:
        made = numba.njit(cache=True)(function)
    except RuntimeError:  # no folder for it can be written
        made = numba.njit(function)
    return cast(Function, made)
