"""What consultations wait for, as the first page says it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.consultations.models import (
    Answer,
    CheckIn,
    Commitment,
    Consultation,
    Recommendation,
    RunState,
)
from challenges.consultations.notices import step_words
from challenges.consultations.rules import phase_of
from sessions.waiting import MANY, Waiting
from synergy.cohorts.models import Role
from synergy.cohorts.queries import seats_of
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc

SOON = timedelta(days=14)


def consultations_that_wait(person: Person, now: datetime) -> list[Waiting]:
    """What is planned or runs in the person's groups, what their institution is to answer, and commitments
    that are due or came back. Five queries.
    """
    return [
        *_planned_or_running(person),
        *_unanswered(person),
        *_promised(person, now),
        *_came_back(person, now),
    ]


def _planned_or_running(person: Person) -> list[Waiting]:
    own = Q(group__memberships__person=person) | Q(parts__person=person)
    rows = Consultation.objects.filter(
        own,
        state__in=[RunState.PLANNED, RunState.RUNNING, RunState.PAUSED],
        challenge__cohort__seats__person=person,
        challenge__cohort__seats__ended_at__isnull=True,
    )
    return [_run(row) for row in rows.select_related("challenge").distinct().order_by("pk")]


def _run(row: Consultation) -> Waiting:
    is_planned = row.state == RunState.PLANNED
    step = step_words(row.protocol["key"], phase_of(row).name)
    return Waiting(
        about=_("Consultation"),
        text=row.challenge.key_question or row.challenge.title,
        language=row.challenge.language,
        detail=_("It is planned. Look how it goes, and who has which role.")
        if is_planned
        else _("Your group is at the step “%(step)s”.") % {"step": step},
        button=_("Look at it") if is_planned else _("Take part"),
        address=reverse("consultations:consultation", args=[row.pk]),
        icon="hourglass",
        urgency="today" if is_planned else "soon" if row.protocol["is_asynchronous"] else "now",
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


def _promised(person: Person, now: datetime) -> list[Waiting]:
    """What the person said they would do in these days. From the day of the first check-in on, that asks."""
    today = now.astimezone(zone_or_utc(person.time_zone)).date()
    rows = Commitment.objects.filter(
        by=person,
        removed_at__isnull=True,
        due__range=(today - SOON, today + SOON),
        consultation__challenge__cohort__seats__person=person,
        consultation__challenge__cohort__seats__ended_at__isnull=True,
    ).exclude(check_ins__due__lte=today)
    return [
        Waiting(
            about=_("Commitment"),
            text=row.text,
            language=row.language,
            detail=_("You said you would do it by %(day)s.") % {"day": date_format(row.due, "DATE_FORMAT")},
            button=_("Look at it"),
            address=reverse("consultations:consultation", args=[row.consultation_id]),
            icon="message-square",
        )
        for row in rows.order_by("due", "pk")[:MANY]
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
