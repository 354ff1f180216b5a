"""A whole Synergy of real processes, with a room full of people: small or large."""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg

from rooms.replay.tab import Tab
from tests.bench.servers import DurablePostgres
from tests.support.processes import Site
from tests.support.services import Postgres, Redis

PEOPLE = 40
# So that a few people can write as a room of thousands would.
FAST = {"COMMAND_RATE": "100000", "COMMAND_BURST": "100000"}


@dataclass
class Installation:
    """Processes of one Synergy, the servers they use, and the people of one room."""

    sites: list[Site]
    postgres: Postgres | None = None
    redis: Redis | None = None
    company: dict = field(default_factory=dict)
    _stager: subprocess.Popen[str] | None = None

    @property
    def site(self) -> Site:
        return self.sites[0]

    @property
    def urls(self) -> list[str]:
        return [site.url for site in self.sites]

    @property
    def stream(self) -> str:
        return self.company["stream"]

    @property
    def room(self) -> int:
        return int(self.stream.partition(":")[2])

    def person(self, number: int) -> int:
        return self.company["persons"][number]

    def tab(self, number: int, *, urls: Sequence[str] = (), **options) -> Tab:
        """Person `number` in the room. By default odd numbers begin at another process than even ones."""
        some = urls or [*self.urls[number % len(self.urls) :], *self.urls[: number % len(self.urls)]]
        return Tab(some, self.company["cookies"][number], self.stream, **options)

    def stage(self, what: str, number: int, *, module: str = "staging") -> dict:
        """Runs a task of `tests.support.staging`, or of another such module there."""
        if self._stager is None:
            self._stager = self.site.open_python("-m", "tests.support.stager")
        said, told = self._stager.stdin, self._stager.stdout
        said.write(json.dumps([module, what, number]) + "\n")
        said.flush()
        answer = told.readline()
        assert answer, f"{what} of {module} failed; the traceback is on stderr"
        return json.loads(answer)

    def end(self) -> None:
        if self._stager is not None:
            self._stager.communicate()

    def audit(self) -> dict:
        """What the database holds of the room; see `staging.audit`."""
        return self.stage("audit", self.room)


@cache
def _small_ground() -> tuple[Path, dict]:
    """A folder with a database that has all tables and the people in it; copied for each installation."""
    ground = Installation([Site(environment=FAST)])
    return ground.site.data_dir, _peopled(ground)


@cache
def _large_ground() -> tuple[Postgres, Path, dict]:
    """A PostgreSQL with such a database as template. It serves all tests of a run."""
    postgres = DurablePostgres().start()
    atexit.register(postgres.stop)
    ground = Installation([Site(database_url=postgres.create_database("ground"), environment=FAST)])
    return postgres, ground.site.data_dir, _peopled(ground)


def _peopled(ground: Installation) -> dict:
    ground.stage("tables", 0)
    company = ground.stage("people", PEOPLE)
    ground.end()
    return company


def small(stack: ExitStack, environment: Mapping[str, str] = FAST) -> Installation:
    """SQLite and one process."""
    data_dir, company = _small_ground()
    site = Site(environment=environment)
    shutil.copytree(data_dir, site.data_dir)
    return _ended(stack, Installation([stack.enter_context(site)], company={**company}))


def large(stack: ExitStack, environment: Mapping[str, str] = FAST) -> Installation:
    """PostgreSQL, Redis and two processes."""
    postgres, data_dir, company = _large_ground()
    if not postgres.is_running:
        postgres.start()
    redis = stack.enter_context(Redis())
    url = _copy_of_ground(postgres)
    first = Site(database_url=url, redis_url=redis.url, environment=environment)
    shutil.copytree(data_dir, first.data_dir)
    sites = [stack.enter_context(site) for site in (first, first.sibling())]
    return _ended(stack, Installation(sites, postgres, redis, {**company}))


def _ended(stack: ExitStack, installation: Installation) -> Installation:
    stack.callback(installation.end)
    return installation


def _copy_of_ground(postgres: Postgres) -> str:
    name = f"synergy_{uuid4().hex}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE ground")
    return postgres.url_of(name)
