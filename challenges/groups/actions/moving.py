"""Changing groups by hand: before publishing, and after it when somebody comes late or falls ill."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.groups.actions.giving import give_challenges
from challenges.groups.actions.held import changed_by_hand, group_in, hold_to_mix
from challenges.groups.actions.letting_in import let_in_where_they_are
from challenges.groups.models import KeptOut, Membership, Mix
from challenges.groups.queries import groups_stream, participants_of
from challenges.groups.rules import is_published
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


def move_person(
    *, person: Person, mix: Mix, who: int, seen: int | None, to: int | None, now: datetime
) -> None:
    """From the group where one has `seen` them, or none, to another, or none: then they are away. Raises Refused.

    The person is locked there, and not kept out of that group any more. In published groups the people of
    both groups change with it who may read the challenge and come into the room.
    """
    with transaction.atomic(savepoint=False):
        before = hold_to_mix(person, mix)
        row = _seen(mix, who, seen)
        if seen == to:
            return
        if to is None:
            _take_out(mix, who, row)
        else:
            _put_in(mix, who, row, to)
        mix.is_changed_by_hand = True
        if is_published(mix):
            log.lock(groups_stream(mix.pk))
        changed_by_hand(person, mix, before, now)
        if is_published(mix):
            concerned = mix.groups.filter(pk__in=[pk for pk in (seen, to) if pk])
            let_in_where_they_are(concerned, who, now)
            give_challenges(person, concerned, now)


def lock_person(*, person: Person, mix: Mix, who: int, seen: int, is_locked: bool, now: datetime) -> None:
    """Whether another proposal leaves them in the group where one has `seen` them. Raises Refused."""
    with transaction.atomic(savepoint=False):
        before = hold_to_mix(person, mix)
        _require_proposed(mix)
        row = _seen(mix, who, seen)
        if row is None or row.is_locked == is_locked:
            return
        row.is_locked = is_locked
        row.save(update_fields=["is_locked"])
        changed_by_hand(person, mix, before, now)


def keep_out(*, person: Person, mix: Mix, who: int, group: int, is_kept_out: bool, now: datetime) -> None:
    """Whether another proposal keeps them out of the group; they are not moved now. Raises Refused.

    Who is kept out of the group where they are locked is locked no longer.
    """
    with transaction.atomic(savepoint=False):
        before = hold_to_mix(person, mix)
        _require_proposed(mix)
        _require_participant(mix, who)
        row = group_in(mix, group)
        rows = KeptOut.objects.filter(group=row, person=who)
        if rows.exists() == is_kept_out:
            return
        if is_kept_out:
            KeptOut.objects.create(group=row, person_id=who)
            if row.memberships.filter(person=who).update(is_locked=False):
                mix.is_changed_by_hand = True
        else:
            rows.delete()
        changed_by_hand(person, mix, before, now)


def _seen(mix: Mix, who: int, seen: int | None) -> Membership | None:
    """Their place, if it is the one that was seen. Raises Refused."""
    row = mix.memberships.filter(person=who).first()
    at = row.group_id if row else None
    if at != seen:
        detail = _("This person is not where you saw them any more. Look where they are now.")
        raise Refused("conflict", detail, present={"group": at})
    return row


def _take_out(mix: Mix, who: int, row: Membership | None) -> None:
    if row is not None:
        row.delete()
    if who not in mix.away:
        mix.away = sorted([*mix.away, who])


def _put_in(mix: Mix, who: int, row: Membership | None, to: int) -> None:
    _require_participant(mix, who)
    group = group_in(mix, to)
    row = row or Membership(mix=mix, person_id=who)
    row.group, row.is_locked = group, True
    row.save()
    KeptOut.objects.filter(group=group, person=who).delete()
    mix.away = [each for each in mix.away if each != who]


def _require_participant(mix: Mix, who: int) -> None:
    if all(each.id != who for each in participants_of(mix.training_session.cohort_id)):
        raise Refused("not_found", _("Only participants of this cohort can be in a group."))


def _require_proposed(mix: Mix) -> None:
    if is_published(mix):
        raise Refused("conflict", _("The groups are published, so nothing proposes them anew."))
