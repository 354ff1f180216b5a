"""Who is measured. Each gives a room that `members` people have entered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any, Self

from tests.bench.generator import Generator
from tests.bench.servers import NO_LIMITS, ROOT, Anchor, Daphne, DurablePostgres, WebServer, cpu_seconds
from tests.support.services import Redis, Server, temporary_folder

PEOPLE = 200


class Contender(ABC):
    """A set-up that is running. What it cannot do is not measured and shown as a dash."""

    name = ""
    title = ""
    dialect = ""
    is_durable = True
    is_synergy = False

    def __init__(self, members: int) -> None:
        self.members = members
        self.web: Sequence[WebServer] = ()
        self.beside: dict[str, Server] = {}
        """Servers that the web processes use."""
        self.generator: Generator
        self._stack = ExitStack()

    @abstractmethod
    def start(self) -> None: ...

    def room(self) -> dict[str, Any]:
        """What the generator has to know to enter."""
        return {}

    @property
    def pids(self) -> list[int]:
        return [server.pid for server in self.web]

    def cpu(self) -> dict[str, float]:
        """CPU seconds used so far: `web` for the processes that people talk to, and each server beside."""
        used = {name: cpu_seconds(server.pid) for name, server in self.beside.items()}
        return {"web": sum(cpu_seconds(pid) for pid in self.pids), **used}

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._stack = stack
            self.start()
            self.generator = stack.enter_context(Generator())
            ports = [server.port for server in self.web]
            self.generator.ask(
                "gather", dialect=self.dialect, ports=ports, members=self.members, **self.room()
            )
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()

    def _run(self, server: Any) -> Any:
        return self._stack.enter_context(server)


class RawWs(Contender):
    name = "ws"
    title = "raw ws on Node"
    dialect = "ws"
    is_durable = False

    def start(self) -> None:
        self.web = [self._run(Anchor())]


class Textbook(Contender):
    name = "textbook"
    title = "textbook Channels"
    dialect = "textbook"

    def start(self) -> None:
        settings = "tests.bench.textbook.settings"
        environ = {"DATA_DIR": str(temporary_folder()), "DJANGO_SETTINGS_MODULE": settings}
        django("migrate", "--run-syncdb", environ=environ)
        self.web = [self._run(Daphne("tests.bench.textbook.asgi:application", environ))]


class Synergy(Contender):
    dialect = "synergy"
    is_synergy = True

    def __init__(self, members: int) -> None:
        super().__init__(members)
        self.environ = {
            **NO_LIMITS,
            "DATA_DIR": str(temporary_folder()),
            "DJANGO_SETTINGS_MODULE": "tests.support.site_settings",
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "STOP_NOTICE": "0",
        }
        self.staged: dict[str, Any] = {}

    def serve(self, processes: int) -> None:
        django("migrate", "--run-syncdb", environ=self.environ)
        self.staged = self.stage("people", str(PEOPLE))
        self.web = [self._run(Daphne("asgi:application", self.environ)) for _ in range(processes)]

    def stage(self, *words: str) -> dict[str, Any]:
        """Puts rows in place before they are needed; see `tests.support.staging`."""
        answer: dict[str, Any] = json.loads(
            python("-m", "tests.support.staging", *words, environ=self.environ)
        )
        return answer

    def room(self) -> dict[str, Any]:
        return {"stream": self.staged["stream"], "cookies": self.staged["cookies"]}


class Small(Synergy):
    name = "small"
    title = "Synergy, SQLite, 1 process"

    def start(self) -> None:
        self.serve(1)


class Large(Synergy):
    name = "large"
    title = "Synergy, PostgreSQL + Redis, 2 processes"

    def start(self) -> None:
        postgres, redis = self._run(DurablePostgres()), self._run(Redis())
        self.beside = {"postgres": postgres, "redis": redis}
        self.environ |= {"DATABASE_URL": postgres.create_database("bench"), "REDIS_URL": f"{redis.url}/0"}
        self.serve(2)


CONTENDERS: Sequence[type[Contender]] = (RawWs, Textbook, Small, Large)


def python(*words: str, environ: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env={**os.environ, **environ}, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


def django(*words: str, environ: dict[str, str]) -> None:
    python("-m", "django", *words, "-v", "0", environ=environ)
