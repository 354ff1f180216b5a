"""Preparing a gathering: theme, givens, spaces and times. For facilitators and organisers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from itertools import chain, count

from django.conf import settings
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from rooms.models import Audience, Room, RoomKind, RoomState
from rooms.queries import cohort_stream
from rooms.text import clean_line, clean_text, is_blank
from sessions.models import TrainingSession
from sessions.openspace.actions.held import hold_to_run
from sessions.openspace.actions.permission import require
from sessions.openspace.actions.slots import add_slot, change_slot, remove_slot, shift_slots
from sessions.openspace.actions.spaces import (
    add_space,
    change_space,
    make_space,
    order_spaces,
    remove_space,
)
from sessions.openspace.actions.voting import POINTS_LIMIT
from sessions.openspace.cards import gathering_card, slot_card, space_card
from sessions.openspace.events import GatheringChanged
from sessions.openspace.models import Gathering, Slot, SpaceKind, VotingState
from sessions.openspace.plans import PLANS, TOPIC_SPACES, Plan, plan_named, slots_of, spaces_for
from sessions.openspace.queries import gathering_stream
from synergy.cohorts.queries import active_seats, seat_in
from synergy.cohorts.rules import can_moderate, can_write
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person
from synergy.people.zones import zone_or_utc

__all__ = [
    "add_slot",
    "add_space",
    "change_gathering",
    "change_slot",
    "change_space",
    "create_gathering",
    "order_spaces",
    "plan_choices",
    "remove_slot",
    "remove_space",
    "shift_slots",
]
THEME_LIMIT = 200
GIVENS_LIMIT = 2_000
SPONSOR_LIMIT = 120
TOPIC_SPACES_LIMIT = 60


def plan_choices() -> list[tuple[str, str]]:
    """(key, words) of the plans that a gathering can begin with; the most usual one first."""
    return [(plan.key, str(plan.words)) for plan in PLANS]


def create_gathering(
    *,
    person: Person,
    training_session: TrainingSession,
    on: date,
    theme: str | Mapping[str, str],
    now: datetime,
    plan: str = PLANS[0].key,
    starts_at: datetime | None = None,
    topic_spaces: int | None = None,
) -> Gathering:
    """A gathering in preparation, with the slots of `plan`, spaces for topics and the places between them.

    A `theme` without languages is in English. `starts_at`: when the opening circle begins; by default at the
    plan's hour on the person's clock. `topic_spaces`: how many; by default by the size of the cohort.
    The cohort's plenary room becomes the plenary, unless another gathering has it. Raises Refused.
    """
    cohort = training_session.cohort
    seat = seat_in(person, cohort.pk)
    require(can_moderate(seat), _("Only facilitators and organisers may do this."))
    day = _known_plan(plan)
    texts = _checked_texts({"en": theme} if isinstance(theme, str) else theme, THEME_LIMIT, "theme")
    start = starts_at or datetime.combine(on, day.starts, zone_or_utc(person.time_zone))
    with transaction.atomic(savepoint=False):
        log.lock(cohort_stream(cohort.pk))
        _require_free_day(training_session, on)
        gathering = Gathering.objects.create(
            training_session=training_session, on=on, theme=texts, created_at=now
        )
        gathering.seat = seat
        for planned in slots_of(day, start.astimezone(UTC)):
            Slot.objects.create(
                gathering=gathering,
                kind=planned.kind,
                title=planned.title,
                starts_at=planned.starts_at,
                ends_at=planned.ends_at,
            )
        _make_spaces(person, gathering, topic_spaces, now)
        fact = GatheringChanged(
            gathering=gathering_card(gathering),
            spaces=[
                space_card(each) for each in gathering.spaces.select_related("room").order_by("position")
            ],
            slots=[slot_card(each) for each in gathering.slots.order_by("starts_at", "pk")],
        )
        log.append(gathering_stream(gathering.pk), fact, by=person.pk, at=now)
    return gathering


def change_gathering(
    *,
    person: Person,
    gathering: Gathering,
    now: datetime,
    theme: Mapping[str, str] | None = None,
    givens: Mapping[str, str] | None = None,
    sponsor: str | None = None,
    points_each: int | None = None,
) -> None:
    """Changes what is given; {language: text} replaces the texts in all languages. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        before = gathering_card(gathering)
        if theme is not None:
            gathering.theme = _checked_texts(theme, THEME_LIMIT, "theme")
        if givens is not None:
            gathering.givens = _checked_texts(givens, GIVENS_LIMIT, "givens")
        if sponsor is not None:
            gathering.sponsor = clean_line(sponsor, SPONSOR_LIMIT)
        if points_each is not None and points_each != gathering.points_each:
            _require_no_vote(gathering)
            gathering.points_each = _checked_points(points_each)
        gathering.save(update_fields=["theme", "givens", "sponsor", "points_each"])
        card = gathering_card(gathering)
        if card != before:
            log.append(stream, GatheringChanged(gathering=card), by=person.pk, at=now)


