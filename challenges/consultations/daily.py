"""What comes round each day: steps in writing that end at midnight, and commitments that come back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, QuerySet

from challenges.consultations.cards import commitment_card
from challenges.consultations.clock import run_all_clocks
from challenges.consultations.events import CommitmentSet
from challenges.consultations.models import Asked, CheckIn
from challenges.consultations.notices import ask_about
from challenges.consultations.queries import consultation_stream
from sessions.models import TrainingSession
from synergy.journal import log
from synergy.people.zones import zone_or_utc


def look_at_clocks(*, zone: str, day: date, now: datetime) -> None:
    """Just after midnight where institutions are: consultations in writing go on, though nobody looks."""
    run_all_clocks(now)


def ask_about_commitments(*, zone: str, day: date, now: datetime) -> None:
    """Each morning where people are: those whose commitments come back today, or before, are asked once."""
    set_dates_of_sessions(zone, now)
    due = _in_zone(zone).filter(
        due__lte=day,
        asked_at__isnull=True,
        commitment__removed_at__isnull=True,
        commitment__consultation__challenge__cohort__seats__person=F("commitment__by"),
        commitment__consultation__challenge__cohort__seats__ended_at__isnull=True,
    )
    for check_in in due.order_by("pk"):
        with transaction.atomic():
            if CheckIn.objects.filter(pk=check_in.pk, asked_at__isnull=True).update(asked_at=now):
                ask_about(check_in, now)


def set_dates_of_sessions(zone: str, now: datetime) -> None:
    """Gives its day to what is asked at a next session that had none when the commitment was made."""
    rows = list(_in_zone(zone).filter(asked=Asked.NEXT_SESSION, due__isnull=True).order_by("pk"))
    sessions = _sessions_of({row.commitment.consultation.challenge.cohort_id for row in rows})
    for row in rows:
        made = row.commitment.at.astimezone(zone_or_utc(zone)).date()
        days = sessions.get(row.commitment.consultation.challenge.cohort_id, [])
        session = next((each for each in days if each > made), None)
        if session is not None:
            _set_date(row, session, now)


def _set_date(row: CheckIn, session: date, now: datetime) -> None:
    commitment = row.commitment
    with transaction.atomic():
        stream = consultation_stream(commitment.consultation_id)
        log.lock(stream)
        if CheckIn.objects.filter(pk=row.pk, due__isnull=True).update(due=session):
            commitment.refresh_from_db()
            if commitment.removed_at is None:
                log.append(stream, CommitmentSet(commitment_card(commitment)), by=None, at=now)


def _in_zone(zone: str) -> QuerySet[CheckIn]:
    """What people of the zone have not answered."""
    rows = CheckIn.objects.filter(commitment__by__time_zone=zone, answered_at__isnull=True)
    return rows.select_related("commitment__by", "commitment__consultation__challenge")


def _sessions_of(cohorts: Collection[int]) -> dict[int, list[date]]:
    """{cohort id: the first days of its sessions, in order}. One query, and none for no cohort."""
    found: dict[int, list[date]] = {}
    rows = TrainingSession.objects.filter(cohort__in=cohorts).order_by("starts_on")
    for cohort, starts_on in rows.values_list("cohort", "starts_on"):
        found.setdefault(cohort, []).append(starts_on)
    return found
