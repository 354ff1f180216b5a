"""What consultations keep of a person, for their own data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from challenges.consultations.models import (
    CheckIn,
    Commitment,
    Consultation,
    Entry,
    PartTaken,
    PrivateNote,
    Protocol,
    Recommendation,
)
from synergy.people.models import Person
from synergy.people.own_data import Rows, register, register_teller


def tell_own_data() -> None:
    about = "consultation__challenge__title"
    register(
        Rows(Protocol, ("changed_by",), ("name", "about", "changed_at", "removed_at")),
        Rows(Consultation, ("planned_by",), ("challenge__title", "state", "planned_at", "finished_at")),
        Rows(PartTaken, ("person",), (about, "part")),
        Rows(Entry, ("by",), (about, "kind", "text", "language", "at", "removed_at")),
        Rows(PrivateNote, ("person",), (about, "text")),
        Rows(Commitment, ("by",), (about, "text", "language", "due", "at", "removed_at")),
        Rows(
            Recommendation,
            ("by", "answered_by"),
            ("challenge__title", "number", "text", "at", "state", "answer_text", "why", "answered_at"),
        ),
    )
    register_teller("check_ins", _check_ins)


def _check_ins(person: Person) -> Iterator[dict[str, Any]]:
    rows = CheckIn.objects.filter(commitment__by=person).order_by("pk")
    yield from map(
        dict, rows.values("id", "commitment_id", "due", "asked_at", "outcome", "answer", "answered_at")
    )
