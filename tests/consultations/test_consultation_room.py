"""The talk of the group's room is closed to the case giver while only the peers talk."""

import uuid

import msgspec
import pytest
from django.db import transaction

from rooms.actions import post_message, set_room_state
from rooms.queries import room_for, room_stream, state_of
from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.support.consultations import do
from tests.support.told import told

CASE, FEELINGS, QUESTIONS, HYPOTHESES, RESPONSE = range(1, 6)


def post(run, person, text="I think so, too."):
    asked = request_for(
        person,
        uuid.uuid4(),
        str(room_stream(run.group.room_id)),
        "message.post",
        msgspec.json.encode({"text": text}),
        "en",
    )
    (answer,) = execute([asked], NOON)
    return answer if isinstance(answer, Refused) else None


def quieted(run):
    return [
        event["data"]["quiet"]
        for event in told(room_stream(run.group.room_id))
        if event["name"] == "room.quieted"
    ]


def test_the_case_giver_listens_in_the_consulting_phases(run):
    assert post(run, run.case_giver) is None
    for seen in range(HYPOTHESES):
        do(run, run.facilitator, "consultation.next", phase=seen)
    refused = post(run, run.case_giver)
    assert refused.code == "forbidden"
    assert "you listen" in refused.detail
    assert post(run, run.peer) is None
    rights = state_of(run.case_giver, room_for(run.case_giver, run.group.room_id)).rights
    assert (rights.post, rights.why_not_post) == (False, refused.detail)
    do(run, run.facilitator, "consultation.next", phase=HYPOTHESES)
    assert post(run, run.case_giver) is None
    assert [quiet and quiet["people"] for quiet in quieted(run)] == [
        [run.case_giver.pk],
        None,
        [run.case_giver.pk],
        None,
    ]


def test_more_time_and_another_case_giver_are_told(run):
    run.at(HYPOTHESES)
    do(run, run.facilitator, "consultation.extend", phase=HYPOTHESES, minutes=5)
    do(run, run.facilitator, "part.set", who=run.colleague.pk, part="case_giver", seen=None)
    longer, other = quieted(run)
    assert longer["until"] == run.row().phase_ends_at.isoformat().replace("+00:00", "Z")
    assert other["people"] == [run.colleague.pk]
    assert post(run, run.case_giver) is None
    assert post(run, run.colleague).code == "forbidden"


def test_the_room_stays_open_while_a_consultation_goes_on(run):
    room = room_for(run.facilitator, run.group.room_id)
    for state in ("read_only", "archived"):
        with pytest.raises(Refused, match="A consultation goes on in this room"), transaction.atomic():
            set_room_state(person=run.facilitator, room=room, state=state, now=NOON)
    do(run, run.facilitator, "consultation.finish", phase=run.row().phase)
    set_room_state(person=run.facilitator, room=room, state="archived", now=NOON)
    assert room_for(run.facilitator, run.group.room_id).state == "archived"


def test_in_silence_only_who_leads_writes(db):
    from tests.factories.consultations import make_consultation

    run = make_consultation("troika")
    assert post(run, run.peer).code == "forbidden"
    assert "silence" in post(run, run.case_giver).detail
    assert post(run, run.facilitator) is None
    do(run, run.facilitator, "consultation.finish", phase=0)
    assert post(run, run.peer) is None


def test_other_rooms_are_not_asked(run, django_assert_num_queries):
    from tests.factories.rooms import make_room

    room = room_for(run.case_giver, make_room(run.day.cohort).pk)
    run.at(HYPOTHESES)
    from rooms.rules import can_post

    with django_assert_num_queries(0):
        assert can_post(run.case_giver, room)
    assert post_message(person=run.case_giver, room=room, text="Hello", now=NOON)
