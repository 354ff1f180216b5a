"""The contenders' servers, each a private process, and what they use up."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import psutil

from tests.support.services import Postgres, Server

ROOT = Path(__file__).parents[2]
# Rate limits protect a server from its people; here 64 of them stand for thousands.
NO_LIMITS = {"COMMAND_RATE": "100000", "COMMAND_BURST": "100000", "SOCKETS_PER_PERSON": "100"}


def cpu_seconds(pid: int) -> float:
    """User and system time of the process with all its threads, and of its children."""
    process = psutil.Process(pid)
    times = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
    gone = times[0]
    return sum(time.user + time.system for time in times) + gone.children_user + gone.children_system


def resident_bytes(pid: int) -> int:
    return psutil.Process(pid).memory_info().rss


class WebServer(Server):
    def is_ready(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.5).close()
        except OSError:
            return False
        return True


class Anchor(WebServer):
    """Node's `ws`, handing every message to everyone."""

    name = "anchor"

    def command(self) -> Sequence[str | Path]:
        return ["node", ROOT / "tests" / "bench" / "anchor.mjs", str(self.port)]


class Daphne(WebServer):
    """`application` under Daphne, with `environ` added to the environment."""

    name = "daphne"

    def __init__(self, application: str, environ: Mapping[str, str]) -> None:
        super().__init__()
        self._application = application
        self.environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environ}

    def command(self) -> Sequence[str | Path]:
        return [
            *[sys.executable, "-m", "daphne", "-b", "127.0.0.1", "-p", str(self.port)],
            *["--no-server-name", "--access-log", os.devnull, self._application],
        ]

    def popen_options(self) -> dict[str, object]:
        return {"cwd": ROOT, "env": self.environ}


class DurablePostgres(Postgres):
    """As it is run in earnest: a commit is on the disk before it is answered."""

    def command(self) -> Sequence[str | Path]:
        words = list(super().command())
        for shortcut in ("fsync=off", "synchronous_commit=off", "full_page_writes=off"):
            at = words.index(shortcut)
            del words[at - 1 : at + 1]
        return words
