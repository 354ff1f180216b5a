"""Mail about a step, to those whom it concerns: after commit, and once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.urls import reverse

from challenges.models import Challenge, State, Step
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.queries import active_seats
from synergy.cohorts.rules import can_moderate
from synergy.people.mail import later, send_mail
from synergy.people.models import Person

logger = logging.getLogger(__name__)

TO_AUTHORS = (State.RETURNED, State.ACCEPTED, State.ANSWERED, State.CLOSED)
TO_FACILITATORS = (State.SUBMITTED, State.CLOSED)
"""The states whose coming is told, and to whom. Who took the step needs no mail about it."""


def tell_of(step: Step, now: datetime) -> None:
    """Mails those whom the step concerns, when the open transaction has been committed."""
    transaction.on_commit(lambda: _tell(step, now), robust=True)


def people_concerned(step: Step) -> list[Person]:
    """By name. Only people whose seat in the cohort is active."""
    challenge = step.challenge
    seats = active_seats(challenge.cohort_id).filter(person__is_active=True)
    return [seat.person for seat in seats if seat.person_id != step.by_id and _concerns(seat, step)]


def _concerns(seat: Seat, step: Step) -> bool:
    is_author = seat.role == Role.PARTICIPANT and seat.institution_id == step.challenge.institution_id
    return (is_author and step.to_state in TO_AUTHORS) or (
        can_moderate(seat) and step.to_state in TO_FACILITATORS
    )


def _tell(step: Step, now: datetime) -> None:
    if not Step.objects.filter(pk=step.pk, told_at__isnull=True).update(told_at=now):
        return
    challenge = Challenge.objects.select_related("institution").get(pk=step.challenge_id)
    link = settings.CONFIG.base_url + reverse("challenges:challenge", args=[challenge.pk])
    context = {"challenge": challenge, "step": step, "by": step.by, "link": link}
    people = people_concerned(step)
    later(lambda: _mail(f"challenges/email/{step.to_state}", people, context))


def _mail(template: str, people: Sequence[Person], context: dict[str, object]) -> None:
    """One connection for all; an address that is refused does not keep the others from theirs."""
    connection = get_connection()
    for person in people:
        try:
            send_mail(
                template,
                to=person.email,
                language=person.language,
                context={**context, "person": person},
                connection=connection,
            )
        except OSError:
            logger.exception("The mail about a challenge to person %s could not be sent", person.pk)
    connection.close()
