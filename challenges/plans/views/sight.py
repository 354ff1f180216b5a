"""A plan as its pages look at it: who stands under whom, what is late, what was agreed otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from challenges.plans.events import (
    AgreedCard,
    EvidenceCard,
    ItemCard,
    PlanCard,
    ReadingCard,
    RequestCard,
)
from challenges.plans.models import Kind, Progress, RequestState
from challenges.plans.timeliness import Timeliness, timeliness_of
from rooms.events import PersonCard

DEEPEST = 6
"""Rows further below are shown as if they stood there; a circle cannot make the page endless."""


@dataclass(frozen=True)
class Sight:
    """`today` is the day in the plan's time zone."""

    card: PlanCard
    today: date

    @cached_property
    def items(self) -> dict[int, ItemCard]:
        """Without what was taken out."""
        return {item.id: item for item in self.card.items if item.removed_at is None}

    @cached_property
    def tree(self) -> list[tuple[ItemCard, int]]:
        """Every item with its depth, from 0, in the order of reading."""
        return list(self._below(None, 0))

    @cached_property
    def _children(self) -> dict[int | None, list[ItemCard]]:
        found: dict[int | None, list[ItemCard]] = {}
        for item in sorted(self.items.values(), key=lambda item: (item.position, item.id)):
            found.setdefault(item.parent if item.parent in self.items else None, []).append(item)
        return found

    def children(self, parent: int | None) -> Sequence[ItemCard]:
        return self._children.get(parent, [])

    def objective_of(self, item: ItemCard) -> ItemCard | None:
        """The nearest objective above it."""
        above = self.items.get(item.parent or 0)
        for _step in range(DEEPEST):
            if above is None or above.kind == Kind.OBJECTIVE:
                return above
            above = self.items.get(above.parent or 0)
        return None

    def of_kind(self, *kinds: str) -> list[ItemCard]:
        return [item for item, _depth in self.tree if item.kind in kinds]

    def done_below(self, item: ItemCard) -> tuple[int, int]:
        """How many milestones at any depth under it are complete, and how many there are."""
        milestones = [each for each, _depth in self._below(item.id, 0) if each.kind == Kind.MILESTONE]
        return sum(each.progress == Progress.COMPLETE for each in milestones), len(milestones)

    def timeliness(self, item: ItemCard) -> Timeliness:
        return timeliness_of(item.progress, item.due.until if item.due else None, self.today)

    @cached_property
    def overdue(self) -> list[ItemCard]:
        """The longest overdue first."""
        late = [item for item, _depth in self.tree if self.timeliness(item) == Timeliness.OVERDUE]
        return sorted(late, key=_due_until)

    @cached_property
    def coming(self) -> list[ItemCard]:
        """What is due from today on and not complete, but objectives, which their parts lead to; the next first."""
        ahead = (Timeliness.ON_TIME, Timeliness.DUE_SOON)
        parts = (item for item, _depth in self.tree if item.kind != Kind.OBJECTIVE)
        return sorted((item for item in parts if self.timeliness(item) in ahead), key=_due_until)

    def agreed(self, item: ItemCard) -> AgreedCard | None:
        """What the approved plan says of it; None for what was added later, and before the approval."""
        return self.card.baseline.items.get(str(item.id)) if self.card.baseline else None

    def readings(self, item: ItemCard) -> list[ReadingCard]:
        """By day."""
        return sorted((each for each in self.card.readings if each.item == item.id), key=lambda each: each.on)

    def open_requests(self, item: ItemCard | None = None) -> list[RequestCard]:
        """The oldest first; of one item or of all that are not taken out."""
        return [
            each
            for each in sorted(self.card.requests, key=lambda each: each.at)
            if each.state == RequestState.OPEN
            and each.item in self.items
            and item in (None, self.items[each.item])
        ]

    @cached_property
    def unproven(self) -> set[int]:
        """What is complete although there is no evidence for it, nor for what stands under it."""
        proven = {item for each in self.card.evidence for item in each.items}
        return {
            item.id
            for item, _depth in self.tree
            if item.progress == Progress.COMPLETE
            and proven.isdisjoint([item.id, *(each.id for each, _depth in self._below(item.id, 0))])
        }

    def proof(self, item: ItemCard) -> list[EvidenceCard]:
        return [each for each in self.card.evidence if item.id in each.items]

    def person(self, key: int | None) -> PersonCard | None:
        return self.card.people.get(str(key)) if key else None

    @property
    def is_lead(self) -> bool:
        rights = self.card.rights
        return rights.coordinator or (rights.member and self.card.owner == self.card.me)

    def may(self, command: str) -> bool:
        """Whether who looks may run the command now, as the state and their part leave it open."""
        doors, rights = self.card.open, self.card.rights
        return (
            (rights.member and command in doors.member)
            or (self.is_lead and command in doors.lead)
            or (rights.school and command in doors.school)
        )

    def answers_for(self, item: ItemCard) -> bool:
        """Whether who looks is the one who is accountable: its owner, or the plan's where it has none."""
        return self.card.me == (item.owner or self.card.owner)

    def may_report(self, item: ItemCard) -> bool:
        """As `rules.can_report` says it: its owner and the leads; all members where it has no owner."""
        mine = item.owner in (None, self.card.me)
        return self.may("item.report") and (mine or self.is_lead)

    def may_change(self, item: ItemCard) -> bool:
        """Whether its words and dates are free; what was agreed changes by a request alone."""
        return self.may("item.change") and self.agreed(item) is None

    def _below(self, parent: int | None, depth: int) -> Iterator[tuple[ItemCard, int]]:
        for item in self._children.get(parent, []):
            yield item, depth
            if depth < DEEPEST:
                yield from self._below(item.id, depth + 1)


def _due_until(item: ItemCard) -> date:
    return item.due.until if item.due and item.due.until else date.max
