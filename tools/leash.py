"""Child processes that do not outlive the one that started them, not even when it is killed with -9."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(by: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` after which the child gets `by` when the thread that started it ends."""
    if _libc is None:
        return None
    libc, parent = _libc, os.getpid()

    def bind() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(by))
        if os.getppid() != parent:  # it ended before this was set
            os._exit(1)

    return bind
