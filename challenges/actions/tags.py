from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import hold, require
from challenges.events import ChallengeTagged
from challenges.models import Challenge, Tag
from challenges.rules import can_tag
from rooms.text import clean_line
from synergy.journal import log
from synergy.live.fields import too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

TAGS_LIMIT = 12
TAG_LIMIT = 40
"""Most characters of one."""


def tag_challenge(*, person: Person, challenge: Challenge, tags: Sequence[str], now: datetime) -> None:
    """Sets its tags. One that the cohort has in another spelling of case is that one. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold(challenge)
        require(can_tag(person, challenge), _("Facilitators and organisers tag what was submitted."))
        rows = tags_named(challenge.cohort_id, tags)
        before = set(challenge.tags.values_list("pk", flat=True))
        if before == {row.pk for row in rows}:
            return
        challenge.tags.set(rows)
        fact = ChallengeTagged(tags=sorted(row.name for row in rows))
        log.append(stream, fact, by=person.pk, at=now)


def tags_named(cohort_id: int, tags: Sequence[str]) -> list[Tag]:
    """The cohort's tags with these names, made where there is none. Raises Refused when they are too many."""
    known = {tag.name.casefold(): tag for tag in Tag.objects.filter(cohort=cohort_id)}
    wanted: dict[str, Tag] = {}
    for raw in tags:
        name = clean_line(raw, len(raw))
        if not name:
            continue
        if len(name) > TAG_LIMIT:
            detail = too_long(len(name), TAG_LIMIT)
            raise Refused("invalid", detail, fields={"tags": detail})
        key = name.casefold()
        if key not in known:
            known[key] = Tag.objects.get_or_create(cohort_id=cohort_id, name=name)[0]
        wanted[key] = known[key]
    if len(wanted) > TAGS_LIMIT:
        detail = _("There is room for %(limit)d tags.") % {"limit": TAGS_LIMIT}
        raise Refused("invalid", detail, fields={"tags": detail})
    return list(wanted.values())
