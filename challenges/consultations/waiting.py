"""What consultations wait for, as the first page says it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.consultations.models import Answer, CheckIn, Consultation, Recommendation, RunState
from challenges.consultations.notices import step_words
from challenges.consultations.rules import phase_of
from sessions.waiting import Waiting
from synergy.cohorts.models import Role
from synergy.cohorts.queries import seats_of
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc


def consultations_that_wait(person: Person, now: datetime) -> list[Waiting]:
    """What runs in the person's groups, what their institution is to answer, and commitments that came back. Four queries."""
    return [*_running(person), *_unanswered(person), *_came_back(person, now)]


def _running(person: Person) -> list[Waiting]:
    own = Q(group__memberships__person=person) | Q(parts__person=person)
    rows = Consultation.objects.filter(
        own,
        state__in=[RunState.RUNNING, RunState.PAUSED],
        challenge__cohort__seats__person=person,
        challenge__cohort__seats__ended_at__isnull=True,
    )
    return [_run(row) for row in rows.select_related("challenge").distinct().order_by("pk")]


def _run(row: Consultation) -> Waiting:
    step = step_words(row.protocol["key"], phase_of(row).name)
    return Waiting(
        about=_("Consultation"),
        text=row.challenge.key_question or row.challenge.title,
        language=row.challenge.language,
        detail=_("Your group is at the step “%(step)s”.") % {"step": step},
        button=_("Take part"),
        address=reverse("consultations:consultation", args=[row.pk]),
        icon="hourglass",
        urgency="soon" if row.protocol["is_asynchronous"] else "now",
    )


def _unanswered(person: Person) -> list[Waiting]:
    """One line for each challenge of the person's institutions."""
    mine = Q(pk__in=[])
    for seat in seats_of(person):
        if seat.role == Role.PARTICIPANT:
            mine |= Q(challenge__cohort=seat.cohort_id, challenge__institution=seat.institution_id)
    rows = Recommendation.objects.filter(mine, state=Answer.OPEN, consultation__state=RunState.FINISHED)
    counted = rows.values("challenge", "challenge__title", "challenge__language").annotate(many=Count("pk"))
    return [
        Waiting(
            about=_("Recommendations"),
            text=row["challenge__title"],
            language=row["challenge__language"],
            detail=ngettext(
                "%(number)s recommendation of your peers waits for your answer.",
                "%(number)s recommendations of your peers wait for your answer.",
                row["many"],
            )
            % {"number": row["many"]},
            button=_("Read and answer"),
            address=reverse("consultations:recommendations", args=[row["challenge"]]),
            icon="lightbulb",
            urgency="today",
        )
        for row in counted.order_by("challenge")
    ]


def _came_back(person: Person, now: datetime) -> list[Waiting]:
    rows = CheckIn.objects.filter(
        commitment__by=person,
        commitment__removed_at__isnull=True,
        due__lte=now.astimezone(zone_or_utc(person.time_zone)).date(),
        answered_at__isnull=True,
        commitment__consultation__challenge__cohort__seats__person=person,
        commitment__consultation__challenge__cohort__seats__ended_at__isnull=True,
    )
    newest = {row.commitment_id: row.commitment for row in rows.select_related("commitment").order_by("due")}
    return [
        Waiting(
            about=_("Commitment"),
            text=commitment.text,
            language=commitment.language,
            detail=_("What did you do with the advice of your group? Tell them."),
            button=_("Tell"),
            address=reverse("consultations:consultation", args=[commitment.consultation_id]),
            icon="message-square",
            urgency="soon",
        )
        for commitment in newest.values()
    ]
