"""Who is meant by a name on a board: only people who have a seat. A name makes no account."""

from __future__ import annotations

from collections.abc import Mapping

from synergy.cohorts.models import Cohort
from synergy.cohorts.queries import active_seats
from synergy.cohorts.rules import can_write
from synergy.people.models import Person


class People:
    """The cohort's people who take part, by what a board may call them.

    `addresses` is {name on the board: e-mail}, for names that are not written as people write them here.
    """

    def __init__(self, cohort: Cohort, addresses: Mapping[str, str]) -> None:
        persons = [seat.person for seat in active_seats(cohort.pk) if can_write(seat)]
        self._by_email = {person.email: person for person in persons}
        self._by_name: dict[str, list[Person]] = {}
        for person in persons:
            self._by_name.setdefault(_folded(person.name), []).append(person)
        self._addresses = {_folded(name): email.strip().lower() for name, email in addresses.items()}

    def called(self, name: str) -> Person | None:
        """The one person meant; None when nobody is, or several could be."""
        folded = _folded(name)
        email = self._addresses.get(folded, folded)
        if email in self._by_email:
            return self._by_email[email]
        persons = self._by_name.get(folded, [])
        return persons[0] if len(persons) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
