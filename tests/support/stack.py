"""What a test run stands on, chosen before Django reads its settings.

`SYNERGY_TEST_STACK=small` (the default) is SQLite and one process; `large` is a PostgreSQL and a Redis
started for this run. All workers of pytest-xdist share the two servers; each has its own database.
"""

from __future__ import annotations

import os
from dataclasses import fields

import django

from synergy.conf import Config
from tests.support.services import Postgres, Redis, Server, sweep_folders_of_the_dead, temporary_folder

_POSTGRES = "SYNERGY_TEST_POSTGRES"
_REDIS = "SYNERGY_TEST_REDIS"
_servers: list[Server] = []


def name() -> str:
    chosen = os.environ.get("SYNERGY_TEST_STACK", "small")
    if chosen not in {"small", "large"}:
        raise SystemExit(f"SYNERGY_TEST_STACK is {chosen!r}: write small or large.")
    return chosen


def worker() -> int:
    """Which worker of pytest-xdist this is; 0 without."""
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


def begin() -> None:
    """Sets the environment that `synergy.conf` reads, starts the servers it names, and sets Django up."""
    for setting in fields(Config):
        os.environ.pop(setting.metadata["variable"], None)
    os.environ["DATA_DIR"] = str(temporary_folder())
    if name() == "large":
        _begin_servers()
        os.environ["DATABASE_URL"] = os.environ[_POSTGRES]
        os.environ["REDIS_URL"] = f"{os.environ[_REDIS]}/{worker() % 16}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.support.settings"
    django.setup()
    # A worker that inherited this name would read its settings before it comes here for its own servers.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def _begin_servers() -> None:
    # The workers inherit both addresses from the process that started them.
    if _POSTGRES in os.environ:
        return
    sweep_folders_of_the_dead()
    postgres, redis = Postgres(), Redis()
    _servers.extend([postgres.start(), redis.start()])
    os.environ[_POSTGRES] = postgres.url_of("synergy")
    os.environ[_REDIS] = redis.url


def end() -> None:
    for server in _servers:
        server.__exit__()
    if _servers:
        del os.environ[_POSTGRES], os.environ[_REDIS]
    _servers.clear()
