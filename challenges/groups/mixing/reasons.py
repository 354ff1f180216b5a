"""Why somebody is in their group. Only what is so is said, and something is said of everybody."""

from __future__ import annotations

from collections.abc import Iterator

from challenges.groups.mixing.findings import Arrangement, Reason, languages_of
from challenges.groups.mixing.wishes import Case, Participant


def reasons_for(found: Arrangement, case: Case, person: Participant) -> tuple[Reason, ...]:
    """What counts most first; never empty."""
    return tuple(_reasons(found, case, person)) or (_size(found, case),)


def _reasons(found: Arrangement, case: Case, person: Participant) -> Iterator[Reason]:
    others = [each for each in found.groups[case.id] if each.id != person.id]
    if person.institution == case.institution:
        yield Reason("own_challenge")
    if found.wishes.fixed.get(person.id) == case.id:
        yield Reason("fixed")
    if not others:
        return
    if all(each.country != person.country for each in others):
        countries = len({each.country for each in others}) + 1
        yield Reason("adds_country", {"country": person.country, "countries": countries})
    if all(each.tier != person.tier for each in others):
        yield Reason("adds_tier", {"tier": person.tier})
    if person.institution != case.institution and all(
        each.institution != person.institution for each in others
    ):
        yield Reason("only_of_institution")
    yield from _languages(found, case)
    unknown = sum(not found.wishes.met(person.id, each.id) for each in others)
    if unknown and found.wishes.together:
        yield Reason("new_people", {"people": unknown, "of": len(others)})


def _languages(found: Arrangement, case: Case) -> Iterator[Reason]:
    """The group's language, where it is not one that everybody speaks anyway."""
    everywhere = languages_of(found.wishes.people)
    shared = languages_of(found.groups[case.id])
    if shared and not everywhere:
        yield Reason("shares_language", {"language": shared[0]})


def _size(found: Arrangement, case: Case) -> Reason:
    return Reason("evens_sizes", {"size": len(found.groups[case.id])})
