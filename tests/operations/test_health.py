"""Health is for whoever restarts a process, readiness for whoever sends people to it."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from synergy.live import process
from synergy.operations import views


@pytest.fixture(autouse=True)
def _new_process(monkeypatch):
    monkeypatch.setattr(views, "_has_all_migrations", False)


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_well_without_signing_in(client, db, address):
    answer = client.get(address)

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("address", ["/health/", "/ready/"])
def test_ill_when_the_database_is_away(client, db, address):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        answer = client.get(address)

    assert (answer.status_code, answer.content) == (503, b"database\n")


def test_nobody_is_sent_to_a_process_that_stops(client, db, monkeypatch):
    monkeypatch.setattr(process, "_is_stopping", True)

    assert client.get("/ready/").content == b"stopping\n"
    assert client.get("/health/").status_code == 200


def test_nobody_is_sent_to_a_process_whose_tables_are_not_there_yet(client, db):
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("rooms")[0]
    MigrationRecorder(connection).record_unapplied(*newest)

    answer = client.get("/ready/")

    assert (answer.status_code, answer.content) == (503, b"migrations\n")
