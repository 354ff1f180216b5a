"""Publishing: each group gets a room and its challenge, and everybody hears of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from challenges.groups.actions.giving import give_challenges
from challenges.groups.actions.held import hold_to_mix
from challenges.groups.actions.letting_in import people_of_group
from challenges.groups.cards import group_cards, mix_card, place_cards, proposed_group_cards
from challenges.groups.events import GroupsPublished, MixPublished
from challenges.groups.models import Mix, MixState, TaskGroup
from challenges.groups.queries import groups_stream, mix_stream, participants_of
from challenges.groups.rules import is_published
from challenges.models import State
from rooms.actions import open_room
from rooms.models import Audience, Room
from rooms.queries import cohort_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


def publish_mix(*, person: Person, mix: Mix, now: datetime) -> None:
    """Opens a room for each group, which is its own, gives it its challenge and tells everybody. Raises Refused.

    Publishing what is published changes nothing.
    """
    with transaction.atomic(savepoint=False):
        hold_to_mix(person, mix)
        if is_published(mix):
            return
        log.lock(groups_stream(mix.pk))
        log.lock(cohort_stream(mix.training_session.cohort_id))
        groups = list(mix.groups.select_related("challenge__institution").order_by("number"))
        _require_complete(mix, groups)
        open_rooms(person, mix, groups, now)
        give_challenges(person, mix.groups.all(), now)
        mix.state, mix.published_by, mix.published_at = MixState.PUBLISHED, person, now
        mix.save(update_fields=["state", "published_by", "published_at"])
        own = MixPublished(mix=mix_card(mix), groups=proposed_group_cards(mix))
        log.append(mix_stream(mix.pk), own, by=person.pk, at=now)
        fact = GroupsPublished(published_at=now, groups=group_cards(mix), places=place_cards(mix))
        log.append(groups_stream(mix.pk), fact, by=person.pk, at=now)


def _require_complete(mix: Mix, groups: Sequence[TaskGroup]) -> None:
    """Raises Refused (`conflict`): with `present`, which groups or people stand in the way."""
    members = dict(mix.memberships.values_list("person", "group"))
    alone = [group for group in groups if list(members.values()).count(group.pk) < 2]
    if alone:
        detail = _("Group %(number)d has too few people. Move somebody there first.")
        present = {"groups": [group.pk for group in alone]}
        raise Refused("conflict", detail % {"number": alone[0].number}, present=present)
    here = {each.id for each in participants_of(mix.training_session.cohort_id)}
    gone = sorted(members.keys() - here)
    if gone:
        detail = _("Somebody in the groups has left the cohort. Take them out, or propose anew.")
        raise Refused("conflict", detail, present={"people": gone})
    lost = [group for group in groups if group.challenge.state != State.ACCEPTED]
    if lost:
        detail = _("The challenge of group %(number)d is not waiting for a group any more. Propose anew.")
        present = {"groups": [group.pk for group in lost]}
        raise Refused("conflict", detail % {"number": lost[0].number}, present=present)


def open_rooms(person: Person, mix: Mix, groups: Sequence[TaskGroup], now: datetime) -> None:
    """A room for the people of each group. The cohort's stream is locked."""
    cohort = mix.training_session.cohort
    taken = {name.casefold() for name in Room.objects.filter(cohort=cohort).values_list("name", flat=True)}
    for group in groups:
        challenge = group.challenge
        group.room = open_room(
            person=person,
            cohort=cohort,
            name=_room_name(mix, group, taken),
            title=challenge.title or challenge.institution.name,
            language=challenge.language,
            audience=Audience.MEMBERS,
            members=people_of_group(group),
            now=now,
        )
        group.save(update_fields=["room"])


def _room_name(mix: Mix, group: TaskGroup, taken: set[str]) -> str:
    """In English, the same for all who read it; with the day where another day's group has the name."""
    with override("en"):
        name = _("Group %(number)d") % {"number": group.number}
    return f"{name}, {mix.on.day} {mix.on:%B}" if name.casefold() in taken else name
