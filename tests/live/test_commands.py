"""A batch of commands in one transaction: what is refused or breaks leaves nothing, the others all."""

import uuid

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.journal.models import Receipt, Stream
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import make_person
from tests.support.live import let_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ann():
    person = make_person(language="lv")
    let_in(1, person)
    let_in(2, person)
    return person


def ask(person, text, key=1, command=None):
    data = msgspec.json.encode({"text": text})
    return request_for(person, command or uuid.uuid4(), f"note:{key}", "note.add", data, person.language)


def texts(key=1):
    return [msgspec.json.decode(entry.body)["text"] for entry in log.since(StreamId("note", key), 0, 100)]


@pytest.mark.parametrize("wrong", ["refuse", "break"])
def test_what_does_not_come_to_its_end_leaves_nothing_and_the_others_all(ann, wrong):
    requests = [ask(ann, "one"), ask(ann, wrong), ask(ann, wrong, key=2), ask(ann, "two")]
    first, second, third, fourth = execute(requests, timezone.now())
    assert (first.seq, fourth.seq) == (1, 2)
    assert second.code == third.code == {"refuse": "conflict", "break": "busy"}[wrong]
    assert texts() == ["one", "two"]
    assert not Stream.objects.filter(key=2).exists()
    assert Receipt.objects.count() == 2


def test_nobody_hears_of_a_batch_that_is_run_again_until_it_is_saved(ann, monkeypatch):
    heard = []
    monkeypatch.setattr(log, "_listeners", [heard.extend])
    execute([ask(ann, "one"), ask(ann, "refuse"), ask(ann, "two")], timezone.now())
    assert [entry.seq for entry in heard] == [1, 2]


def test_one_alone_that_is_refused_leaves_nothing(ann):
    (answer,) = execute([ask(ann, "refuse")], timezone.now())
    assert isinstance(answer, Refused)
    assert not Stream.objects.exists()


def test_savepoints_are_made_only_when_they_are_needed(ann):
    stranger = make_person()
    execute([ask(ann, "first")], timezone.now())
    requests = [ask(ann, "one"), ask(stranger, "nothing here"), ask(ann, "two")]
    with CaptureQueriesContext(connection) as queries:
        answers = execute(requests, timezone.now())
    assert answers[1].code == "not_found"
    assert not [query for query in queries if "SAVEPOINT" in query["sql"]]
    with CaptureQueriesContext(connection) as queries:
        execute([*requests, ask(ann, "refuse")], timezone.now())
    assert [query for query in queries if "SAVEPOINT" in query["sql"]]


def test_the_same_id_twice_in_a_batch_is_done_once(ann):
    command = uuid.uuid4()
    first, _refused, third = execute(
        [ask(ann, "once", command=command), ask(ann, "refuse"), ask(ann, "once", command=command)],
        timezone.now(),
    )
    assert first == third
    assert texts() == ["once"]
    (again,) = execute([ask(ann, "once", command=command)], timezone.now())
    assert again.seq == first.seq


def test_an_answer_is_that_of_the_person_whose_command_it_was(ann):
    """Two people may make the same id."""
    ben = make_person()
    let_in(1, ben)
    command = uuid.uuid4()
    execute([ask(ann, "Ann's", command=command)], timezone.now())
    (answer,) = execute([ask(ben, "Ben's", command=command)], timezone.now())
    assert answer.seq == 2
    assert texts() == ["Ann's", "Ben's"]
