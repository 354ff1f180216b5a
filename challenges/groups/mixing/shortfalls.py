"""Which wishes an arrangement does not meet, and why: by arithmetic where that settles it, else honestly "not found"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

from challenges.groups.mixing.findings import Arrangement, Shortfall, Value, Why, languages_of
from challenges.groups.mixing.wishes import COUNTRIES_WISHED, Case, Participant

Cause = tuple[Why, dict[str, Value]]


def shortfalls_of(found: Arrangement, *, by_hand: bool) -> list[Shortfall]:
    """What counts most first. `by_hand`: whether somebody has been moved since the search."""
    return list(_Review(found, by_hand=by_hand).all())


class _Review:
    def __init__(self, found: Arrangement, *, by_hand: bool) -> None:
        self._found = found
        self._wishes = found.wishes
        self._people = found.wishes.people
        self._otherwise: Why = "settled_by_hand" if by_hand else "not_found"
        self._at_home = Counter(person.institution for person in self._people)
        self._from = Counter(person.country for person in self._people)
        self._tiers = Counter(person.tier for person in self._people)

    def all(self) -> Iterator[Shortfall]:
        cases = self._found.cases()
        yield from self._kept_out()
        yield from self._sizes()
        for find in (
            self._own_institution,
            self._shared_language,
            self._one_per_institution,
            self._three_countries,
            self._mixed_tiers,
            self._new_people,
        ):
            for case, members in cases:
                yield from find(case, members)

    def _kept_out(self) -> Iterator[Shortfall]:
        for case, members in self._found.cases():
            for person in members:
                if (person.id, case.id) not in self._wishes.kept_out:
                    continue
                closed = all((person.id, each.id) in self._wishes.kept_out for each in self._wishes.cases)
                is_fixed = self._wishes.fixed.get(person.id) == case.id
                why: Why = (
                    "settled_by_hand" if is_fixed else "kept_out_everywhere" if closed else self._otherwise
                )
                yield Shortfall("kept_out", why, case.id, (person.id,))

    def _sizes(self) -> Iterator[Shortfall]:
        free = []
        for case, members in self._found.cases():
            size = len(members)
            if case.wished_size is None:
                free.append(size)
            elif case.wished_size != size:
                why = self._by_hand_or("others_would_lack")
                values: dict[str, Value] = {"wished": case.wished_size, "size": size}
                yield Shortfall("size_wished", why, case.id, (), values)
        if free and max(free) - min(free) > 1:
            values = {"fewest": min(free), "most": max(free)}
            yield Shortfall("even_sizes", self._by_hand_or(self._otherwise), None, (), values)

    def _by_hand_or(self, why: Why) -> Why:
        """Sizes are kept exactly unless somebody settled otherwise."""
        settled = self._wishes.fixed or self._wishes.kept_out
        return "settled_by_hand" if settled or self._otherwise == "settled_by_hand" else why

    def _own_institution(self, case: Case, members: Sequence[Participant]) -> Iterator[Shortfall]:
        if any(person.institution == case.institution for person in members):
            return
        people = self._at_home[case.institution]
        challenges = sum(each.institution == case.institution for each in self._wishes.cases)
        own = [person.id for person in self._people if person.institution == case.institution]
        why, values = self._cause()
        if not people:
            why, values = "nobody_here", {"institution": case.institution}
        elif people < challenges:
            why, values = "more_challenges_than_people", {"challenges": challenges, "people": people}
        elif all(self._is_settled_out(person, case.id) for person in own):
            why, values = "settled_by_hand", {}
        yield Shortfall("own_institution", why, case.id, tuple(own), values)

    def _is_settled_out(self, person: int, case: int) -> bool:
        """Whether somebody settled by hand that the person is not in this group."""
        place = self._wishes.fixed.get(person)
        return (place is not None and place != case) or (person, case) in self._wishes.kept_out

    def _shared_language(self, case: Case, members: Sequence[Participant]) -> Iterator[Shortfall]:
        if len(members) < 2 or languages_of(members):
            return
        spoken = Counter(code for person in members for code in person.languages)
        most = max(spoken, key=lambda code: (spoken[code], code), default="")
        without = tuple(person.id for person in members if most not in person.languages)
        alone = any(self._speaks_alone(person) for person in members)
        why, values = ("no_language_in_common", {}) if alone else self._cause(members)
        yield Shortfall("shared_language", why, case.id, without, values)

    def _speaks_alone(self, person: Participant) -> bool:
        return all(person.id == each.id or not person.languages & each.languages for each in self._people)

    def _one_per_institution(self, case: Case, members: Sequence[Participant]) -> Iterator[Shortfall]:
        groups = len(self._wishes.cases)
        for institution, count in sorted(Counter(person.institution for person in members).items()):
            if count < 2:
                continue
            own = tuple(person.id for person in members if person.institution == institution)
            here = self._at_home[institution]
            why, values = self._cause([person for person in members if person.id in own])
            if here > groups:
                why, values = "more_people_than_groups", {"people": here, "groups": groups}
            yield Shortfall("one_per_institution", why, case.id, own, values)

    def _three_countries(self, case: Case, members: Sequence[Participant]) -> Iterator[Shortfall]:
        countries = len({person.country for person in members})
        if countries >= COUNTRIES_WISHED:
            return
        groups = len(self._wishes.cases)
        reach = sum(min(count, groups) for count in self._from.values())
        why, values = self._cause(members)
        if len(self._from) < COUNTRIES_WISHED:
            why, values = "too_few_countries", {"countries": len(self._from)}
        elif len(members) < COUNTRIES_WISHED:
            why, values = "group_too_small", {"size": len(members)}
        elif reach < COUNTRIES_WISHED * groups:
            why, values = "too_few_from_elsewhere", {}
        yield Shortfall("three_countries", why, case.id, (), {"countries": countries, **values})

    def _mixed_tiers(self, case: Case, members: Sequence[Participant]) -> Iterator[Shortfall]:
        """At least two tiers in each group, where there are two among the people at all."""
        if len(members) < 2 or len(self._tiers) < 2 or len({person.tier for person in members}) > 1:
            return
        others = len(self._people) - max(self._tiers.values())
        why, values = self._cause(members)
        if others < len(self._wishes.cases):
            why, values = "too_few_of_other_tiers", {}
        yield Shortfall("mixed_tiers", why, case.id, (), {"tier": members[0].tier, **values})

    def _new_people(self, case: Case, members: Sequence[Participant]) -> Iterator[Shortfall]:
        for one, other in combinations(members, 2):
            if not self._wishes.met(one.id, other.id):
                continue
            unknown = min(self._unknown_to(one), self._unknown_to(other))
            why, values = self._cause([one, other])
            if unknown < len(members) - 1:
                why, values = "knows_most", {"unknown": unknown}
            yield Shortfall("new_people", why, case.id, (one.id, other.id), values)

    def _unknown_to(self, person: Participant) -> int:
        """People of other institutions whom the person has not worked with."""
        return sum(
            not self._wishes.met(person.id, each.id)
            for each in self._people
            if each.institution != person.institution
        )

    def _cause(self, concerned: Sequence[Participant] = ()) -> Cause:
        """When no arithmetic forbids it: whether all concerned were put there by hand, or the search found nothing."""
        fixed = self._wishes.fixed
        if concerned and all(person.id in fixed for person in concerned):
            return "settled_by_hand", {}
        return self._otherwise, {}
