"""Items as pages write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from challenges.plans.events import ItemCard, OddityCard
from challenges.plans.measured import standing_of
from challenges.plans.models import Kind, Progress
from challenges.plans.timeliness import Timeliness
from challenges.plans.views.sight import Sight
from challenges.plans.words import (
    UNPROVEN,
    Due,
    Mark,
    confidence_mark,
    due_words,
    kind_word,
    oddity,
    progress_word,
    timeliness_badge,
)
from challenges.words import Badge
from rooms.events import PersonCard

WITH_PROGRESS = (Kind.OBJECTIVE, Kind.MILESTONE, Kind.DELIVERABLE, Kind.ACTION, Kind.INDICATOR)
"""Risks and assumptions are not carried out."""


@dataclass(frozen=True)
class ItemRow:
    """`agreed` is the date that was approved, when it is another one than now."""

    item: ItemCard
    depth: int
    address: str
    title: str
    kind: str | Promise
    due: Due | None
    agreed: Due | None
    timeliness: Badge | None
    is_overdue: bool
    progress: str | Promise
    done: str
    confidence: Mark | None
    owner: PersonCard | None
    owner_wording: str
    below: str
    flags: list[str]
    is_mine: bool
    has_proof: bool


def item_row(sight: Sight, item: ItemCard, depth: int = 0) -> ItemRow:
    objective = sight.objective_of(item)
    standing = sight.timeliness(item)
    agreed = sight.agreed(item)
    progress, done = _progress_words(sight, item), _done_words(sight, item)
    is_done = item.progress == Progress.COMPLETE  # what is reached is not probable any more
    is_moved = agreed is not None and agreed.due != item.due
    return ItemRow(
        item=item,
        depth=depth,
        address=item_address(sight, item),
        title=title_of(item),
        kind=kind_word(item),
        due=due_words(item.due),
        agreed=due_words(agreed.due) or Due(_("no date")) if agreed and is_moved else None,
        timeliness=timeliness_badge(standing, item.due, sight.today) if _has_time(item) else None,
        is_overdue=standing == Timeliness.OVERDUE,
        progress=progress,
        done="" if done == progress else done,
        confidence=None if is_done else confidence_mark(item.confidence, item.confidence_why),
        owner=sight.person(item.owner),
        owner_wording=item.owner_wording,
        below=title_of(objective) if objective else "",
        flags=_flags(sight, item),
        is_mine=sight.card.rights.member and sight.answers_for(item),
        has_proof=bool(sight.proof(item)),
    )


def item_rows(sight: Sight, *kinds: str) -> list[ItemRow]:
    """The tree in the order of reading; of some kinds, or of all."""
    return [item_row(sight, item, depth) for item, depth in sight.tree if not kinds or item.kind in kinds]


def title_of(item: ItemCard) -> str:
    return item.title or _("Without a title")


def item_address(sight: Sight, item: ItemCard) -> str:
    return reverse("plans:item", args=[sight.card.id, item.id])


def _has_time(item: ItemCard) -> bool:
    """Whether a missing date is worth a word."""
    return item.due is not None or item.kind in (Kind.MILESTONE, Kind.INDICATOR)


def _flags(sight: Sight, item: ItemCard) -> list[str]:
    said = [each for each in item.oddities if each.code != UNPROVEN]
    lacking = [OddityCard(code=UNPROVEN, values={})] if item.id in sight.unproven else []
    return [oddity(each) for each in (*said, *lacking)]


def _progress_words(sight: Sight, item: ItemCard) -> str | Promise:
    """An indicator is where its last reading is, and an objective that nobody has judged where its milestones are."""
    if item.kind not in WITH_PROGRESS:
        return ""
    if item.kind == Kind.OBJECTIVE and item.progress == Progress.NOT_STARTED and sight.done_below(item)[0]:
        return _done_words(sight, item)
    if item.kind != Kind.INDICATOR or item.progress != Progress.NOT_STARTED:
        return progress_word(item.progress)
    readings = sight.readings(item)
    last = (readings[-1].on, Decimal(readings[-1].value)) if readings else None
    return standing_of(item, sight.card.starts, sight.card.ends, last)


def _done_words(sight: Sight, item: ItemCard) -> str:
    """ "2 of 3 milestones", for an objective."""
    if item.kind != Kind.OBJECTIVE:
        return ""
    done, all_of_them = sight.done_below(item)
    if not all_of_them:
        return ""
    words = ngettext("%(done)d of %(all)d milestone", "%(done)d of %(all)d milestones", all_of_them)
    return words % {"done": done, "all": all_of_them}
