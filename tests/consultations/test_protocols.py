"""Protocols are data: those that are shipped, and those that organisers make of them."""

import msgspec
import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import override

from challenges.consultations.actions import (
    Draft,
    change_protocol,
    copy_protocol,
    plan_consultation,
    remove_protocol,
)
from challenges.consultations.events import PhaseCard
from challenges.consultations.forms import ProtocolForms
from challenges.consultations.models import Consultation, Part, Speaks, Writes
from challenges.consultations.protocols import SHIPPED
from challenges.consultations.queries import protocol_named, protocols_for
from challenges.queries import challenge_for
from challenges.threads import threads_of
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.consultations import make_consultation, phase
from tests.factories.task_groups import make_day

LENGTHS = {
    "case_clinic": [2, 15, 3, 10, 20, 8, 2],
    "troika": [1, 2, 2, 4, 1],
    "kollegiale_beratung": [2, 10, 5, 3, 10, 5],
    "kollegiale_beratung_jena": [2, 10, 5, 5, 5, 3, 7, 5],
    "action_learning_set": [2, 10, 15, 2, 5, 2],
    "peer_assist": [5, 10, 15, 20, 10],
    "in_writing": [2, 2, 2, 2, 1, 3, 2, 1],
}


@pytest.fixture
def day(db):
    return make_day()


def draft(**fields):
    phases = [msgspec.convert(phase(**each), PhaseCard) for each in fields.pop("phases", [{"key": "talk"}])]
    given = {"name": "Ours", "about": "", "is_asynchronous": False, "ends_by_clock": False}
    return Draft(**{**given, "fewest": 3, "most": 8, "phases": phases, **fields})


def test_the_shipped_ones_are_whole():
    assert {
        key: [each.minutes or each.days for each in card.phases] for key, card in SHIPPED.items()
    } == LENGTHS
    for card in SHIPPED.values():
        assert len({each.key for each in card.phases}) == len(card.phases)
        for each in card.phases:
            assert (each.minutes > 0) != (each.days > 0)
            assert (each.speaks in Speaks.values, each.writes in Writes.values) == (True, True)
            assert bool(each.listening) == (each.speaks == Speaks.PEERS)
    assert 10 <= sum(LENGTHS["in_writing"]) <= 20


def test_organisers_copy_change_and_remove(day):
    for person in (day.facilitator, day.participants[0], day.outsider):
        with pytest.raises(Refused, match="organisers"), transaction.atomic():
            copy_protocol(person=person, cohort=day.cohort, key="troika", now=NOON)
    made = copy_protocol(person=day.organiser, cohort=day.cohort, key="troika", now=NOON)
    change_protocol(person=day.organiser, protocol=made, draft=draft(), base=0, now=NOON)
    assert protocol_named(day.cohort.pk, str(made.pk)).name == "Ours"
    with pytest.raises(Refused, match="conflict"), transaction.atomic():
        change_protocol(person=day.organiser, protocol=made, draft=draft(name="Mine"), base=0, now=NOON)
    assert [card.name for card in protocols_for(day.cohort.pk)][-1] == "Ours"
    remove_protocol(person=day.organiser, protocol=made, now=NOON)
    remove_protocol(person=day.organiser, protocol=made, now=NOON)
    assert protocol_named(day.cohort.pk, str(made.pk)) is None
    assert len(protocols_for(day.cohort.pk)) == len(SHIPPED)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": " "}, "name"),
        ({"phases": []}, "phases"),
        ({"phases": [{"minutes": 0}]}, "phases.0.minutes"),
        ({"phases": [{"minutes": 181}]}, "phases.0.minutes"),
        ({"phases": [{"name": ""}]}, "phases.0.name"),
        ({"phases": [{"days": 31}], "is_asynchronous": True}, "phases.0.days"),
        ({"phases": [{"silent_first": True}]}, "phases.0.silent_first"),
        ({"phases": [{"speaks": "shouting"}]}, "phases.0.speaks"),
        ({"fewest": 9, "most": 4}, "most"),
        ({"fewest": 1, "most": 4}, "fewest"),
        ({"fewest": 2, "most": 400}, "most"),
        ({"phases": [{"minutes": 180}]}, None),
        ({"phases": [{"days": 30}], "is_asynchronous": True}, None),
    ],
)
def test_what_a_protocol_must_be(day, fields, wrong):
    made = copy_protocol(person=day.organiser, cohort=day.cohort, key="troika", now=NOON)
    try:
        change_protocol(person=day.organiser, protocol=made, draft=draft(**fields), base=0, now=NOON)
        refused = None
    except Refused as refusal:
        (refused,) = refusal.fields
    assert refused == wrong


def test_the_form_of_a_protocol(day):
    made = copy_protocol(person=day.organiser, cohort=day.cohort, key="troika", now=NOON)
    shown = ProtocolForms(made)
    sent = QueryDict(mutable=True)
    for form in (shown.head, shown.phases.management_form, *shown.phases.forms):
        sent.update(
            {
                bound.html_name: bound.value()
                for bound in form
                if bound.value() is not None and bound.value() is not False
            }
        )
    sent["phases-0-DELETE"] = "on"
    sent["phases-4-ORDER"] = "1"
    sent["name"] = "Short Troika"
    forms = ProtocolForms(made, sent)
    assert forms.is_valid(), (forms.head.errors, forms.phases.errors)
    change_protocol(person=day.organiser, protocol=made, draft=forms.draft(), base=forms.base(), now=NOON)
    made.refresh_from_db()
    assert made.name == "Short Troika"
    assert [each["key"] for each in made.phases] == ["valuable", "states", "questions", "talk"]
    sent["phases-1-minutes"] = "0"
    forms = ProtocolForms(made, sent)
    assert forms.is_valid()
    with pytest.raises(Refused) as refused:
        change_protocol(person=day.organiser, protocol=made, draft=forms.draft(), base=1, now=NOON)
    forms.show(refused.value)
    assert list(forms.phases.forms[1].errors) == ["minutes"]


def test_a_consultation_keeps_its_protocol(db):
    run = make_consultation("troika", start=False)
    own = copy_protocol(person=run.organiser, cohort=run.day.cohort, key="troika", now=NOON)
    other = run.mix.groups.exclude(pk=run.group.pk).first()
    planned = plan_consultation(person=run.facilitator, group=other, protocol=str(own.pk), now=NOON)
    change_protocol(person=run.organiser, protocol=own, draft=draft(), base=0, now=NOON)
    planned.refresh_from_db()
    assert len(planned.protocol["phases"]) == 5
    assert planned.parts.filter(part=Part.CASE_GIVER).exists()


def test_no_text_is_lost_in_another_language(db):
    with override("pl"):
        assert protocols_for(0)[0].phases[0].listening == ""


def test_a_name_of_the_cohort_stays_as_it_was_written(db):
    run = make_consultation("troika", start=False)
    challenge = challenge_for(run.facilitator, run.challenge.pk)
    with override("pl"):
        assert "Troika consulting" not in threads_of(run.facilitator, challenge)[-1].name
        Consultation.objects.update(protocol={**run.row().protocol, "key": "7"})
        assert "Troika consulting" in threads_of(run.facilitator, challenge)[-1].name
