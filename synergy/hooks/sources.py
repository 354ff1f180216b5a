"""What hooks can hear of: kinds of streams, as the apps register them; and how facts become deliveries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from synergy.hooks.models import Delivery, Hook
from synergy.hooks.sending import deliver
from synergy.journal.facts import Entry, StreamId


@dataclass(frozen=True)
class Source:
    """`cohorts`: (key) a query for the id of the cohort that the thing belongs to."""

    kind: str
    label: Any
    cohorts: Callable[[int], QuerySet[Any, Any]]


_sources: dict[str, Source] = {}


def register_source(kind: str, label: Any, cohorts: Callable[[int], QuerySet[Any, Any]]) -> None:
    """Called once per kind of stream, from the owner's `AppConfig.ready`. `label` is from `gettext_lazy`."""
    if kind in _sources:
        raise ValueError(f"{kind} is registered twice")
    _sources[kind] = Source(kind, label, cohorts)


def all_sources() -> list[tuple[str, Any]]:
    """(kind, label) in the order of registration."""
    return [(source.kind, source.label) for source in _sources.values()]


def labels_of(kinds: Sequence[str]) -> list[str]:
    return [str(_sources[kind].label) if kind in _sources else kind for kind in kinds]


def note_facts(entries: Sequence[Entry]) -> None:
    """In the transaction of these facts. One query for a stream that nobody listens to; none for other kinds."""
    by_stream: dict[StreamId, list[Entry]] = {}
    for entry in entries:
        if entry.stream.kind in _sources:
            by_stream.setdefault(entry.stream, []).append(entry)
    for stream, facts in by_stream.items():
        cohorts = _sources[stream.kind].cohorts(stream.key)
        hooks = Hook.objects.filter(ended_at__isnull=True, cohort__in=cohorts)
        for hook in hooks:
            if stream.kind in hook.kinds:
                _note(hook, stream, facts)


def _note(hook: Hook, stream: StreamId, facts: Sequence[Entry]) -> None:
    Delivery.objects.bulk_create(
        Delivery(
            hook=hook,
            stream_kind=stream.kind,
            stream_key=stream.key,
            seq=fact.seq,
            name=fact.name,
            at=fact.at,
            due_at=fact.at,
        )
        for fact in facts
    )
    deliver.enqueue(hook.pk, stream.kind, stream.key)
