"""One number from the browser to the log and to the database."""

import json
import logging
import uuid

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from synergy.live.commands import execute, request_for
from synergy.logs import JsonLines
from synergy.tracing import AddRequest, current_request, traced
from tests.factories import make_person
from tests.support.live import let_in


@pytest.mark.once
@pytest.mark.parametrize(
    ("offered", "is_taken"),
    [
        ("proxy-0001", True),
        ("6d0f1c2b3a4958677685940312213040", True),
        ("short", False),
        ("*/ DROP TABLE x --", False),
        ("a" * 65, False),
    ],
)
def test_the_number_of_the_proxy_is_taken_when_it_is_harmless(client, db, offered, is_taken):
    first, second = (client.get("/health/", headers={"X-Request-ID": offered})["X-Request-ID"] for _ in "12")

    assert (first == offered) is is_taken
    assert (first == second) is is_taken
    assert current_request() == ""


@pytest.mark.once
def test_an_entry_of_the_log_names_its_request():
    record = logging.LogRecord("synergy.rooms", logging.WARNING, "file.py", 1, "full", (), None)

    with traced("0123456789abcdef"):
        AddRequest().filter(record)

    assert json.loads(JsonLines().format(record))["request_id"] == "0123456789abcdef"


@pytest.mark.once
def test_the_page_after_an_error_of_ours_says_the_number_that_the_log_has(client, db, monkeypatch, caplog):
    def break_down(request):
        raise RuntimeError("a defect")

    monkeypatch.setattr("synergy.operations.views._database_answers", lambda: break_down(None))
    client.raise_request_exception = False
    caplog.handler.addFilter(AddRequest())

    answer = client.get("/ready/", headers={"X-Request-ID": "number-for-the-help-desk"})

    assert answer.status_code == 500
    assert "number-for-the-help-desk" in answer.content.decode()
    assert caplog.records[-1].request_id == "number-for-the-help-desk"


@pytest.mark.large
def test_a_statement_on_postgresql_names_its_request(client, db):
    with CaptureQueriesContext(connection) as captured:
        client.get("/health/", headers={"X-Request-ID": "proxy-0001"})

    assert [query["sql"] for query in captured] == ["/* proxy-0001 */ SELECT 1"]


@pytest.mark.large
@pytest.mark.django_db(transaction=True)
def test_a_statement_of_a_command_names_the_command():
    person, command = make_person(), uuid.uuid4()
    let_in(1, person)
    data = msgspec.json.encode({"text": "hello"})

    with CaptureQueriesContext(connection) as captured:
        execute([request_for(person, command, "note:1", "note.add", data, "en")], timezone.now())

    assert any(query["sql"].startswith(f"/* {command} */") for query in captured)
