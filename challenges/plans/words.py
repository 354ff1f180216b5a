"""What pages say of a plan: states, dates, progress and confidence as marks with words."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from challenges.plans.drawing.path import Verdict
from challenges.plans.events import ItemCard, MomentCard, OddityCard
from challenges.plans.models import (
    Audience,
    Confidence,
    Direction,
    Kind,
    LinkState,
    PlanState,
    Precision,
    Progress,
)
from challenges.plans.moments import names_no_day
from challenges.plans.timeliness import Timeliness, days_left
from challenges.words import Badge

Words = str | Promise


@dataclass(frozen=True)
class Mark:
    """How likely it is judged: a circle that is filled by quarters, from 4 down to 0, and its word."""

    level: int
    label: Words
    why: str = ""


@dataclass(frozen=True)
class Due:
    """A date as it was written; `means` says until when that is, where it does not say it itself."""

    text: str
    means: str = ""


_STATES: dict[str, tuple[str, str]] = {
    PlanState.DRAFT: ("pencil", ""),
    PlanState.PROPOSED: ("hourglass", "care"),
    PlanState.RETURNED: ("circle-question-mark", "care"),
    PlanState.APPROVED: ("check", "info"),
    PlanState.DONE: ("circle-check", "done"),
    PlanState.STOPPED: ("archive", ""),
}
_READERS: dict[str, tuple[str, str]] = {
    Audience.INSTITUTION: ("lock", "info"),
    Audience.COHORT: ("users", ""),
    Audience.PROGRAMME: ("globe", ""),
}
_LEVELS = [
    Confidence.NOT_ACHIEVABLE,
    Confidence.IN_DOUBT,
    Confidence.UNCERTAIN,
    Confidence.PROBABLE,
    Confidence.HIGHLY_LIKELY,
]
_VERDICTS: dict[Verdict, Badge] = {
    "reached": Badge(gettext_lazy("Target reached"), "circle-check", "done"),
    "on_path": Badge(gettext_lazy("On its path"), "check", "done"),
    "behind": Badge(gettext_lazy("Behind its path"), "triangle-alert", "care"),
    "unread": Badge(gettext_lazy("No reading yet"), "circle-question-mark"),
    "unknown": Badge(gettext_lazy("No path to compare with"), "info"),
}
_LINKS: dict[str, Badge] = {
    LinkState.UNCHECKED: Badge(LinkState.UNCHECKED.label, "hourglass"),
    LinkState.ALIVE: Badge(LinkState.ALIVE.label, "check", "done"),
    LinkState.DEAD: Badge(LinkState.DEAD.label, "triangle-alert", "alarm"),
}
KIND_NAMES: dict[str, tuple[Promise, Promise]] = {
    Kind.OBJECTIVE: (gettext_lazy("Objectives"), gettext_lazy("What you want to have reached.")),
    Kind.MILESTONE: (gettext_lazy("Milestones"), gettext_lazy("An event by a date: “The rule is signed”.")),
    Kind.DELIVERABLE: (gettext_lazy("Deliverables"), gettext_lazy("Something that one can hold or open.")),
    Kind.ACTION: (gettext_lazy("Actions"), gettext_lazy("What somebody does.")),
    Kind.INDICATOR: (gettext_lazy("Indicators"), gettext_lazy("A number with a target by a date.")),
    Kind.RISK: (gettext_lazy("Risks"), gettext_lazy("What could stop you.")),
    Kind.ASSUMPTION: (gettext_lazy("Assumptions"), gettext_lazy("What you rely on.")),
}
"""kind → the word for several, and what it is."""


def state_badge(state: str) -> Badge:
    return Badge(PlanState(state).label, *_STATES[state])


def readers_badge(audience: str) -> Badge:
    """Who may read it, beside its institution, its consultant and the school."""
    return Badge(Audience(audience).label, *_READERS[audience])


def confidence_mark(value: str, why: str = "") -> Mark | None:
    """None while nobody has judged it."""
    if not value:
        return None
    confidence = Confidence(value)
    return Mark(_LEVELS.index(confidence), confidence.label, why)


def verdict_badge(verdict: Verdict) -> Badge:
    return _VERDICTS[verdict]


def link_badge(state: str) -> Badge:
    return _LINKS[state]


def kind_word(item: ItemCard) -> Words:
    return Kind(item.kind).label


def progress_word(progress: str) -> Words:
    return Progress(progress).label if progress else ""


def judged_word(kind: str, progress: str) -> Words:
    """Of an indicator its readings tell how far it is, unless somebody says so in words."""
    return "" if kind == Kind.INDICATOR and progress == Progress.NOT_STARTED else progress_word(progress)


def direction_word(direction: str) -> Words:
    return Direction(direction).label if direction else ""


def due_words(moment: MomentCard | None) -> Due | None:
    """A day is written as a day; another date keeps its wording, with the last day that it means."""
    if moment is None:
        return None
    if moment.until is None:
        return Due(moment.wording, "" if moment.precision else _("not understood as a date"))
    if moment.precision == Precision.DAY:
        return Due(day_words(moment.until))
    return Due(moment.wording, _("until %(day)s") % {"day": day_words(moment.until)})


def start_words(moment: MomentCard | None) -> Due | None:
    """A start begins with the first day that its wording means."""
    if moment is None or moment.since is None or moment.precision == Precision.DAY:
        return due_words(moment)
    return Due(moment.wording, _("from %(day)s") % {"day": day_words(moment.since)})


def understood(moment: MomentCard | None, last: date | None = None) -> str:
    """What a typed date was read as, said beside its field. `last`: the last day of the plan, which it should not
    pass."""
    if moment is None:
        return ""
    if moment.precision == Precision.OPEN:
        return _("Read as: without an end.")
    if moment.since is None or moment.until is None:
        return _not_understood(moment.wording)
    span = {"first": day_words(moment.since), "last": day_words(moment.until)}
    is_day = moment.since == moment.until
    words = _("Read as: %(last)s.") if is_day else _("Read as: %(first)s to %(last)s.")
    if last is None or moment.until <= last:
        return words % span
    return f"{words % span} " + _("This is after the last day of the plan, %(day)s.") % {
        "day": day_words(last)
    }


def _not_understood(wording: str) -> str:
    if names_no_day(wording):
        return _("There is no such day. Nobody is reminded of it.")
    if re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", wording):  # else it would be understood
        return _(
            "This can be two days: some write the day first, others the month. "
            "Write the month as a word: 6 July 2027."
        )
    if re.fullmatch(r"\d{1,2}([./-])\d{1,2}\1\d{2}\.?", wording):  # 27.01.15 is of 2027 in Hungary
        return _("Write all of the year: 15.01.2027. Until then nobody is reminded of it.")
    if not re.search(r"\d{4}", wording):
        return _("Of which year? Write, for example: by autumn 2027. Until then nobody is reminded of it.")
    return _("Kept as you wrote it, but not understood as a date. Nobody is reminded of it.")


def day_words(on: date) -> str:
    return date_format(on, "DATE_FORMAT")


def number_words(value: Decimal, unit: str = "") -> str:
    """17.8 working days: as many decimals as it has, written as the reader's language writes numbers."""
    plain = value.normalize()
    if plain == plain.to_integral_value():
        plain = plain.quantize(Decimal(1))
    written = number_format(plain, use_l10n=True, force_grouping=abs(plain) >= 10_000)
    return f"{written} {unit}".strip()


