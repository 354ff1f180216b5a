"""What the book says of itself, in the language and zone that are active; the same in every format."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sessions.models import Mode
from sessions.openspace.proceedings.book import (
    ActionLine,
    Book,
    ClosingLine,
    Fate,
    InstitutionGroup,
    Member,
    OtherTopic,
    Place,
    Prose,
    Report,
    Standing,
    Time,
)
from synergy.people.models import Country
from synergy.people.templatetags.synergy import zone

BOOK = gettext_lazy("Book of proceedings")
CONTENTS = gettext_lazy("Topics in the order of the wall")
GIVENS = gettext_lazy("What was settled beforehand")
WALL = gettext_lazy("The wall")
OTHER_TOPICS = gettext_lazy("Other topics")
ACTIONS = gettext_lazy("What we do next")
VOTES = gettext_lazy("What matters most")
CLOSING_WORDS = gettext_lazy("Closing words")
PARTICIPANTS = gettext_lazy("Who took part")
SUMMARY = gettext_lazy("What was discussed")
RECOMMENDATIONS = gettext_lazy("Recommendations")
RESOURCES = gettext_lazy("Resources")
REQUESTS = gettext_lazy("Requests to others")
NEXT_STEPS = gettext_lazy("Next steps")
IN_THE_ROOM = gettext_lazy("In the room")
ROUND = gettext_lazy("Round")
TOPIC = gettext_lazy("Topic")
POINTS = gettext_lazy("Points")
WHAT = pgettext_lazy("next step", "What")
WHO = gettext_lazy("Who")
WHEN = gettext_lazy("By when")
FIRST_STEP = gettext_lazy("First step")
NOTHING_PLACED = gettext_lazy("No topic stands on the wall yet.")

_STANDINGS = {
    Standing.CONFIRMED: gettext_lazy("Report confirmed"),
    Standing.DRAFT: gettext_lazy("Draft, not confirmed yet"),
    Standing.MISSING: gettext_lazy("Report missing"),
    Standing.TO_COME: gettext_lazy("Report to come"),
}
_FATES = {
    Fate.DID_NOT_HAPPEN: gettext_lazy("Did not take place"),
    Fate.NOT_PLACED: gettext_lazy("Was not placed on the wall"),
    Fate.WAITING: gettext_lazy("Waits for a place on the wall"),
    Fate.WITHDRAWN: gettext_lazy("Withdrawn"),
}


@contextmanager
def reader_of(book: Book) -> Iterator[None]:
    """Inside, words are in the book's language and times in its zone."""
    with translation.override(book.language), timezone.override(ZoneInfo(book.zone)):
        yield


def time_name(time: Time) -> str:
    """ "Round 2", the slot's own name, or "Break"."""
    if time.title:
        return time.title
    return _("Round %(number)s") % {"number": time.number} if time.number else _("Break")


def time_span(time: Time) -> str:
    """11:00–11:45 on the reader's clock."""
    starts_at, ends_at = timezone.localtime(time.starts_at), timezone.localtime(time.ends_at)
    return f"{date_format(starts_at, 'TIME_FORMAT')}–{date_format(ends_at, 'TIME_FORMAT')}"


def time_day(time: Time, on: date) -> str:
    """The day of the slot on the reader's clock when it is not the day of the gathering; else nothing."""
    local = timezone.localtime(time.starts_at).date()
    return "" if local == on else date_format(local, "MONTH_DAY_FORMAT")


def place_name(place: Place) -> str:
    """Round 2 · Linden."""
    return f"{time_name(place.time)} · {place.space}"


