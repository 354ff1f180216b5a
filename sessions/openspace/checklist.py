"""What should be in place before people come, looked up where it can be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from sessions.openspace.models import Gathering, Slot, SlotKind, Space, SpaceKind
from synergy.cohorts.models import Role, Seat
from synergy.cohorts.rules import can_moderate
from synergy.people.zones import zone_of_country

# Ratios seen in real gatherings: one space for six to eight people, three to five rounds of 40 to 60 minutes,
# ten to fifteen minutes between them.
FEWEST_PER_SPACE, MOST_PER_SPACE = 6, 8
SHORTEST_ROUND = timedelta(minutes=40)
TIME_TO_MOVE = timedelta(minutes=10)
FIRST_HOUR, LAST_HOUR = 8, 18
LONGEST_THEME = 120


@dataclass(frozen=True)
class Check:
    """Something that should be so. `part` is the place on the page where it is put right, if there is one."""

    is_met: bool
    what: str
    hint: str = ""
    """What to do about it; shown while it is not met."""
    part: str = ""


def checklist(
    gathering: Gathering, spaces: Sequence[Space], slots: Sequence[Slot], seats: Sequence[Seat]
) -> list[Check]:
    """`spaces` and `slots` without removed ones, slots in their order; `seats` are the cohort's active ones."""
    return [
        *_of_words(gathering),
        *_of_spaces(spaces, sum(seat.role == Role.PARTICIPANT for seat in seats)),
        *_of_slots(slots, {seat.country for seat in seats}),
        _of_hosts(seats),
    ]


def _of_words(gathering: Gathering) -> Iterator[Check]:
    sentences = [text for text in re.split(r"[.?!…]+\s+", gathering.theme.get("en", "").strip()) if text]
    yield Check(
        1 <= len(sentences) <= 2 and len(gathering.theme["en"]) <= LONGEST_THEME,
        _("The theme is short: a sentence, best a question"),
        _("One sentence is easier to remember."),
        "words",
    )
    missing = [code for code, _label in settings.LANGUAGES if not gathering.theme.get(code)]
    yield Check(not missing, _("The theme is there in all languages"), _missing(missing), "words")
    yield Check(
        bool(gathering.sponsor and gathering.givens),
        _("The sponsor is named and has said what is settled already"),
        _("Ask the sponsor what cannot be changed, and write it under “Givens”."),
        "words",
    )


def _missing(codes: Sequence[str]) -> str:
    names = ", ".join(str(get_language_info(code)["name_translated"]) for code in codes)
    return _("Not yet: %(languages)s.") % {"languages": names}


def _of_spaces(spaces: Sequence[Space], people: int) -> Iterator[Check]:
    kinds = [space.kind for space in spaces]
    count = kinds.count(SpaceKind.TOPIC)
    needed = math.ceil(people / MOST_PER_SPACE)
    words = {
        "people": people,
        "fewest": needed,
        "most": max(needed, people // FEWEST_PER_SPACE),
        "count": count,
    }
    yield Check(
        count >= max(needed, 1),
        _("One space for topics per six to eight people"),
        _("People: %(people)s. Spaces that suit them: %(fewest)s to %(most)s. Spaces now: %(count)s.")
        % words,
        "spaces",
    )
    yield Check(
        SpaceKind.PLENARY in kinds, _("A plenary, where the circles sit"), _("Add a plenary."), "spaces"
    )
    yield Check(
        SpaceKind.LOUNGE in kinds and SpaceKind.HELP_DESK in kinds,
        _("A lounge for pauses and a help desk for questions"),
        _("Add what is missing of them."),
        "spaces",
    )


def _of_slots(slots: Sequence[Slot], countries: set[str]) -> Iterator[Check]:
    rounds = [slot for slot in slots if slot.kind == SlotKind.ROUND]
    yield Check(
        len(rounds) >= 3,
        _("Three to five rounds"),
        ngettext("There is %(count)s.", "There are %(count)s.", len(rounds)) % {"count": len(rounds)},
        "slots",
    )
    yield Check(
        bool(rounds) and all(slot.ends_at - slot.starts_at >= SHORTEST_ROUND for slot in rounds),
        _("Rounds of 40 to 60 minutes"),
        _("A talk needs time to become one."),
        "slots",
    )
    yield Check(
        all(later.starts_at - earlier.ends_at >= TIME_TO_MOVE for earlier, later in pairwise(rounds)),
        _("Ten minutes between two rounds"),
        _("People need time to move, and to breathe."),
        "slots",
    )
    yield Check(
        not any(_is_unkind(slot, country) for slot in slots for country in countries),
        _("Times that suit all countries"),
        _("Somewhere it begins before 8:00 or ends after 18:00."),
        "slots",
    )


def _is_unkind(slot: Slot, country: str) -> bool:
    """Whether it lies outside of office hours there."""
    zone = ZoneInfo(zone_of_country(country))
    start, end = slot.starts_at.astimezone(zone), slot.ends_at.astimezone(zone)
    ends_late = end.date() > start.date() or (end.hour, end.minute) > (LAST_HOUR, 0)
    return start.hour < FIRST_HOUR or ends_late


def _of_hosts(seats: Sequence[Seat]) -> Check:
    return Check(
        sum(can_moderate(seat) for seat in seats) >= 2,
        _("A technical host beside the facilitator"),
        _(
            "One holds the space, the other helps people who are stuck. Ask the organiser for a second facilitator."
        ),
    )