def _known_plan(key: str) -> Plan:
    plan = plan_named(key)
    if plan is None:
        detail = _("Choose one of the plans.")
        raise Refused("invalid", detail, fields={"plan": detail})
    return plan


def _require_free_day(training_session: TrainingSession, on: date) -> None:
    if not training_session.starts_on <= on <= training_session.ends_on:
        detail = _("Choose a day of this session.")
        raise Refused("invalid", detail, fields={"on": detail})
    if training_session.gatherings.filter(on=on).exists():
        detail = _("There is an Open Space on this day already.")
        raise Refused("conflict", detail, fields={"on": detail})


def _make_spaces(person: Person, gathering: Gathering, topic_spaces: int | None, now: datetime) -> None:
    """Spaces for topics first, as they stand on the wall; then where all meet, and where one rests."""
    cohort = gathering.training_session.cohort
    if topic_spaces is None:
        topic_spaces = spaces_for(sum(can_write(seat) for seat in active_seats(cohort.pk)))
    free = cohort.rooms.filter(kind=RoomKind.PLENARY, audience=Audience.COHORT, space__isnull=True)
    free = free.exclude(state=RoomState.ARCHIVED)
    plenary = free.order_by("position", "pk").first()
    wanted: list[tuple[str, Room | None]] = [
        *((SpaceKind.TOPIC.value, None) for _number in range(min(topic_spaces, TOPIC_SPACES_LIMIT))),
        (SpaceKind.PLENARY.value, plenary),
        (SpaceKind.LOUNGE.value, None),
        (SpaceKind.QUIET_ROOM.value, None),
        (SpaceKind.HELP_DESK.value, None),
    ]
    for kind, room in wanted:
        name = room.name if room else _free_name(gathering, kind)
        make_space(person=person, gathering=gathering, name=name, kind=kind, room=room, now=now)


def _free_name(gathering: Gathering, kind: str) -> str:
    """A name that no room of the cohort has."""
    taken = {
        name.casefold() for name in gathering.training_session.cohort.rooms.values_list("name", flat=True)
    }
    label = _("Room") if kind == SpaceKind.TOPIC else str(SpaceKind(kind).label)
    # A number says nothing to people; the day of the gathering does.
    of_the_day = f"{label}, {date_format(gathering.on, 'MONTH_DAY_FORMAT')}"
    names = chain(
        TOPIC_SPACES if kind == SpaceKind.TOPIC else [label, of_the_day],
        (f"{label} {number}" for number in count(2)),
    )
    return next(name for name in names if name.casefold() not in taken)


def _require_no_vote(gathering: Gathering) -> None:
    if gathering.voting != VotingState.OFF:
        detail = _("The vote has begun. Whoever opens it anew chooses the number of points.")
        raise Refused("conflict", detail, fields={"points_each": detail})


def _checked_points(points: int) -> int:
    if 1 <= points <= POINTS_LIMIT:
        return points
    detail = _("Give everybody 1 to %(limit)d points.") % {"limit": POINTS_LIMIT}
    raise Refused("invalid", detail, fields={"points_each": detail})


def _checked_texts(texts: Mapping[str, str], limit: int, field: str) -> dict[str, str]:
    """{language: cleaned text} in the order of our languages, without the blank ones."""
    known = [code for code, _name in settings.LANGUAGES]
    cleaned = {code: clean_text(texts.get(code, "")) for code in known}
    if set(texts) - set(known) or any(len(text) > limit for text in cleaned.values()):
        detail = _("A text may have %(limit)d characters.") % {"limit": limit}
        raise Refused("invalid", detail, fields={field: detail})
    return {code: text for code, text in cleaned.items() if not is_blank(text)}
