"""What one should look at in a plan before it is proposed. It blocks nothing; `static/src/plan/remarks.ts` says the same."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from challenges.plans.events import ItemCard
from challenges.plans.models import Direction, Kind
from challenges.plans.views.rows import title_of
from challenges.plans.views.sight import Sight
from challenges.plans.words import day_words, understood

OWNED = (Kind.OBJECTIVE, Kind.MILESTONE, Kind.DELIVERABLE, Kind.ACTION, Kind.INDICATOR)
NAMED = 3
"""So many titles are named; more are counted."""


def remarks_on(sight: Sight) -> list[str]:
    """The gravest first."""
    items, ends = list(sight.items.values()), sight.card.ends
    if not items:
        return []
    found = []
    if not sight.of_kind(Kind.OBJECTIVE, Kind.MILESTONE):
        found.append(_("It has no objective and no milestone: nobody sees what is to be reached."))
    if not any(item.due for item in items):
        found.append(_("Nothing in it has a date: nobody is reminded, and nobody sees what is late."))
    unowned = [item for item in items if item.kind in OWNED and not (item.owner or item.owner_wording)]
    if unowned:
        found.append(_("Nobody is responsible for: %(titles)s.") % {"titles": _titles(unowned)})
    late = [item for item in items if is_after(item, ends)]
    if late and ends:
        said = {"day": day_words(ends), "titles": _titles(late)}
        found.append(_("Due after the last day of the plan, %(day)s: %(titles)s.") % said)
    return [*found, *(words for item in items if (words := against_direction(item)))]


def remark_on(sight: Sight, item: ItemCard, field: str) -> str:
    """What is said beside the field: what a date was read as, and what is odd."""
    if field == "due":
        return understood(item.due, sight.card.ends)
    if field == "start":
        return understood(item.start)
    return against_direction(item) if field == "target" else ""


def is_after(item: ItemCard, ends: date | None) -> bool:
    return bool(ends and item.due and item.due.until and item.due.until > ends)


def against_direction(item: ItemCard) -> str:
    """The target of an indicator lies where it should not go; empty when it does not."""
    if item.baseline is None or item.target is None:
        return ""
    baseline, target = Decimal(item.baseline), Decimal(item.target)
    if item.direction == Direction.DOWN and target > baseline:
        return _("%(title)s: it should fall, but the target is above the baseline.") % {
            "title": title_of(item)
        }
    if item.direction == Direction.UP and target < baseline:
        return _("%(title)s: it should rise, but the target is below the baseline.") % {
            "title": title_of(item)
        }
    return ""


def _titles(items: Iterable[ItemCard]) -> str:
    titles = [f"{item.number} {title_of(item)}".strip() for item in items]
    more = len(titles) - NAMED
    listed = ", ".join(titles[:NAMED])
    # The sentence ends with a full stop of its own.
    return (
        _("%(titles)s and %(number)d more") % {"titles": listed, "number": more}
        if more > 0
        else listed.rstrip(".")
    )
