"""What gatherings forget of a person: their closing word. Topics and reports are results, and stay without a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from sessions.openspace.events import WordSaid
from sessions.openspace.models import ClosingWord
from synergy.journal import log
from synergy.journal.facts import StreamId
from synergy.journal.models import Event
from synergy.people.erasing import Swap
from synergy.people.models import Person

TAKEN_OUT = "…"


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    for event in Event.objects.filter(name=WordSaid.name, by=person.pk).select_related("stream"):
        fact = msgspec.json.decode(event.body, type=WordSaid)
        words = [replace(card, word=TAKEN_OUT) if card.id == person.pk else card for card in fact.words or []]
        stream = StreamId(event.stream.kind, event.stream.key)
        log.rewrite_the_past(stream, {event.seq: replace(fact, words=words)})
    return {"closing words": ClosingWord.objects.filter(person=person).update(word=TAKEN_OUT)}
