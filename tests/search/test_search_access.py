"""The whole table of who finds what; and that the search keeps up with what people do."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from challenges.consultations.actions import withdraw_recommendation, write_recommendation
from challenges.consultations.models import Consultation, RunState
from challenges.consultations.queries import recommendations_for
from challenges.models import Confidentiality, State
from challenges.plans.models import Audience, Item, PlanState
from challenges.queries import challenge_for
from rooms.actions import (
    edit_message,
    open_room,
    post_message,
    remove_message,
    rename_room,
    set_members,
)
from rooms.models import Message
from rooms.queries import room_for
from sessions.openspace.actions.reports import change_report
from sessions.openspace.actions.topics import change_topic, propose_topic, withdraw_topic
from sessions.openspace.models import TopicState
from sessions.openspace.queries import gathering_for, topic_for
from synergy.cohorts.actions import end_seat, give_seat_back
from synergy.journal import log
from synergy.people.actions import change_profile
from synergy.search.finding import MOST, find, hits_of
from synergy.search.index import rebuild
from synergy.search.kinds import all_kinds, kind_named
from synergy.search.models import Document
from synergy.search.words import terms_of
from tests.factories import NOON, make_gathering, make_room, make_topic, make_training_session
from tests.factories.challenges import make_case, make_challenge
from tests.factories.consultations import make_consultation
from tests.factories.plans import make_item, make_plan
from tests.factories.proceedings import make_report
from tests.support.challenges import change
from tests.support.plans import change as change_item
from tests.support.plans import made

# Each word stands in one thing; x says who finds it.
FINDS = """
                     author peer participant observer facilitator later_cohort ended elsewhere outsider
