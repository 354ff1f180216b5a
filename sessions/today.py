"""What the first page says: the next thing to do, when it is for whom, and who is in the cohort."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rooms.events import ListedRoom
from rooms.models import RoomState
from sessions.models import Activity, TrainingSession
from synergy.cohorts.models import Seat
from synergy.people.models import Country
from synergy.people.zones import zone_of_country


@dataclass(frozen=True)
class ZoneTime:
    """The same moment on the clocks of some countries."""

    countries: list[str]
    clock: str


@dataclass(frozen=True)
class CountryGroup:
    country: str
    seats: list[Seat]


def place_in_programme(training_session: TrainingSession) -> dict[str, str]:
    """For the bar on top of the page: which session of which edition, when and how."""
    first, last = training_session.starts_on, training_session.ends_on
    begins, ends = (date_format(day, "MONTH_DAY_FORMAT") for day in (first, last))
    dates = f"{begins} – {ends}"
    if first == last:
        dates = ends
    elif first.month == last.month:
        # The month once, before or behind the days as the language has it: "21–23 November", "november 21–23."
        day = str(last.day)
        dates = ends.replace(day, f"{first.day}–{day}", 1)
    words = {"edition": training_session.cohort.edition.number, "session": training_session.number}
    return {
        "title": _("Edition %(edition)s · Session %(session)s") % words,
        "detail": f"{dates}, {training_session.get_mode_display().lower()}",
    }


def greeting(now: datetime) -> str:
    """By the clock of the viewer, in whose zone `now` is."""
    if 4 <= now.hour < 11:
        return _("Good morning")
    if 11 <= now.hour < 18:
        return _("Good day")
    # At night nobody is told what time it is.
    return _("Good evening") if now.hour >= 18 else _("Welcome")


def elsewhere(at: datetime, own_country: str, countries: Iterable[str]) -> list[ZoneTime]:
    """The moment in the other countries of the cohort, west first; countries with the same clock together."""
    shared: dict[datetime, list[str]] = {}
    for country in Country.values:
        if country in set(countries) - {own_country}:
            local = at.astimezone(ZoneInfo(zone_of_country(country))).replace(tzinfo=None)
            shared.setdefault(local, []).append(country)
    return [
        ZoneTime(sorted(some), date_format(local, "TIME_FORMAT")) for local, some in sorted(shared.items())
    ]


def rooms_first_unread(rooms: Iterable[ListedRoom], limit: int = 6) -> list[ListedRoom]:
    """Rooms that are not archived: those with news first, each half in the cohort's order."""
    living = [room for room in rooms if room.state != RoomState.ARCHIVED]
    return sorted(living, key=lambda room: room.unread == 0)[:limit]


def by_country(seats: Iterable[Seat]) -> list[CountryGroup]:
    """The people of the cohort, country by country, the largest group first."""
    groups: dict[str, list[Seat]] = {}
    for seat in seats:
        groups.setdefault(seat.country, []).append(seat)
    return sorted(
        (CountryGroup(country, some) for country, some in groups.items()),
        key=lambda group: (-len(group.seats), group.country),
    )


def when(activity: Activity, now: datetime) -> str:
    """How far away it is: "Now", "Starts in 12 minutes"; empty when it is more than a day."""
    if activity.starts_at <= now:
        return _("Now")
    minutes = -(-int((activity.starts_at - now).total_seconds()) // 60)
    if minutes < 60:
        return ngettext("Starts in %(number)s minute", "Starts in %(number)s minutes", minutes) % {
            "number": minutes
        }
    hours = round(minutes / 60)
    if hours < 24:
        return ngettext("Starts in about %(number)s hour", "Starts in about %(number)s hours", hours) % {
            "number": hours
        }
    return ""
