"""Responses of HTTP whose headers and body together must be there in time."""

from __future__ import annotations

import io
import time
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket

__all__ = ["TimedResponse"]

_LONGEST_S = 30.0


class _TimedReader(io.RawIOBase):
    """Reads a socket until a moment and no longer, however slowly it drips."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket) -> None:
        self._raw, self._sock = raw, sock
        seconds = sock.gettimeout()
        self._end = time.monotonic() + (_LONGEST_S if seconds is None else seconds)

    def readable(self) -> bool:
        """Can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:  # noqa: ANN401
        """Read what is there, or wait for it as long as there is time."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Close the socket's file as well."""
        if not self.closed:
            self._raw.close()
        super().close()


class TimedResponse(HTTPResponse):
    """A response whose headers and body must be there before the time is over."""

    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_TimedReader(self.fp.detach(), sock))
