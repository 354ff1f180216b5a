"""The facts of a plan's stream, and the cards that its state is made of.

# Note [A field and its revision]

Plans and items are changed field by field. A field has a revision: the number of its changes. Who saves
names the revision that they saw, so that nobody overwrites what somebody else wrote meanwhile.

# Note [What comes after approval]

An approved plan is kept as a baseline. What it says of an item (`BaselineCard.items`) stays beside what the
item says now; title, dates and target of such an item change by a request alone, which the school answers.
An item without an entry there was added later and is changed freely.

Numbers (`Decimal`) are texts without needless zeros, "17.8". Days are ISO dates.
"""

from challenges.plans.events.cards import (
    AgreedCard,
    BaselineCard,
    Doors,
    EvidenceCard,
    ItemCard,
    MomentCard,
    OddityCard,
    PlanCard,
    PlanSnapshot,
    PlanStepCard,
    ReadingCard,
    RequestCard,
    Rights,
)
from challenges.plans.events.facts import (
    EvidenceRemoved,
    EvidenceSet,
    ItemChanged,
    ItemOpened,
    ItemReported,
    ItemsAdded,
    ItemsErased,
    ItemsPlaced,
    ItemsRemoved,
    Place,
    PlanChanged,
    PlanMoved,
    ReadingRemoved,
    ReadingSet,
    RequestSet,
)

__all__ = [
    "AgreedCard",
    "BaselineCard",
    "Doors",
    "EvidenceCard",
    "EvidenceRemoved",
    "EvidenceSet",
    "ItemCard",
    "ItemChanged",
    "ItemOpened",
    "ItemReported",
    "ItemsAdded",
    "ItemsErased",
    "ItemsPlaced",
    "ItemsRemoved",
    "MomentCard",
    "OddityCard",
    "Place",
    "PlanCard",
    "PlanChanged",
    "PlanMoved",
    "PlanSnapshot",
    "PlanStepCard",
    "ReadingCard",
    "ReadingRemoved",
    "ReadingSet",
    "RequestCard",
    "RequestSet",
    "Rights",
]
