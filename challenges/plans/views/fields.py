"""The fields of a plan and of an item as forms show them; `static/src/plan/fields.ts` has the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from challenges.plans.actions.agreed import FIXED, FREE_KINDS
from challenges.plans.events import ItemCard, MomentCard
from challenges.plans.models import Audience, Direction, Kind, PlanState, RequestField
from challenges.plans.views.remarks import remark_on
from challenges.plans.views.sight import Sight
from challenges.plans.words import day_words
from rooms.events import PersonCard
from synergy.alphabet import in_alphabet
from synergy.live.field_forms import FormField, form_field, whole_number
from synergy.live.refusals import Refused
from synergy.people.zones import zone_choices

Shape = Literal["line", "text", "moment", "day", "number", "path", "choice", "people"]
Choices = list[tuple[str, str | Promise]]
Groups = Sequence[tuple[str, Choices]]
"""With the heading of each, which may be empty."""
EMPTY_POINTS = 3
"""So many more points of a path one can write at once."""


@dataclass(frozen=True)
class Spec:
    label: Promise
    hint: str | Promise = ""
    shape: Shape = "line"


@dataclass(frozen=True)
class ShownField:
    """`locked` says why it cannot be changed; `read_as` what a typed date was read as, or what is odd."""

    field: FormField
    shape: Shape
    choices: Groups
    locked: str
    read_as: str

    @property
    def day(self) -> str:
        """Of a day that cannot be changed: as one reads it."""
        return day_words(date.fromisoformat(self.field.value)) if self.field.value else ""

    @property
    def chosen(self) -> list[str]:
        """Of people."""
        return str(self.field.value).split(",")

    @property
    def points(self) -> list[list[str]]:
        """Of a path: [day, number], and some empty ones."""
        return [*_points(self.field.value), *[["", ""]] * EMPTY_POINTS]


PLAN_FIELDS: dict[str, Spec] = {
    "title": Spec(
        gettext_lazy("What is the plan called?"), gettext_lazy("What you want to reach, in a few words.")
    ),
    "summary": Spec(
        gettext_lazy("What is it about?"),
        gettext_lazy("What you do, for whom, and how one sees that it helps."),
        "text",
    ),
    "owner": Spec(
        gettext_lazy("Who is accountable for the plan?"),
        gettext_lazy("One person. Who answers for what nobody else is responsible for."),
        "choice",
    ),
    "starts": Spec(gettext_lazy("First day"), "", "day"),
    "ends": Spec(gettext_lazy("Last day"), "", "day"),
    "audience": Spec(
        gettext_lazy("Who may read it, once it is approved?"),
        gettext_lazy("Your colleagues, your consultant and the school always."),
        "choice",
    ),
    "language": Spec(gettext_lazy("In which language do you write?"), "", "choice"),
    "time_zone": Spec(
        gettext_lazy("Time zone"),
        gettext_lazy("A day that something is due ends at midnight there."),
        "choice",
    ),
}
_MOMENT_HINT = gettext_lazy("As you would write it: 24 June 2027, by autumn 2027, 4th quarter 2027, ongoing.")
ITEM_FIELDS: dict[str, Spec] = {
    "title": Spec(gettext_lazy("Title")),
    "number": Spec(gettext_lazy("Number")),
    "description": Spec(gettext_lazy("What is meant"), "", "text"),
    "owner": Spec(gettext_lazy("Who is responsible?"), gettext_lazy("One person."), "choice"),
    "contributors": Spec(
        gettext_lazy("Who else takes part?"), gettext_lazy("People who may read the plan."), "people"
    ),
    "contributors_wording": Spec(
        gettext_lazy("With whom else"), gettext_lazy("Offices, firms and people who are not listed.")
    ),
    "start": Spec(gettext_lazy("Start"), _MOMENT_HINT, "moment"),
    "due": Spec(gettext_lazy("Date"), _MOMENT_HINT, "moment"),
    "unit": Spec(gettext_lazy("Unit"), gettext_lazy("What is counted: %, working days, people.")),
    "direction": Spec(gettext_lazy("Direction"), "", "choice"),
    "baseline": Spec(gettext_lazy("Baseline"), gettext_lazy("Where it stands before you begin."), "number"),
    "baseline_on": Spec(gettext_lazy("Day of the baseline"), "", "day"),
    "target": Spec(gettext_lazy("Target"), gettext_lazy("To be reached by the date above."), "number"),
    "trajectory": Spec(
        gettext_lazy("Expected path"),
        gettext_lazy("What it should be by which day. Without points it is a straight line to the target."),
        "path",
    ),
    "lowest": Spec(gettext_lazy("Lowest possible value"), "", "number"),
    "highest": Spec(gettext_lazy("Highest possible value"), "", "number"),
    "data_source": Spec(gettext_lazy("Where the numbers come from")),
}
_INDICATOR_ONLY = (
    *("unit", "direction", "baseline", "baseline_on", "target"),
    *("trajectory", "lowest", "highest", "data_source"),
)
_FEW = ("title", "number", "description", "owner")
"""Of risks and assumptions."""
_FIXED_PLAN_FIELDS = ("title", "starts", "ends")


def fields_of_kind(kind: str) -> list[str]:
    if kind in (Kind.RISK, Kind.ASSUMPTION):
        return list(_FEW)
    return [name for name in ITEM_FIELDS if kind == Kind.INDICATOR or name not in _INDICATOR_ONLY]


def plan_fields(sight: Sight, typed: dict[str, Any], refused: dict[str, Refused]) -> list[ShownField]:
    card = sight.card
    return [
        _shown(
            sight,
            name,
            spec,
            form_text(name, getattr(card, name)),
            card.revisions.get(name, 0),
            typed.get(name),
            refused.get(name),
            locked=_plan_locked(sight, name),
        )
        for name, spec in PLAN_FIELDS.items()
    ]


def item_fields(
    sight: Sight, item: ItemCard, typed: dict[str, Any], refused: dict[str, Refused]
) -> list[ShownField]:
    return [
        _shown(
            sight,
            name,
            ITEM_FIELDS[name],
            form_text(name, getattr(item, name)),
            item.revisions.get(name, 0),
            typed.get(name),
            refused.get(name),
            locked=item_locked(sight, item, name),
            read_as=remark_on(sight, item, name),
        )
        for name in fields_of_kind(item.kind)
    ]


def item_locked(sight: Sight, item: ItemCard, name: str) -> str:
    """Why the field of the item is not free; as `actions.agreed.why_not_free` says it."""
    if name == "owner" and not may_assign(sight):
        return _("Co-ordinators and who owns the plan say who is responsible.")
    is_bound = sight.card.state == PlanState.APPROVED and sight.agreed(item) and item.kind not in FREE_KINDS
    if not is_bound:
        return ""
    if name in RequestField.values:
        return _("This was agreed with the plan. Ask for a change and say why.")
    if name in FIXED and getattr(item, name) not in (None, "", []):
        return _("This was agreed with the plan, so it stays as it is.")
    return ""


def may_assign(sight: Sight) -> bool:
    return sight.is_lead or sight.card.rights.school


def team_of(sight: Sight) -> list[PersonCard]:
    """Participants of the institution who are here now, by name."""
    card = sight.card
    team = [
        each
        for each in card.people.values()
        if each.institution == card.institution_name and each.role == "participant" and not each.past
    ]
    return sorted(team, key=lambda each: in_alphabet(each.name))


def form_text(name: str, value: Any) -> str:
    """The value of a card as a form has it."""
    if isinstance(value, MomentCard):
        return value.wording
    if name == "trajectory":
        return "\n".join(f"{on.isoformat()}\t{number}" for on, number in value)
    if name == "contributors":
        return ",".join(str(key) for key in value)
    return "" if value is None else str(value)


def command_value(name: str, text: str) -> Any:
    """What somebody typed, as the commands have it."""
    if name == "owner":
        return whole_number(text) or None
    if name in ("starts", "ends", "baseline_on"):
        return text or None
    if name == "trajectory":
        return _points(text)
    if name == "contributors":
        return [number for key in text.split(",") if (number := whole_number(key))]
    return text


def _points(text: str) -> list[list[str]]:
    """A line for each, day and number with a tab between them."""
    lines = [line.partition("\t") for line in text.split("\n") if line.strip()]
    return [[on.strip(), number.strip()] for on, _tab, number in lines]


def _plan_locked(sight: Sight, name: str) -> str:
    if name == "owner" and not may_assign(sight):
        return _("Co-ordinators and who owns the plan say who is responsible.")
    if name in _FIXED_PLAN_FIELDS and sight.card.state == PlanState.APPROVED:
        return _("This was agreed with the plan, so it stays as it is.")
    return ""


def _shown(
    sight: Sight,
    name: str,
    spec: Spec,
    held: str,
    revision: int,
    typed: str | None,
    refusal: Refused | None,
    *,
    locked: str,
    read_as: str = "",
) -> ShownField:
    choices = _choices(sight, name, held)
    field = form_field(name, (spec.label, spec.hint), held, revision, typed, refusal)
    if field.theirs is not None and spec.shape in ("people", "path"):
        field = replace(field, theirs=_words_of(held, choices))
    return ShownField(field, spec.shape, choices, locked, read_as)


def _words_of(held: str, choices: Groups) -> str:
    names = {value: str(label) for _heading, rows in choices for value, label in rows}
    if names:
        return ", ".join(names.get(key, key) for key in held.split(","))
    return held.replace("\t", ": ")


def _choices(sight: Sight, name: str, held: str) -> Groups:
    if name == "audience":
        return [("", [(each, each.label) for each in Audience])]
    if name == "language":
        return [("", list(settings.LANGUAGES))]
    if name == "direction":
        return [("", [("", "–"), *((each, each.label) for each in Direction)])]
    if name == "time_zone":
        zones: Groups = [(heading, list(rows)) for heading, rows in zone_choices()]
        is_known = any(held == zone for _heading, rows in zones for zone, _label in rows)
        return zones if is_known else [("", [(held, held)]), *zones]
    if name == "owner":
        return [("", _owners(sight, held))]
    if name == "contributors":
        return [("", [(str(each.id), each.name) for each in _contributors(sight, held)])]
    return []


def _contributors(sight: Sight, held: str) -> list[PersonCard]:
    """As `queries.possible_contributors` has them, and those who are named already."""
    found = {each.id: each for each in team_of(sight)}
    if sight.card.audience != Audience.INSTITUTION:
        here = [each for each in sight.card.people.values() if not each.past]
        found |= {each.id: each for each in sorted(here, key=lambda each: in_alphabet(each.name))}
    named = [person for key in held.split(",") if key and (person := sight.person(int(key)))]
    return list((found | {each.id: each for each in named}).values())


def _owners(sight: Sight, held: str) -> Choices:
    """The team; who is chosen stays to be seen, even if they have left."""
    team: Choices = [(str(each.id), each.name) for each in team_of(sight)]
    chosen = sight.person(int(held)) if held else None
    if chosen and str(chosen.id) not in dict(team):
        team.append((str(chosen.id), chosen.name))
    return [("", _("Nobody yet")), *team]