def day_name(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def session_name(book: Book) -> str:
    """SYNERGIA, Edition 4 · Session 5, 10 February 2027."""
    words = {"edition": book.edition, "session": book.session}
    numbers = _("Edition %(edition)s · Session %(session)s") % words
    return f"{book.programme}, {numbers}, {day_name(book.on)}"


def mode_name(book: Book) -> str:
    return str(Mode(book.mode).label)


def zone_line() -> str:
    return _("Times are shown in %(zone_name)s.") % {"zone_name": zone()}


def sponsor_line(book: Book) -> str:
    return _("Called by %(sponsor)s") % {"sponsor": book.sponsor} if book.sponsor else ""


def numbers_line(book: Book) -> str:
    """46 people, 14 topics, 13 reports."""
    people, topics, reports = book.numbers.people, book.numbers.topics, book.numbers.reports
    return ", ".join(
        [
            ngettext("%(count)s person", "%(count)s people", people) % {"count": people},
            ngettext("%(count)s topic", "%(count)s topics", topics) % {"count": topics},
            ngettext("%(count)s report", "%(count)s reports", reports) % {"count": reports},
        ]
    )


def authors_line() -> str:
    return _("Written by the participants in the rooms; edited by nobody.")


def state_lines(book: Book) -> list[str]:
    """What stands above a book: whether it is final, and what is missing in it."""
    lines = [] if book.is_final else [_("This book is not final: the Open Space is not closed yet.")]
    missing, to_come = book.numbers.missing, len(book.to_come)
    if missing:
        lines.append(
            ngettext("%(count)s report is missing.", "%(count)s reports are missing.", missing)
            % {"count": missing}
        )
    if to_come:
        lines.append(
            ngettext("%(count)s report is still to come.", "%(count)s reports are still to come.", to_come)
            % {"count": to_come}
        )
    if book.reports and not missing and not to_come:
        lines.append(_("All reports are here."))
    return lines


def standing_name(report: Report) -> str:
    return str(_STANDINGS[report.standing])


def missing_line(report: Report) -> str:
    """What stands in the place of a report that is not there."""
    if report.standing == Standing.TO_COME:
        return _("This conversation is not over. Its report comes afterwards.")
    if report.convener is None:
        return _("There is no report yet, and the topic has no convener.")
    return _("There is no report yet. %(convener)s convened this topic.") % {"convener": report.convener.name}


def convened_by(report: Report) -> str:
    if report.convener is None:
        return _("Nobody convenes this topic")
    return _("Convened by %(name)s") % {"name": member_name(report.convener)}


def merged_line(report: Report) -> str:
    topics = ", ".join(f"{topic.number} {topic.title}" for topic in report.merged)
    return _("With it: %(topics)s") % {"topics": topics} if topics else ""


def fate_name(topic: OtherTopic) -> str:
    if topic.fate == Fate.MERGED:
        return _("Became part of topic %(number)s") % {"number": topic.into}
    return str(_FATES[topic.fate])


def member_name(member: Member) -> str:
    """Ilze Bērziņa (LV)."""
    return f"{member.name} ({member.country})" if member.country else member.name


def country_name(code: str) -> str:
    return str(Country(code).label)


def voters_line(book: Book) -> str:
    assert book.votes is not None
    voters, each = book.votes.voters, book.votes.points_each
    return ngettext(
        "%(count)s person gave up to %(points)s points.",
        "%(count)s people gave up to %(points)s points each.",
        voters,
    ) % {"count": voters, "points": each}


def prose_parts(report: Report) -> list[tuple[str, Prose]]:
    """The long texts of the report that are not empty, each with its heading."""
    parts: list[tuple[Any, Prose]] = [
        (SUMMARY, report.summary),
        (RECOMMENDATIONS, report.recommendations),
        (RESOURCES, report.resources),
        (REQUESTS, report.requests),
    ]
    return [(str(heading), prose) for heading, prose in parts if prose]


def closing_line(line: ClosingLine) -> str:
    return f"{line.word} — {member_name(line.member)}" if line.member else line.word


def institution_line(group: InstitutionGroup) -> str:
    """City Office: Anna Nowak, Jan Kowal."""
    return f"{group.name}: {', '.join(member.name for member in group.members)}"


def action_cells(action: ActionLine) -> list[str]:
    """What, who, first step, by when, from which topic."""
    return [
        action.what.text,
        member_name(action.convener) if action.convener else "",
        action.first_step.text,
        day_name(action.due) if action.due else "",
        f"{action.topic.number} {action.topic.title}" if action.topic else "",
    ]
