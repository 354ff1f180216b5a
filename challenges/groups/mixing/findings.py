"""What the mixer has to say of an arrangement, as codes with values; `challenges.groups.words` makes sentences of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from challenges.groups.mixing.wishes import Case, Participant, Wishes

Value = int | str
ReasonCode = Literal[
    "own_challenge",  # the person's institution brings the challenge
    "fixed",  # somebody settled this place by hand
    "only_of_institution",
    "adds_country",  # {country, countries}: the only one from there; countries in the group
    "adds_tier",  # {tier}: the only one of this tier
    "shares_language",  # {language}
    "new_people",  # {people, of}: so many of the others they have not worked with yet
    "evens_sizes",  # {size}
]
Wish = Literal[
    "size_wished",  # {wished, size}
    "even_sizes",  # {fewest, most}
    "own_institution",
    "one_per_institution",
    "three_countries",  # {countries}
    "shared_language",
    "mixed_tiers",
    "new_people",
    "kept_out",
]
Why = Literal[
    "nobody_here",  # {institution}: none of its people take part
    "more_challenges_than_people",  # {challenges, people}
    "more_people_than_groups",  # {people, groups}
    "too_few_countries",  # {countries}
    "group_too_small",  # {size}
    "too_few_from_elsewhere",  # the people of the smaller countries do not reach for all groups
    "no_language_in_common",
    "too_few_of_other_tiers",
    "knows_most",  # {unknown}: there are too few others whom they have not worked with
    "kept_out_everywhere",
    "settled_by_hand",
    "others_would_lack",  # a size that leaves the other groups too small or too large
    "not_found",  # the search found nothing better; there may be something
]


@dataclass(frozen=True)
class Reason:
    """Why somebody is in their group."""

    code: ReasonCode
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Shortfall:
    """A wish that is not met: in which group (None: in all), for whom, and why."""

    wish: Wish
    why: Why
    case: int | None
    people: tuple[int, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Arrangement:
    """The groups as they stand, {case id: people}, and what they were made from."""

    wishes: Wishes
    groups: Mapping[int, Sequence[Participant]]

    def cases(self) -> list[tuple[Case, Sequence[Participant]]]:
        return [(case, self.groups[case.id]) for case in self.wishes.cases]


def languages_of(members: Sequence[Participant]) -> list[str]:
    """The languages that all of them speak, in the order of their codes."""
    return sorted(frozenset.intersection(*(person.languages for person in members))) if members else []
