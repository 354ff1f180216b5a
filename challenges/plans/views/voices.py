"""The two voices of a plan side by side: its own report and the shadow report, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from challenges.plans.models import Plan, Report, ReportEntry, ReportState, Voice
from challenges.plans.reporting.comparing import differs, said_of
from challenges.plans.reporting.rules import can_read
from challenges.plans.views.rows import title_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import Mark, confidence_mark
from rooms.events import PersonCard
from sessions.openspace.proceedings.book import Prose
from synergy.people.models import Person


@dataclass(frozen=True)
class Spoken:
    report: Report
    mark: Mark | None
    text: Prose
    by: PersonCard | None


@dataclass(frozen=True)
class Difference:
    """An item of which the two say something else."""

    title: str
    own: str
    shadow: str


@dataclass(frozen=True)
class Voices:
    own: Spoken | None
    shadow: Spoken | None
    differences: list[Difference]

    @property
    def differs_as_a_whole(self) -> bool:
        own, shadow = (spoken.mark if spoken else None for spoken in (self.own, self.shadow))
        return bool(own and shadow and own.level != shadow.level)


def voices_of(person: Person, plan: Plan, sight: Sight) -> Voices | None:
    """Both voices on the newest period of which who looks may read one; None while there is none. Two queries."""
    newest: dict[str, Report] = {}
    for report in _readable(person, plan):
        period = next((each.period_id for each in newest.values()), report.period_id)
        if report.period_id == period:
            newest.setdefault(report.voice, report)
    if not newest:
        return None
    own, shadow = newest.get(Voice.OWN), newest.get(Voice.SHADOW)
    return Voices(_spoken(sight, own), _spoken(sight, shadow), _differences(sight, own, shadow))


def _readable(person: Person, plan: Plan) -> list[Report]:
    """What was handed in and the person may read; the newest first."""
    handed_in = Report.objects.filter(plan=plan, state__in=[ReportState.SUBMITTED, ReportState.APPROVED])
    found = []
    for report in handed_in.select_related("period").order_by("-period__ends", "-pk"):
        report.plan = plan
        if can_read(person, report):
            found.append(report)
    return found


def _spoken(sight: Sight, report: Report | None) -> Spoken | None:
    if report is None:
        return None
    text = Prose(report.text, sight.card.language)
    by = sight.person(report.submitted_by_id or report.created_by_id)
    return Spoken(report, confidence_mark(report.confidence), text, by)


def _differences(sight: Sight, own: Report | None, shadow: Report | None) -> list[Difference]:
    if own is None or shadow is None:
        return []
    said: dict[int, dict[int, ReportEntry]] = {own.pk: {}, shadow.pk: {}}
    for entry in ReportEntry.objects.filter(report__in=[own, shadow]):
        said[entry.report_id][entry.item_id] = entry
    found = []
    for item, _depth in sight.tree:
        one, other = said[own.pk].get(item.id), said[shadow.pk].get(item.id)
        if one and other and differs(item.kind, one, other):
            found.append(
                Difference(title_of(item), said_of(item.kind, one).judged, said_of(item.kind, other).judged)
            )
    return found
