from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from rooms.models import Audience, Room, RoomKind, RoomState
from sessions.letters import read_letters
from sessions.models import Activity, JoinCode, TrainingSession
from sessions.rules import can_show_code, is_valid
from synergy.cohorts.models import Seat
from synergy.cohorts.queries import seat_in
from synergy.people.models import Person


@dataclass(frozen=True)
class DayPlan:
    """One day of a training session, in the viewer's zone."""

    on: date
    number: int
    """1 on the first day of the session."""
    of: int
    title: str
    activities: list[Activity]
    """In the order of their start, each with its room."""

    def next_at(self, now: datetime) -> Activity | None:
        """What is running or comes next. A break, which has no room, gives way to what follows it."""
        coming = [activity for activity in self.activities if activity.ends_at > now]
        return next((activity for activity in coming if activity.room_id), coming[0] if coming else None)


def session_near(cohort_id: int, today: date, now: datetime | None = None) -> TrainingSession | None:
    """The training session that runs today; else the next one; else the last one.

    With `now`, one whose last day goes on past midnight still runs.
    """
    sessions = TrainingSession.objects.filter(cohort_id=cohort_id).select_related(
        "cohort__edition__programme"
    )
    runs = Q(ends_on__gte=today)
    if now is not None:
        runs |= Q(pk__in=_after_midnight(now).values("training_session"), ends_on=today - timedelta(days=1))
    now_or_next = sessions.filter(runs).order_by("starts_on").first()
    return now_or_next or sessions.order_by("-starts_on").first()


def day_plan(training_session: TrainingSession, on: date, zone: ZoneInfo) -> DayPlan | None:
    """What happens on a day of the session; None when the day is not one of its days."""
    return next((day for day in whole_plan(training_session, zone) if day.on == on), None)


def day_at(training_session: TrainingSession, now: datetime) -> DayPlan | None:
    """The day that it is in the zone of `now`; the last one, while it goes on past midnight."""
    today, zone = now.date(), now.tzinfo
    assert isinstance(zone, ZoneInfo)
    goes_on = _after_midnight(now).filter(training_session=training_session)
    if today == training_session.ends_on + timedelta(days=1) and goes_on.exists():
        today = training_session.ends_on
    return day_plan(training_session, today, zone)


def _after_midnight(now: datetime) -> QuerySet[Activity]:
    return Activity.objects.filter(ends_at__gt=now, starts_at__lt=now + timedelta(days=1))


def sessions_of(cohort_id: int) -> QuerySet[TrainingSession]:
    """In the order of time."""
    return TrainingSession.objects.filter(cohort_id=cohort_id).order_by("starts_on", "number")


def session_for(person: Person, pk: int) -> tuple[TrainingSession, Seat] | None:
    """The session and the person's seat in its cohort, if they have one."""
    session = TrainingSession.objects.select_related("cohort__edition__programme").filter(pk=pk).first()
    seat = seat_in(person, session.cohort_id) if session else None
    return (session, seat) if session and seat else None


def whole_plan(training_session: TrainingSession, zone: ZoneInfo) -> list[DayPlan]:
    """All days of the session. Two queries, however many days.

    What the viewer's clock puts before the first or after the last day stands on that day, so that
    nobody misses it: 23:30 in Lisbon is the next day in Riga.
    """
    first, last = training_session.starts_on, training_session.ends_on
    by_day: dict[date, list[Activity]] = {}
    for activity in training_session.activities.select_related("room").order_by("starts_at", "pk"):
        on = activity.starts_at.astimezone(zone).date()
        by_day.setdefault(min(max(on, first), last), []).append(activity)
    titles = dict(training_session.days.values_list("on", "title"))
    length = (last - first).days + 1
    days = [first + timedelta(days=number) for number in range(length)]
    return [
        DayPlan(on=day, number=number, of=length, title=titles.get(day, ""), activities=by_day.get(day, []))
        for number, day in enumerate(days, start=1)
    ]


def plenary_of(training_session: TrainingSession) -> Room | None:
    """The room where everybody meets."""
    rooms = Room.objects.filter(cohort_id=training_session.cohort_id, kind=RoomKind.PLENARY)
    rooms = rooms.filter(audience=Audience.COHORT)
    return rooms.exclude(state=RoomState.ARCHIVED).order_by("position", "pk").first()


def session_to_open(person: Person, pk: int) -> tuple[TrainingSession, Seat] | None:
    """The session and the person's seat, if they may show its join code."""
    found = session_for(person, pk)
    return found if found and can_show_code(found[1]) else None


def codes_in_use(training_session: TrainingSession, now: datetime) -> QuerySet[JoinCode]:
    return JoinCode.objects.filter(
        training_session=training_session, revoked_at__isnull=True, valid_until__gt=now
    ).order_by("-created_at")


def valid_code(typed: str, now: datetime) -> JoinCode | None:
    """The join code that somebody typed, if it holds now."""
    code = (
        JoinCode.objects.filter(letters=read_letters(typed))
        .select_related("training_session__cohort__edition__programme")
        .first()
    )
    return code if code is not None and is_valid(code, now) else None