challenge:grupowe    x      x    -           -        x           -            -     -         -
challenge:kohortowe  x      x    x           x        x           -            -     -         -
challenge:programowe x      x    x           x        x           x            -     -         -
challenge:robocze    x      -    -           -        -           -            -     -         -
challenge:zwrocone   x      -    -           -        x           -            -     -         -
plan:szkicowy        x      -    -           -        x           -            -     -         -
plan:uzgodniony      x      x    x           x        x           -            -     -         -
item:kamien          x      -    -           -        x           -            -     -         -
item:uzgodnione      x      x    x           x        x           -            -     -         -
item:usuniete        -      -    -           -        -           -            -     -         -
room:bursztyn        x      x    x           x        x           -            -     -         -
room:szafir          -      x    -           -        x           -            -     -         -
message:jawnie       x      x    x           x        x           -            -     -         -
message:poufnie      -      x    -           -        x           -            -     -         -
message:cofnieta     -      -    -           -        -           -            -     -         -
topic:wedrowki       x      x    x           x        x           -            -     -         -
topic:wycofany       -      -    -           -        -           -            -     -         -
report:sprawozdanie  x      x    x           x        x           -            -     -         -
report:zaniechany    -      -    -           -        -           -            -     -         -
person:nowicka       x      x    x           x        x           -            -     -         -
person:mazur         -      -    -           -        -           -            -     -         -
"""


def found(person, kind, words):
    """The titles or excerpts of what the person finds, without the marks."""
    own = find(person, kind_named(kind), terms_of(words))
    shown = [hit.title if kind != "message" else hit.excerpt for hit in hits_of(person, own, 0, MOST)]
    return [text.replace("<mark>", "").replace("</mark>", "") for text in shown]


@pytest.fixture
def world(db):
    case = make_case(title="Grupowe")
    own = {"cohort": case.cohort, "institution": case.institution, "created_by": case.author}
    make_challenge(**own, title="Kohortowe", confidentiality=Confidentiality.COHORT)
    make_challenge(**own, title="Programowe", confidentiality=Confidentiality.PROGRAMME)
    make_challenge(**own, title="Robocze", state=State.DRAFT, confidentiality=Confidentiality.PROGRAMME)
    make_challenge(**own, title="Zwrócone", state=State.RETURNED, confidentiality=Confidentiality.PROGRAMME)
    draft = make_plan(**own, title="Szkicowy", audience=Audience.PROGRAMME)
    make_item(draft, title="Kamień milowy")
    agreed = make_plan(**own, title="Uzgodniony", state=PlanState.APPROVED, audience=Audience.COHORT)
    make_item(agreed, title="Uzgodnione")
    make_item(agreed, title="Usunięte", removed_at=NOON)
    case.room = make_room(case.cohort, "Bursztyn")
    people = {"cohort": case.cohort, "person": case.facilitator, "now": NOON}
    case.few = open_room(**people, name="Szafir", title="Few", audience="members", members=[case.peer])
    for room, words in ((case.room, "Jawnie"), (case.few, "Poufnie"), (case.room, "Cofnięta")):
        post_message(person=case.peer, room=room_for(case.peer, room.pk), text=words, now=NOON)
    case.gathering = make_gathering(make_training_session(case.cohort))
    make_report(make_topic(case.gathering, case.peer, "Wędrówki"), summary="Sprawozdanie")
    gone = make_topic(case.gathering, case.peer, "Wycofany", state=TopicState.WITHDRAWN)
    make_report(gone, summary="Zaniechany")
    rebuild()
    last = Message.objects.get(text="Cofnięta")
    remove_message(person=case.peer, room=room_for(case.peer, case.room.pk), message=last.seq, now=NOON)
    return case


def test_who_finds_what(world):
    head, *rows = [line.split() for line in FINDS.strip().splitlines()]
    for thing, *cells in rows:
        kind, word = thing.split(":")
        seen = {name: "x" if found(world.people[name], kind, word) else "-" for name in head}
        assert seen == dict(zip(head, cells, strict=True)), thing
    assert {kind.name for kind in all_kinds()} - {row[0].split(":")[0] for row in rows} == {"recommendation"}


@pytest.mark.parametrize("confidentiality", ["group", "cohort"])
def test_recommendations(db, confidentiality):
    run = make_consultation(confidentiality=confidentiality)
    run.at(len(run.row().protocol["phases"]) - 1)
    given = write_recommendation(
        person=run.facilitator, consultation=run.seen_by(run.facilitator), text="Doradzamy to", now=NOON
    )

    def finders():
        return {name for name, person in run.people.items() if found(person, "recommendation", "doradzamy")}

    def readers():
        own = {name: challenge_for(person, run.challenge.pk) for name, person in run.people.items()}
        return {name for name, seen in own.items() if seen and recommendations_for(run.people[name], seen)}

    assert {"peer", "case_giver", "own_observer", "facilitator"} <= finders() == readers()
    assert not finders() & {"stranger", "observer", "ended", "outsider"}
    ended = {"state": RunState.FINISHED, "phase_ends_at": None, "finished_at": NOON}
    Consultation.objects.filter(pk=run.pk).update(**ended)
    assert finders() == readers()
    assert ("stranger" in finders()) is (confidentiality == "cohort")
    seen = run.seen_by(run.facilitator)
    withdraw_recommendation(
        person=run.facilitator, consultation=seen, recommendation=given.pk, base=0, now=NOON
    )
    assert finders() == set()


def test_it_keeps_up_with_rooms_and_messages(world):
    room, now = room_for(world.peer, world.room.pk), {"now": NOON}
    post_message(person=world.peer, room=room, text="Pierwsze słowa", lang="pl", **now)
    assert found(world.observer, "message", "PIERWSZE slowa") == ["Pierwsze słowa"]
    last = Message.objects.get(text="Pierwsze słowa")
    edit_message(person=world.peer, room=room, message=last.seq, text="Drugie <b>", **now)
    assert found(world.observer, "message", "pierwsze") == []
    assert found(world.observer, "message", "drugie") == ["Drugie &lt;b&gt;"]
    remove_message(person=world.peer, room=room, message=last.seq, **now)
    assert found(world.observer, "message", "drugie") == []
    assert not Document.objects.filter(text__contains="Drugie").exists()
    rename_room(person=world.facilitator, room=room_for(world.facilitator, room.pk), name="Jaspis", **now)
    assert found(world.observer, "room", "jaspis") == ["Jaspis"]
    assert found(world.observer, "room", "bursztyn") == []
    set_members(room=world.few, members=[world.participant], **now)
    assert [found(each, "message", "poufnie") for each in (world.peer, world.participant)] == [
        [],
        ["Poufnie"],
    ]


def test_it_keeps_up_with_people(world):
    person = world.participant
    change_profile(person=person, name="Ķekava Őry", language="lv", time_zone="Europe/Riga")
    assert found(world.observer, "person", "kekava ory") == ["Ķekava Őry"]
    seat = person.seats.get()
    end_seat(seat=seat, now=NOON)
    assert found(world.observer, "person", "kekava") == []
    assert found(person, "person", "nowicka") == []  # nor do they find anything any more
    give_seat_back(seat=seat, now=NOON)
    assert found(world.observer, "person", "kekava") == ["Ķekava Őry"]


def test_it_keeps_up_with_topics_and_reports(world):
    person, now = world.peer, {"now": NOON}
    gathering = gathering_for(person, world.gathering.pk)
    topic = propose_topic(person=person, gathering=gathering, title="Как да споделяме", **now)
    assert found(world.observer, "topic", "споделя") == ["Как да споделяме"]
    change_topic(person=person, gathering=gathering, topic=topic.pk, title="Нещо друго", **now)
    assert found(world.observer, "topic", "споделя") == []
    seen = topic_for(person, topic.pk)
    with transaction.atomic(), log.ledger():  # as every command is run
        change_report(person=person, topic=seen, field="summary", value="Ezt tanultuk", base=1, **now)
    assert found(world.observer, "report", "tanultuk") == ["Нещо друго"]
    withdraw_topic(person=person, gathering=gathering, topic=topic.pk, **now)
    assert found(world.observer, "report", "tanultuk") == found(world.observer, "topic", "друго") == []


def test_it_keeps_up_with_challenges_and_plans(world):
    draft = world.challenge.__class__.objects.get(title="Robocze")
    assert change(draft, world.author, "title", "Spolupráca úradov") is not None
    assert found(world.author, "challenge", "spoluprace") == ["Spolupráca úradov"]
    assert found(world.author, "challenge", "robocze") == []
    plan = world.author.plans_owned.get(title="Szkicowy")
    item = Item.objects.get(title="Kamień milowy")
    change_item(plan, world.author, "title", "Kāda cita lieta", item=item.pk)
    assert found(world.author, "item", "kada lietas") == ["1 Kāda cita lieta"]
    made(plan, world.author, "item.remove", item=item.pk)
    assert found(world.author, "item", "kada") == []
    made(plan, world.author, "item.restore", item=item.pk)
    assert found(world.author, "item", "kada") == ["1 Kāda cita lieta"]


def test_a_rebuilt_index_is_the_one_that_was_kept(world):
    def all_of_it():
        return sorted(Document.objects.values_list("kind", "object_id", "title", "text", "words", "at"))

    kept = all_of_it()
    Document.objects.create(kind="message", object_id=77, words="gone", at=NOON)
    Document.objects.create(kind="strange", object_id=1, words="gone", at=NOON)
    Document.objects.filter(kind="plan").delete()
    rebuild()
    assert all_of_it() == kept


def test_the_best_comes_first(world):
    room = room_for(world.peer, world.room.pk)
    texts = ["Wdrożeniowy plan", "wdrożenie dawno", "wdrożenie teraz", "wdrożenia"]
    for hour, text in enumerate(texts):
        post_message(person=world.peer, room=room, text=text, now=NOON.replace(hour=hour))
    assert found(world.observer, "message", "wdroz") == [
        "wdrożenia",
        "wdrożenie teraz",
        "wdrożenie dawno",
        texts[0],
    ]
    same = ["wdrożenie teraz", "wdrożenie dawno", "wdrożenia", "Wdrożeniowy plan"]
    assert found(world.observer, "message", "WDROZENIE") == same
    plan = make_plan(world.cohort, world.institution, world.author, title="Inny", summary="O wdrożeniu")
    make_plan(world.cohort, world.institution, world.author, title="Wdrożenie", summary="-")
    rebuild()
    assert found(world.author, "plan", "wdrozenie") == ["Wdrożenie", plan.title]
    assert found(world.author, "plan", "wdrozeni") == ["Wdrożenie", plan.title]
    make_plan(world.cohort, world.institution, world.author, title="Wdrożeni", summary="-")
    rebuild()
    assert found(world.author, "plan", "wdrozeni") == ["Wdrożeni", "Wdrożenie", plan.title]
    for odd in (
        "plan'",
        'plan"',
        "plan*",
        "plan:*",
        "NOT plan",
        "plan & !teraz",
        "(plan",
        "·message plan",
        "\\plan",
    ):
        find(world.observer, kind_named("message"), terms_of(odd))  # never a syntax of the database


def test_what_others_said_leaves_room_for_what_one_may_read(world, monkeypatch):
    """The newest candidates are all of a room that the person may not enter, and they have many rooms."""
    monkeypatch.setattr("synergy.search.finding.CANDIDATES", 3)
    few = room_for(world.peer, world.few.pk)
    for number in range(7):
        post_message(person=world.peer, room=few, text=f"jawnie {number}", now=NOON)
    assert found(world.participant, "message", "jawnie") == ["Jawnie"]
    assert len(found(world.facilitator, "message", "jawnie")) == 8


def test_queries_stay_the_same(world, client):
    client.force_login(world.facilitator)

    def count():
        client.get("/search/?q=grupowe szafir")  # what the session keeps is kept
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/search/?q=tak")
        return len(queries), answer.content.decode()

    def add():
        room = room_for(world.peer, world.room.pk)
        topic = make_topic(world.gathering, world.peer, "Tak jest")
        make_report(topic, summary="Tak")
        make_challenge(world.cohort, title="Tak")
        make_item(make_plan(world.cohort, title="Tak", starts=date(2026, 1, 1)), title="Tak")
        open_room(
            person=world.facilitator, cohort=world.cohort, name=f"Tak {topic.pk}", title="Tak", now=NOON
        )
        post_message(person=world.peer, room=room, text="Tak", now=NOON)
        world.seated("Tak Tak")
        rebuild()

    add()
    one, page = count()
    assert page.count("<section") == 8
    add()
    add()
    many, page = count()
    assert page.count("<li>") >= 24
    assert one == many <= 60
