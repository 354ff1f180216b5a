"""What Prometheus reads."""

import uuid
from dataclasses import replace

import msgspec
import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from synergy.live.commands import request_for
from synergy.live.refusals import Refused
from synergy.live.writer import Writer
from synergy.metrics import REGISTRY
from tests.factories import make_person
from tests.support.live import let_in

KEY = "of-the-prometheus-server"


@pytest.fixture
def with_key(monkeypatch):
    monkeypatch.setattr(settings, "CONFIG", replace(settings.CONFIG, metrics_key=KEY))


def read(client):
    answer = client.get("/metrics/", headers={"Authorization": f"Bearer {KEY}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


@pytest.mark.parametrize("sent", [None, "Bearer ", f"Bearer {KEY}x", KEY])
def test_there_is_no_page_without_the_key(client, db, with_key, sent):
    headers = {"Authorization": sent} if sent is not None else {}

    assert client.get("/metrics/", headers=headers).status_code == 404
    assert read(client)


def test_there_is_no_page_where_no_key_is_set(client, db):
    assert client.get("/metrics/", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_page_is_counted_under_its_name(client, db, with_key):
    before = read(client)

    client.get("/health/")
    client.get("/no/such/page/")
    after = read(client)

    for labels in [("GET", "health", "2xx"), ("GET", "none", "4xx")]:
        key = ("synergy_http_request_seconds_count", *labels)
        assert after[key] == before.get(key, 0) + 1


def test_invented_methods_are_counted_as_one(client, db, with_key):
    for method in ("FOO", "BAR"):
        client.generic(method, "/health/")
    methods = {labels[1] for labels in read(client) if labels[0] == "synergy_http_request_seconds_count"}
    assert "other" in methods
    assert not methods & {"FOO", "BAR"}


def test_what_this_process_knows_is_told_without_the_database(client, db, with_key):
    def away(*_args):
        raise OperationalError

    with connection.execute_wrapper(away):
        found = read(client)
    assert ("synergy_sockets",) in found
    assert ("synergy_tasks", "ready") not in found


def test_gauges_of_the_queue_and_of_this_process(client, db, with_key):
    found = read(client)

    assert {found["synergy_sockets",], found["synergy_commands_waiting",]} == {0}
    assert {("synergy_tasks", status) for status in ("ready", "running", "failed")} <= set(found)
    assert found["process_resident_memory_bytes",] > 10_000_000


@pytest.mark.django_db(transaction=True)
async def test_commands_are_counted_by_their_answer():
    @sync_to_async
    def value(answer):
        return (
            REGISTRY.get_sample_value("synergy_commands_total", {"command": "note.add", "answer": answer})
            or 0
        )

    def ask(person, key):
        return request_for(
            person, uuid.uuid4(), f"note:{key}", "note.add", msgspec.json.encode({"text": "a"}), "en"
        )

    person = await sync_to_async(make_person)()
    await sync_to_async(let_in)(1, person)
    done, refused = await value("done"), await value("not_found")
    writer = Writer(clock=timezone.now)

    await writer.submit(ask(person, 1))
    answer = await writer.submit(ask(person, 2))
    await writer.close()

    assert isinstance(answer, Refused)
    assert (await value("done"), await value("not_found")) == (done + 1, refused + 1)
