"""A PostgreSQL and a Redis that belong to one test run: own port, own folder, gone when the run is.

    with Redis() as redis, Postgres() as postgres:
        redis.url, postgres.url
        redis.stop(); redis.start()     # same port, and for PostgreSQL the same data

The servers die with the thread that started them, also when it was killed with -9: start them
from the main thread.
"""

from __future__ import annotations

import atexit
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tools.leash import end_with_parent

PREFIX = "synergy-test-"
START_SECONDS = 90
FIRST_PORT, PORTS_PER_WORKER = 15_000, 1_000
# Two runs on one machine begin at different places.
_numbers = itertools.count(os.getpid())


class ServerFailed(Exception):
    """A server did not start; the message holds the end of what it said."""


def free_port() -> int:
    """One that no other worker of the run is given, below those that the system hands out by itself."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 16
    while True:
        port = FIRST_PORT + worker * PORTS_PER_WORKER + next(_numbers) % PORTS_PER_WORKER
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def temporary_folder() -> Path:
    """A folder of this test run, removed when the process ends, or by a later run if it was killed."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sweep_folders_of_the_dead() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        if owner.isdecimal() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


class Server(ABC):
    """A child process on a port of its own, that can be stopped, killed and started again."""

    name = "server"
    last_signal = signal.SIGKILL

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = temporary_folder()
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> Sequence[str | Path]: ...

    @abstractmethod
    def is_ready(self) -> bool: ...

    def popen_options(self) -> dict[str, Any]:
        return {}

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def pid(self) -> int:
        assert self.process
        return self.process.pid

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> Self:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(word) for word in self.command()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=end_with_parent(self.last_signal),
                **self.popen_options(),
            )
        self._wait_until_ready()
        return self

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if not self.is_running or time.monotonic() > end:
                self.kill()
                last_words = self.log.read_text(errors="replace")[-3000:]
                raise ServerFailed(f"{self.name} did not start on port {self.port}:\n{last_words}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Asks it to end, and waits."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """Ends it as a power cut of the process would."""
        self._end(signal.SIGKILL)

    def restart(self) -> Self:
        self.stop()
        return self.start()

    def _end(self, by: signal.Signals) -> None:
        if not self.process:
            return
        if self.is_running:
            self.process.send_signal(by)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(20)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *exception: object) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis(Server):
    name = "redis"

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def command(self) -> Sequence[str | Path]:
        return [
            *[_program("redis-server"), "--port", str(self.port), "--bind", "127.0.0.1"],
            *["--save", "", "--appendonly", "no", "--dir", self.folder],
        ]

    def is_ready(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 0.5) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(7) == b"+PONG\r\n"
        except OSError:
            return False


class Postgres(Server):
    """Answers on `url`; `url_of(name)` is one more database in the same server."""

    name = "postgres"
    last_signal = signal.SIGQUIT

    def __init__(self) -> None:
        super().__init__()
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    @property
    def url(self) -> str:
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        return f"postgresql://synergy@127.0.0.1:{self.port}/{database}"

    def create_database(self, database: str) -> str:
        """Makes an empty database and gives its URL."""
        program = _postgres_program("createdb")
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "synergy"]
        subprocess.run([program, *where, database], check=True)
        return self.url_of(database)

    def popen_options(self) -> dict[str, Any]:
        return {**self._user, "cwd": self.folder, "env": {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}}

    def start(self) -> Self:
        if not (self.folder / "data").exists():
            self._make_cluster()
        return super().start()

    def _make_cluster(self) -> None:
        subprocess.run(
            [
                *[_postgres_program("initdb"), "-D", self.folder / "data", "-U", "synergy", "-A", "trust"],
                *["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            **self.popen_options(),
        )

    def command(self) -> Sequence[str | Path]:
        # Nothing here has to outlive a power cut; a killed process loses nothing with fsync off.
        quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
        return [
            *[_postgres_program("postgres"), "-D", self.folder / "data"],
            *["-p", str(self.port), "-k", self.folder, "-c", "listen_addresses=127.0.0.1"],
            *[word for setting in quick for word in ("-c", setting)],
        ]

    def is_ready(self) -> bool:
        program = _postgres_program("pg_isready")
        return subprocess.run([program, "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode == 0

    def stop(self) -> None:
        """Ends all connections at once, as a restart by an operator does."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """The server goes without a checkpoint and recovers at the next start."""
        self._end(signal.SIGQUIT)


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise ServerFailed(f"{name} is not installed. On Debian: apt-get install {name}")
    return found


def _postgres_program(name: str) -> str | Path:
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: int(path.parts[4]), default=None)
    return newest or _program(name)
