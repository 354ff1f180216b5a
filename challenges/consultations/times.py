"""How long a phase is: minutes from its start, or whole days on the clock of the institution."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from challenges.consultations.models import Consultation
from challenges.consultations.rules import phase_of
from synergy.people.zones import zone_of_country, zone_or_utc


def end_of_phase(consultation: Consultation, starts: datetime) -> datetime:
    """When the time of the phase that is on is over.

    Days end at midnight where the institution is, and only whole ones count: what begins on Monday at ten and
    has two days is over in the night from Wednesday to Thursday.
    """
    phase = phase_of(consultation)
    if not phase.days:
        return starts + timedelta(minutes=phase.minutes)
    zone = _zone(consultation)
    local = starts.astimezone(zone)
    is_midnight = local.time() == time.min
    days = phase.days if is_midnight else phase.days + 1
    return datetime.combine(local.date() + timedelta(days=days), time.min, zone).astimezone(UTC)


def later_by(consultation: Consultation, ends: datetime, amount: int) -> datetime:
    """`amount` minutes, or days on the same clock, later."""
    if not phase_of(consultation).days:
        return ends + timedelta(minutes=amount)
    zone = _zone(consultation)
    local = ends.astimezone(zone)
    later = datetime.combine(local.date() + timedelta(days=amount), local.time(), zone)
    return later.astimezone(UTC)


def _zone(consultation: Consultation) -> ZoneInfo:
    return zone_or_utc(zone_of_country(consultation.challenge.institution.country))
