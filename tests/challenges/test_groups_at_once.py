"""Two who make the groups at the same moment, each in a transaction of their own."""

from functools import partial

import pytest

from challenges.groups.actions import move_person, propose_mix, publish_mix
from challenges.groups.models import Membership, Mix
from challenges.groups.queries import groups_stream, mix_stream
from rooms.models import Room
from synergy.live.refusals import Refused
from tests.factories import NOON
from tests.factories.task_groups import make_day
from tests.support.together import second_of_two
from tests.support.told import names

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(transactional_db):
    return make_day()


def taking_turns(*acts):
    """A function that does something else at each call."""
    waiting = list(acts)
    return lambda: waiting.pop(0)()


def propose(day, person):
    return propose_mix(person=person, training_session=day.session, on=day.on, now=NOON)


def test_two_publish_and_each_group_has_one_room(day):
    mix = propose(day, day.facilitator)
    acts = [
        partial(publish_mix, person=person, mix=day.into(person, mix), now=NOON)
        for person in (day.facilitator, day.organiser)
    ]
    assert second_of_two(taking_turns(*acts)) is None
    assert Room.objects.filter(cohort=day.cohort).count() == 3
    assert names(groups_stream(mix.pk)) == ["groups.published"]
    assert Mix.objects.get().published_by == day.facilitator


def test_two_move_one_person_and_the_second_is_told_where_they_are(day):
    mix = propose(day, day.facilitator)
    row = Membership.objects.filter(mix=mix).first()
    others = [group.pk for group in mix.groups.exclude(pk=row.group_id)]
    acts = [
        partial(
            move_person,
            person=person,
            mix=day.into(person, mix),
            who=row.person_id,
            seen=row.group_id,
            to=to,
            now=NOON,
        )
        for person, to in zip((day.facilitator, day.organiser), others, strict=True)
    ]
    late = second_of_two(taking_turns(*acts))
    assert isinstance(late, Refused)
    assert (late.code, late.present) == ("conflict", {"group": others[0]})
    assert Membership.objects.get(pk=row.pk).group_id == others[0]


def test_one_publishes_while_the_other_moves_somebody(day):
    mix = propose(day, day.facilitator)
    row = Membership.objects.filter(mix=mix).first()
    to = mix.groups.exclude(pk=row.group_id).first()
    fiona, olga = day.into(day.facilitator, mix), day.into(day.organiser, mix)
    late = second_of_two(
        taking_turns(
            lambda: publish_mix(person=day.facilitator, mix=fiona, now=NOON),
            lambda: move_person(
                person=day.organiser, mix=olga, who=row.person_id, seen=row.group_id, to=to.pk, now=NOON
            ),
        )
    )
    assert late is None
    assert names(mix_stream(mix.pk)) == ["mix.proposed", "mix.published", "mix.changed"]
    assert names(groups_stream(mix.pk)) == ["groups.published", "groups.changed"]
    assert to.challenge.peers.filter(pk=row.person_id).exists() or row.person in day.teams[to.number - 1]


def test_two_propose_the_first_groups_of_a_day(day):
    late = second_of_two(
        taking_turns(lambda: propose(day, day.facilitator), lambda: propose(day, day.organiser))
    )
    assert isinstance(late, Refused)
    assert late.code == "conflict"
    assert Mix.objects.get().proposed_by == day.facilitator
    assert Membership.objects.count() == 12
