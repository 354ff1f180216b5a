"""Taking out of the log what an institution wrote and took back before it submitted."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from msgspec.structs import replace

from challenges.events import ChallengeAttached, ChallengeChanged
from challenges.models import Challenge
from challenges.queries import challenge_stream
from synergy.journal import log
from synergy.journal.facts import Entry, Fact, StreamId

PAGE = 500


def forget_what_was_taken_out(challenge: Challenge) -> None:
    """See the Note [What was never submitted]. The challenge is held."""
    stream = challenge_stream(challenge.pk)
    kept = set(challenge.attachments.values_list("pk", flat=True))
    changes: dict[int, Fact] = {}
    for entry in _past(stream):
        fact = _emptied(entry, challenge, kept)
        if fact is not None:
            changes[entry.seq] = fact
    if changes:
        log.rewrite_the_past(stream, changes)


def _past(stream: StreamId) -> Iterator[Entry]:
    after = 0
    while page := log.since(stream, after, PAGE):
        yield from page
        after = page[-1].seq


def _emptied(entry: Entry, challenge: Challenge, kept: set[int]) -> Fact | None:
    """What the event shall say; None when it may stay as it is."""
    if entry.name == ChallengeChanged.name:
        changed = msgspec.json.decode(entry.body, type=ChallengeChanged)
        is_newest = changed.revision == challenge.revisions.get(changed.field)
        return None if is_newest or not changed.value else replace(changed, value="")
    if entry.name == ChallengeAttached.name:
        attached = msgspec.json.decode(entry.body, type=ChallengeAttached)
        if attached.file.id not in kept and attached.file.name:
            return replace(attached, file=replace(attached.file, name="", sha256=""))
    return None
