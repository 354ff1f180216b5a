"""The two voices of a plan side by side: its own report and the shadow report, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from challenges.plans.models import Report, ReportEntry, ReportState, Voice
from challenges.plans.reporting.comparing import differs, said_of
from challenges.plans.views.rows import title_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import Mark, confidence_mark
from rooms.events import PersonCard
from sessions.openspace.proceedings.book import Prose


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


def voices_of(sight: Sight) -> Voices | None:
    """Both voices on the newest period of which who looks may read one; None while there is none. Two queries."""
    newest: dict[str, Report] = {}
    for report in readable_reports(sight):
        period = next((each.period_id for each in newest.values()), report.period_id)
        if report.period_id == period:
            newest.setdefault(report.voice, report)
    if not newest:
        return None
    own, shadow = newest.get(Voice.OWN), newest.get(Voice.SHADOW)
    return Voices(_spoken(sight, own), _spoken(sight, shadow), _differences(sight, own, shadow))


def readable_reports(sight: Sight) -> QuerySet[Report]:
    """The newest first. Who only reads the plan reads what was approved."""
    rights = sight.card.rights
    is_near = rights.member or rights.school or rights.consultant
    states = [ReportState.APPROVED, *([ReportState.SUBMITTED] if is_near else [])]
    rows = Report.objects.filter(plan=sight.card.id, state__in=states).select_related("period")
    return rows.order_by("-period__ends", "-pk")


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
        if one and other and differs(one, other):
            found.append(Difference(title_of(item), said_of(one).judged, said_of(other).judged))
    return found
