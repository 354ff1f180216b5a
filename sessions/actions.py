"""What changes the programme of a cohort, and the join codes that bring people into it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rooms.models import Room
from sessions.letters import new_letters
from sessions.models import Activity, Day, JoinCode, TrainingSession
from sessions.queries import codes_in_use
from sessions.rules import is_valid
from synergy.audit.models import Act
from synergy.audit.trail import note
from synergy.cohorts.actions import give_seat, lock_cohort
from synergy.cohorts.models import Cohort, Role, Seat
from synergy.live.refusals import Refused
from synergy.people.actions import change_profile
from synergy.people.models import Institution, Person


@transaction.atomic
def plan_session(
    *, cohort: Cohort, number: int, title: str, starts_on: date, ends_on: date, mode: str
) -> TrainingSession:
    """Raises Refused("conflict") when the cohort has a session with this number."""
    lock_cohort(cohort.pk)
    if TrainingSession.objects.filter(cohort=cohort, number=number).exists():
        raise Refused("conflict", _("There is a session with this number already."))
    return TrainingSession.objects.create(
        cohort=cohort, number=number, title=title, starts_on=starts_on, ends_on=ends_on, mode=mode
    )


@transaction.atomic
def change_session(
    *, training_session: TrainingSession, number: int, title: str, starts_on: date, ends_on: date, mode: str
) -> None:
    """Raises Refused: `conflict` when another one has the number, `invalid` when a day goes on which something is planned."""
    lock_cohort(training_session.cohort_id)
    others = TrainingSession.objects.filter(cohort=training_session.cohort_id, number=number)
    if others.exclude(pk=training_session.pk).exists():
        raise Refused("conflict", _("There is a session with this number already."))
    for day in _days_in_use(training_session):
        if not starts_on <= day <= ends_on:
            shown = {"day": date_format(day, "DATE_FORMAT")}
            words = _(
                "Something is planned on %(day)s. Keep that day, or remove it from the programme first."
            )
            field = "starts_on" if day < starts_on else "ends_on"
            raise Refused("invalid", words % shown, fields={field: words % shown})
    values = {"number": number, "title": title, "starts_on": starts_on, "ends_on": ends_on, "mode": mode}
    TrainingSession.objects.filter(pk=training_session.pk).update(**values)


def _days_in_use(training_session: TrainingSession) -> list[date]:
    """With an activity, by the planner's clock, or with an Open Space."""
    starts = training_session.activities.values_list("starts_at", flat=True)
    gatherings = training_session.gatherings.values_list("on", flat=True)
    return sorted({*(timezone.localdate(at) for at in starts), *gatherings})


@transaction.atomic
def name_day(*, training_session: TrainingSession, on: date, title: str) -> None:
    """Gives a day of the session a name, or takes it away."""
    if title:
        Day.objects.update_or_create(training_session=training_session, on=on, defaults={"title": title})
    else:
        Day.objects.filter(training_session=training_session, on=on).delete()


@transaction.atomic
def add_activity(
    *,
    training_session: TrainingSession,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    room: Room | None,
) -> Activity:
    return Activity.objects.create(
        training_session=training_session, title=title, starts_at=starts_at, ends_at=ends_at, room=room
    )


def change_activity(
    *, activity: Activity, title: str, starts_at: datetime, ends_at: datetime, room: Room | None
) -> None:
    activity.title, activity.starts_at, activity.ends_at, activity.room = title, starts_at, ends_at, room
    activity.save(update_fields=["title", "starts_at", "ends_at", "room"])


@transaction.atomic
def remove_activity(*, training_session: TrainingSession, pk: int) -> None:
    """Removing what is gone already changes nothing."""
    Activity.objects.filter(training_session=training_session, pk=pk).delete()


@transaction.atomic
def open_join_code(
    *, training_session: TrainingSession, by: Person, grants_seats: bool, valid_until: datetime, now: datetime
) -> JoinCode:
    """A new code, valid from now; the session's earlier codes stop working."""
    codes_in_use(training_session, now).update(revoked_at=now)
    letters = new_letters()
    while JoinCode.objects.filter(letters=letters).exists():
        letters = new_letters()
    if grants_seats:
        cohort = training_session.cohort_id
        note(Act.CODE_OPENED, by=by.pk, cohort=cohort, about=str(training_session), now=now)
    return JoinCode.objects.create(
        training_session=training_session,
        letters=letters,
        grants_seats=grants_seats,
        valid_from=now,
        valid_until=valid_until,
        created_by=by,
        created_at=now,
    )


@transaction.atomic
def revoke_join_codes(*, training_session: TrainingSession, now: datetime) -> None:
    codes_in_use(training_session, now).update(revoked_at=now)


@transaction.atomic
def take_seat(
    *, code: JoinCode, person: Person, name: str, institution: Institution, time_zone: str, now: datetime
) -> Seat:
    """A participant's seat for somebody who has none, by a code that may give one.

    Raises Refused("forbidden") when the code gives no seats or no longer holds, and when the
    person's seat has ended: only an invitation gives it back.
    """
    code = JoinCode.objects.select_for_update().get(pk=code.pk)
    if not code.grants_seats or not is_valid(code, now):
        raise Refused("forbidden", _("This code does not give a seat. Ask the organiser to invite you."))
    cohort = code.training_session.cohort
    if person.seats.filter(cohort=cohort, ended_at__isnull=False).exists():
        raise Refused("forbidden", _("Your seat in this cohort has ended. Ask the organiser to invite you."))
    if not person.seats.exists():
        change_profile(person=person, name=name, language=person.language, time_zone=time_zone)
    return give_seat(
        cohort=cohort,
        person=person,
        institution=institution,
        role=Role.PARTICIPANT,
        now=now,
    )
