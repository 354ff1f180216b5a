"""The words of a challenge: begun, and changed one field at a time by all authors together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from challenges.actions.held import hold, require, wrong_state
from challenges.events import ChallengeChanged
from challenges.models import LANGUAGE_CODES, Challenge, Confidentiality, State
from challenges.queries import challenge_stream
from challenges.rules import WRITABLE, can_bring, is_author
from rooms.text import clean_line, clean_text
from synergy.cohorts.actions import lock_cohort
from synergy.cohorts.models import Cohort
from synergy.cohorts.queries import seat_in
from synergy.journal import log
from synergy.live.fields import count_change, require_base, revision_of, too_long
from synergy.live.refusals import Refused
from synergy.people.models import Person

TEXT_LIMIT = 20_000
"""Most characters in one text; a frame of the protocol has room for it in every script."""
LINES = {"title": 200, "key_question": 500}
"""Fields of one line: {field: most characters}."""
TEXTS = ("situation", "tried", "stakeholders", "desired_result", "constraints", "summary")
CHOICES = {"language": LANGUAGE_CODES, "confidentiality": Confidentiality.values}
FIELDS = (*LINES, *TEXTS, *CHOICES)


def begin_challenge(*, person: Person, cohort: Cohort, now: datetime) -> Challenge:
    """An empty draft for the person's institution. Raises Refused (`forbidden`).

    Who has begun one there and not written a word gets that one: a form sent twice makes one draft.
    """
    with transaction.atomic():
        seat = seat_in(person, cohort.pk)
        if seat is None or not can_bring(seat):
            raise Refused("forbidden", _("Participants bring challenges, for their institution."))
        lock_cohort(cohort.pk)
        own = Challenge.objects.filter(cohort=cohort, institution=seat.institution, created_by=person)
        empty = own.filter(state=State.DRAFT, source="", revisions={}, attachments=None).first()
        return empty or Challenge.objects.create(
            cohort=cohort,
            institution=seat.institution,
            language=person.language,
            created_by=person,
            created_at=now,
            changed_at=now,
        )


def change_challenge(
    *, person: Person, challenge: Challenge, field: str, value: str, base: int, now: datetime
) -> int:
    """Sets one field and gives its new revision. Raises Refused.

    `base` is the revision that the person saw: if somebody else changed the field since then it is a
    conflict, and `present` has their text.
    """
    with transaction.atomic(savepoint=False):
        hold(challenge)
        require_author(person, challenge)
        value = _checked(field, value)
        held = getattr(challenge, field)
        if held == value:
            return revision_of(challenge, field)
        require_base(challenge, field, base, held)
        return _set(person, challenge, field, value, now)


def require_author(person: Person, challenge: Challenge) -> None:
    """Raises Refused: `forbidden`, or `conflict` when the challenge is not being written now."""
    require(is_author(person, challenge), _("Only participants of the institution write its challenge."))
    if challenge.state == State.SUBMITTED:
        raise wrong_state(challenge, _("It is submitted. Withdraw it to change it."))
    if challenge.state not in WRITABLE:
        raise wrong_state(challenge, _("It has been accepted or closed, so its words stay as they are."))


def _set(person: Person, challenge: Challenge, field: str, value: str, now: datetime) -> int:
    revision = count_change(challenge, field, person.pk)
    setattr(challenge, field, value)
    challenge.changed_at = now
    challenge.save(update_fields=[field, "revisions", "editors", "changed_at"])
    fact = ChallengeChanged(field=field, value=value, revision=revision, changed_at=now)
    log.append(challenge_stream(challenge.pk), fact, by=person.pk, at=now)
    return revision


def _checked(field: str, value: str) -> str:
    """The value as it is kept. Raises Refused (`invalid`)."""
    if field in CHOICES:
        if value not in CHOICES[field]:
            raise _refused(_("Choose one of the list."))
        return value
    limit = LINES.get(field, TEXT_LIMIT)
    text = clean_line(value, len(value)) if field in LINES else clean_text(value)
    if len(text) > limit:
        raise _refused(too_long(len(text), limit))
    return text


def _refused(detail: str) -> Refused:
    return Refused("invalid", detail, fields={"value": detail})
