"""What consultations forget of a person: what they wrote for themselves, and how a commitment went for them.

Lists, recommendations and commitments are results of the group, and stay without a name.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from challenges.consultations.events import CommitmentSet
from challenges.consultations.models import CheckIn, PrivateNote
from challenges.consultations.queries import consultation_stream
from synergy.journal import log
from synergy.journal.models import Event
from synergy.people.erasing import Swap
from synergy.people.models import Person


def erase(person: Person, swap: Swap, now: datetime) -> Mapping[str, int]:
    """See `synergy.people.erasing.register`."""
    for event in Event.objects.filter(name=CommitmentSet.name).select_related("stream"):
        fact = msgspec.json.decode(event.body, type=CommitmentSet)
        if fact.commitment.by == person.pk and any(each.answer for each in fact.commitment.check_ins):
            log.rewrite_the_past(consultation_stream(event.stream.key), {event.seq: _unanswered(fact)})
    answers = CheckIn.objects.filter(commitment__by=person).exclude(answer="")
    return {
        "private notes": PrivateNote.objects.filter(person=person).delete()[0],
        "answers to check-ins": answers.update(answer=""),
    }


def _unanswered(fact: CommitmentSet) -> CommitmentSet:
    """What came of it stays; what was said about it goes."""
    check_ins = [replace(each, answer="") for each in fact.commitment.check_ins]
    return replace(fact, commitment=replace(fact.commitment, check_ins=check_ins))