def timeliness_badge(timeliness: Timeliness, due: MomentCard | None, today: date) -> Badge:
    is_open = due is not None and due.until is None and due.precision == Precision.OPEN
    if is_open and timeliness != Timeliness.DONE:
        return Badge(_("Without an end"), "refresh-cw")
    return days_badge(timeliness, due.until if due else None, today)


def days_badge(timeliness: Timeliness, until: date | None, today: date) -> Badge:
    """With the days: "9 days overdue", "In 39 days"."""
    if timeliness == Timeliness.DONE:
        return Badge(timeliness.label, "circle-check", "done")
    if until is None:
        return Badge(timeliness.label, "circle-question-mark")
    days = days_left(until, today)
    if days < 0:
        late = ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days}
        return Badge(late, "circle-alert", "alarm")
    kind = "care" if timeliness == Timeliness.DUE_SOON else ""
    if days == 0:
        return Badge(_("Today"), "clock", "care")
    return Badge(ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}, "clock", kind)


UNPROVEN = "complete_without_evidence"
"""The code of an oddity that is one only as long as nothing proves the item."""
_ODD: dict[str, Promise] = {
    "start_not_understood": gettext_lazy("The start is not understood as a date: “%(wording)s”."),
    "due_not_understood": gettext_lazy(
        "The date is not understood: “%(wording)s”. Nobody is reminded of it."
    ),
    "no_date": gettext_lazy("It has no date."),
    "no_target": gettext_lazy("It has no target."),
    "no_month": gettext_lazy("“%(wording)s” names no month."),
    "month_of_source": gettext_lazy("“%(wording)s”: the month comes from the source, %(month)s."),
    "open_with_month": gettext_lazy("“%(wording)s” has no end, but the source also says %(month)s."),
    "dates_differ": gettext_lazy("Two dates that differ: “%(wording)s” and %(month)s."),
    "number_gap": gettext_lazy("Numbers are missing between %(before)s and %(number)s."),
    "number_repeated": gettext_lazy("Another row has the same number."),
    "several_owners": gettext_lazy("Several are responsible: “%(wording)s”. One person should be."),
    "evidence_shared": gettext_lazy("The same evidence is given for something else, too."),
    UNPROVEN: gettext_lazy("Complete, but nothing proves it."),
}


def oddity(card: OddityCard) -> str:
    """What a reader should know is odd; a code that has no words is shown as it is."""
    if card.code in _ODD:
        with suppress(KeyError):
            return str(_ODD[card.code]) % card.values
    told = ", ".join(f"{name}: {value}" for name, value in card.values.items())
    plain = card.code.replace("_", " ")
    return f"{plain} ({told})" if told else plain


STEP_TITLES: dict[tuple[str, str], Promise] = {
    (PlanState.DRAFT, PlanState.PROPOSED): gettext_lazy("Proposed"),
    (PlanState.RETURNED, PlanState.PROPOSED): gettext_lazy("Proposed again"),
    (PlanState.PROPOSED, PlanState.DRAFT): gettext_lazy("Taken back to a draft"),
    (PlanState.APPROVED, PlanState.DONE): pgettext_lazy("plan", "Done"),
}
