"""Today's task group, as the first page says it; and for who makes the groups, that they are not published."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from challenges.groups.models import Membership, Mix, MixState, TaskGroup
from challenges.models import Challenge, State
from sessions.waiting import MANY, Waiting
from synergy.cohorts.queries import seats_of
from synergy.cohorts.rules import can_moderate
from synergy.people.models import Person


def groups_of_today(person: Person, now: datetime) -> list[Waiting]:
    """Four queries at most."""
    seats = list(seats_of(person))
    cohorts = [seat.cohort_id for seat in seats]
    moderated = [seat.cohort_id for seat in seats if can_moderate(seat)]
    return [
        *_own(person, cohorts, now.date()),
        *_unpublished(moderated, now.date()),
        *_without_group(moderated, now.date()),
    ]


def _own(person: Person, cohorts: list[int], today: date) -> list[Waiting]:
    rows = Membership.objects.filter(
        person=person,
        mix__on=today,
        mix__state=MixState.PUBLISHED,
        mix__training_session__cohort__in=cohorts,
        group__room__isnull=False,
    )
    found = rows.select_related("group__challenge__institution")
    return [_group(row) for row in found]


def _group(row: Membership) -> Waiting:
    """Who is in a group may read its challenge, whatever its confidentiality."""
    group, challenge = row.group, row.group.challenge
    title = challenge.title or challenge.institution.name
    return Waiting(
        about=_("Your task group today: group %(number)d") % {"number": group.number},
        text=title,
        language=challenge.language,
        detail=_("A challenge of %(institution)s") % {"institution": challenge.institution.name},
        button=_("Join the room"),
        address=reverse("rooms:room", args=[group.room_id]),
        icon="users",
        urgency="today",
    )


def _unpublished(cohorts: list[int], today: date) -> list[Waiting]:
    if not cohorts:
        return []
    rows = Mix.objects.filter(
        training_session__cohort__in=cohorts, state=MixState.PROPOSED, on__gte=today
    ).select_related("training_session")
    return [
        Waiting(
            about=_("Task groups"),
            text=_("The groups of today are not published yet.")
            if mix.on == today
            else _("The groups of %(day)s are not published yet.") % {"day": date_format(mix.on)},
            button=_("Look at the groups"),
            address=reverse("task_groups:make", args=[mix.training_session_id, mix.on]),
            icon="users",
            urgency="today" if mix.on == today else "soon",
        )
        for mix in rows.order_by("on", "pk")[:MANY]
    ]


def _without_group(cohorts: list[int], today: date) -> list[Waiting]:
    """Accepted challenges that are in no group, also in none that is proposed for a day that is not over."""
    if not cohorts:
        return []
    proposed = TaskGroup.objects.filter(mix__on__gte=today).values("challenge")
    rows = (
        Challenge.objects.filter(state=State.ACCEPTED, cohort__in=cohorts)
        .exclude(pk__in=proposed)
        .select_related("institution")
    )
    return [
        Waiting(
            about=_("Challenge"),
            text=str(each),
            language=each.language,
            detail=_("It is accepted: give it to a task group."),
            button=_("See the groups"),
            address=reverse("task_groups:near"),
            icon="users",
            whose=each.institution.name,
            since=each.changed_at,
        )
        for each in rows.order_by("changed_at", "pk")[:MANY]
    ]
