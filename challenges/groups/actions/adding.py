"""One more group in a day whose groups are published: for a challenge that was accepted late."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from challenges.groups.actions.giving import give_challenges
from challenges.groups.actions.held import changed_by_hand, hold_to_mix
from challenges.groups.actions.publishing import open_rooms
from challenges.groups.models import Mix, TaskGroup
from challenges.groups.queries import challenges_to_mix, groups_stream
from challenges.groups.rules import is_published
from rooms.queries import cohort_stream
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person


def add_group(*, person: Person, mix: Mix, challenge: int, now: datetime) -> None:
    """Empty, with its room; people are moved into it by hand. Raises Refused."""
    with transaction.atomic(savepoint=False):
        before = hold_to_mix(person, mix)
        if not is_published(mix):
            raise Refused(
                "conflict", _("The groups are not published yet. Choose the challenge and propose anew.")
            )
        log.lock(groups_stream(mix.pk))
        log.lock(cohort_stream(mix.training_session.cohort_id))
        row = challenges_to_mix(mix.training_session.cohort_id).filter(pk=challenge).first()
        if row is None:
            raise Refused("conflict", _("This challenge does not wait for a group any more."))
        last = mix.groups.aggregate(last=Max("number"))["last"] or 0
        group = TaskGroup.objects.create(mix=mix, number=last + 1, challenge=row)
        open_rooms(person, mix, [group], now)
        changed_by_hand(person, mix, before, now)
        give_challenges(person, mix.groups.filter(pk=group.pk), now)
