"""Bars on the standard error, where somebody looks: how far, how fast, how long to go."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    OnProgress: TypeAlias = Callable[[int, int, Mapping[str, int]], None]

__all__ = ["asking_bar"]

_FIRST = 0.001
"""Seconds, so that no rate is infinite."""


@contextmanager
def asking_bar(*, is_shown: bool) -> Iterator[OnProgress | None]:
    """Show how many works were asked for, how many a second, and how long it will take.

    Parameters
    ----------
    is_shown : bool
        Whether to show it at all; where the standard error is no terminal it never is.

    Yields
    ------
    callable or None
        To be told of each work; None where nothing is shown.
    """
    if not (is_shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    rate = TextColumn("{task.fields[rate]:.1f}/s, {task.fields[failed]} failed,")
    left = TimeRemainingColumn(), TextColumn("left")
    columns = (TextColumn("works"), BarColumn(), MofNCompleteColumn(), rate, *left)
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None, rate=0.0, failed=0)
        started = time.monotonic()

        def show(n_done: int, n_works: int, counts: Mapping[str, int]) -> None:
            """Move the bar."""
            rate = n_done / max(time.monotonic() - started, _FIRST)
            failed = counts.get("failed", 0) + counts.get("refused", 0)
            bar.update(task, completed=n_done, total=n_works, rate=rate, failed=failed)

        yield show
