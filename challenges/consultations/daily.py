"""What comes round each day: steps in writing that end at midnight, and commitments that come back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from challenges.consultations.cards import commitment_card
from challenges.consultations.clock import run_all_clocks
from challenges.consultations.events import CommitmentSet
from challenges.consultations.models import Asked, CheckIn
from challenges.consultations.notices import ask_about
from challenges.consultations.queries import consultation_stream, next_session_after
from synergy.journal import log
from synergy.people.zones import zone_or_utc


def look_at_clocks(*, zone: str, day: date, now: datetime) -> None:
    """Just after midnight where institutions are: consultations in writing go on, though nobody looks."""
    run_all_clocks(now)


def ask_about_commitments(*, zone: str, day: date, now: datetime) -> None:
    """Each morning where people are: those whose commitments come back today, or before, are asked once."""
    set_dates_of_sessions(now)
    due = CheckIn.objects.filter(
        due__lte=day,
        answered_at__isnull=True,
        asked_at__isnull=True,
        commitment__removed_at__isnull=True,
        commitment__by__time_zone=zone,
    ).select_related("commitment__by", "commitment__consultation__challenge")
    for check_in in due.order_by("pk"):
        with transaction.atomic():
            if CheckIn.objects.filter(pk=check_in.pk, asked_at__isnull=True).update(asked_at=now):
                ask_about(check_in, now)


def set_dates_of_sessions(now: datetime) -> None:
    """Gives its day to what is asked at a next session that had none when the commitment was made."""
    rows = CheckIn.objects.filter(
        asked=Asked.NEXT_SESSION, due__isnull=True, answered_at__isnull=True
    ).select_related("commitment__by", "commitment__consultation__challenge")
    for row in rows.order_by("pk"):
        commitment = row.commitment
        made = commitment.at.astimezone(zone_or_utc(commitment.by.time_zone)).date()
        session = next_session_after(commitment.consultation.challenge.cohort_id, made)
        if session is None:
            continue
        with transaction.atomic():
            stream = consultation_stream(commitment.consultation_id)
            log.lock(stream)
            if CheckIn.objects.filter(pk=row.pk, due__isnull=True).update(due=session):
                commitment.refresh_from_db()
                if commitment.removed_at is None:
                    log.append(stream, CommitmentSet(commitment_card(commitment)), by=None, at=now)
