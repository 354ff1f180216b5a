"""A consultation of a published task group, with somebody in every relation to it."""

from datetime import timedelta
from types import SimpleNamespace

import msgspec

from challenges.consultations.actions import plan_consultation, start_consultation
from challenges.consultations.models import Consultation
from challenges.consultations.queries import consultation_for
from challenges.groups.actions import propose_mix, publish_mix
from challenges.groups.queries import mix_for
from challenges.models import Confidentiality
from synergy.cohorts.models import Role
from tests.factories import NOON
from tests.factories.task_groups import make_day

MINUTE = timedelta(minutes=1)


def make_consultation(
    protocol="kollegiale_beratung_jena", *, start=True, confidentiality=Confidentiality.GROUP
):
    """A group of four of different institutions; `run.case_giver` is the author of the challenge.

    `run.seen_by(person)` is the consultation as that person has it in hand; `run.at(index)` puts the clock at
    the start of a phase; `run.people` are persons by their relation.
    """
    day = make_day(institutions=6, each=2, challenges=3)
    challenge = day.challenges[1]
    challenge.confidentiality = confidentiality
    challenge.save()
    mix = propose_mix(person=day.facilitator, training_session=day.session, on=day.on, now=NOON, seed=1)
    publish_mix(person=day.facilitator, mix=mix_for(day.facilitator, mix.pk), now=NOON)
    group = mix.groups.get(challenge=challenge)
    members = [row.person for row in group.memberships.select_related("person").order_by("person_id")]
    consultation = plan_consultation(person=day.facilitator, group=group, protocol=protocol, now=NOON)
    giver = consultation.parts.get(part="case_giver").person
    peers = [person for person in members if person != giver]
    own_observer = day.seated("Ewa Maj", Role.OBSERVER, institution=challenge.institution)
    colleague = next(person for person in day.teams[1] if person != giver)
    stranger = next(person for person in day.participants if person not in members and person != colleague)
    people = {
        "case_giver": giver,
        "peer": peers[0],
        "second": peers[1],
        "colleague": colleague,
        "own_observer": own_observer,
        "facilitator": day.facilitator,
        "organiser": day.organiser,
        "stranger": stranger,
        "observer": day.observer,
        "ended": day.ended,
        "outsider": day.outsider,
    }
    run = SimpleNamespace(
        day=day,
        mix=mix,
        group=group,
        challenge=challenge,
        consultation=consultation,
        pk=consultation.pk,
        members=members,
        peers=peers,
        people=people,
        seen_by=lambda person: consultation_for(person, consultation.pk),
        **people,
    )
    run.row = lambda: Consultation.objects.get(pk=consultation.pk)
    run.at = lambda index, **fields: _put(run, index, fields)
    if start:
        start_consultation(person=day.facilitator, consultation=run.seen_by(day.facilitator), now=NOON)
    return run


def _put(run, index, fields):
    Consultation.objects.filter(pk=run.pk).update(
        phase=index, phase_started_at=NOON, phase_ends_at=NOON + 5 * MINUTE, **fields
    )
    return run


def phase(key="talk", **fields):
    """A phase as a protocol's own form gives it."""
    given = {
        "name": key.title(),
        "about": "",
        "minutes": 5,
        "days": 0,
        "speaks": "everybody",
        "writes": "nothing",
        "silent_first": False,
        "listening": "",
    }
    return {"key": key, **given, **fields}


def as_json(struct):
    return msgspec.json.decode(msgspec.json.encode(struct))
