"""The two voices of a plan side by side: its own report and the shadow report, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from challenges.plans.models import Report, ReportEntry, ReportState, Voice
from challenges.plans.views.sight import Sight
from challenges.plans.words import Mark, confidence_mark, progress_word
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


def voices_of(sight: Sight) -> Voices | None:
    """The newest of each voice that who looks may read; None while there is none. Two queries."""
    newest: dict[str, Report] = {}
    for report in readable_reports(sight):
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
        if one and other and (one.progress, one.confidence) != (other.progress, other.confidence):
            found.append(Difference(str(item.title), _judged(one), _judged(other)))
    return found


def _judged(entry: ReportEntry) -> str:
    mark = confidence_mark(entry.confidence)
    said = [str(progress_word(entry.progress)), str(mark.label) if mark else ""]
    return ", ".join(each for each in said if each)
