"""What every test stands on. The servers are chosen here, before any model is imported."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support import stack

# Until all is loaded there is nothing to throw away; see `pytest_collection_finish`.
gc.disable()
stack.begin()

# The same examples on every run and on every machine, however slow; `--hypothesis-profile=default` explores.
settings.register_profile(
    "repeatable", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")

# Run only when named: they start real processes and browsers. `./dev test` names them.
ON_REQUEST = {"bench", "browser", "faults"}
TESTS = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    if collection_path.parent != TESTS or collection_path.name not in ON_REQUEST:
        return None
    named = [Path(argument.split("::")[0]).absolute() for argument in config.args]
    return None if any(path.is_relative_to(collection_path) for path in named) else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked for one of the two stacks is left out on the other; `./dev test` runs both."""
    not_here = {"small": "large", "large": "once"}[stack.name()]
    left_out = [item for item in items if item.get_closest_marker(not_here)]
    items[:] = [item for item in items if not item.get_closest_marker(not_here)]
    config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish() -> None:
    """What was loaded until now stays to the end: looking for garbage in it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)
    gc.enable()


def pytest_report_header() -> str:
    return f"stack: {stack.name()}"


def pytest_unconfigure() -> None:
    stack.end()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Nothing is dropped at the end: the whole server, or the folder with the file, goes."""
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """After each test that commits, tables are emptied as a few rows are, and nothing is made anew in them.

    TRUNCATE makes new files for every table; rights and content types are read by nothing here.
    """
    from django.db import connection
    from django.db.models.signals import post_migrate

    post_migrate.receivers.clear()
    post_migrate.sender_receivers_cache.clear()
    if connection.vendor == "postgresql":
        type(connection.ops).sql_flush = _delete_all


def _delete_all(ops: Any, style: Any, tables: Collection[str], **options: Any) -> list[str]:
    """In the place of `sql_flush`: without looking at the order of references, since all rows go."""
    if not tables:
        return []
    deletes = [f"DELETE FROM {ops.quote_name(table)}" for table in tables]
    return ["SET session_replication_role = replica", *deletes, "SET session_replication_role = DEFAULT"]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    """Rate limits and presence of one test are no matter of the next."""
    from django.core.cache import cache

    from synergy.live import rates

    yield
    cache.clear()
    rates.forget()


@pytest.fixture(autouse=True)
def _plain_english() -> Iterator[None]:
    """A page that was asked for leaves its reader's language and zone to the thread."""
    from django.utils import timezone, translation

    yield
    translation.deactivate()
    timezone.deactivate()
