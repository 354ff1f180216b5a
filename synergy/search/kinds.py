"""What can be found: kinds of things, as the apps register them when they are ready."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from synergy.journal.facts import Entry


@dataclass(frozen=True)
class Draft:
    """A thing as the index keeps it. `text` is plain or Markdown, in `language`."""

    id: int
    title: str
    text: str
    language: str
    at: datetime
    """When it was said or changed last: the newer comes first."""
    scope: int | None = None
    """See `Kind.scopes`."""


@dataclass(frozen=True)
class Shown:
    """A thing that somebody may open, as it stands in a list of what was found."""

    address: str
    """Empty when the viewer has no page of it."""
    where: str = ""
    """What it is part of, or who said it."""
    title: str = ""
    """In the place of the draft's, for things without a title of their own."""
    person: Any = None
    """For the picture: anything that the tag `avatar` takes."""
    at: datetime | None = None
    """For things that are known by their moment."""


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be found."""

    name: str
    """Up to 16 letters."""
    label: Any
    """Plural, from `gettext_lazy`."""
    icon: str
    keys: Callable[[], Iterable[int]]
    """Ids of all that can be found, the oldest first."""
    drafts: Callable[[Collection[int]], Iterable[Draft]]
    """What the index keeps of these; what was removed, withdrawn or taken back is left out."""
    visible: Callable[[Any, Collection[int]], Collection[int]]
    """Those of these ids that the person may open now; as many queries for many as for one."""
    shown: Callable[[Any, Collection[int]], Mapping[int, Shown]]
    """{id: how it is shown}, of ids that `visible` gave; as many queries for many as for one."""
    scopes: Callable[[Any], Collection[int]] | None = None
    """The only `Draft.scope`s in which this person can see anything. It narrows the search, `visible` decides."""


@dataclass
class Changes:
    """What facts do to the index."""

    new: list[tuple[str, Draft]] = field(default_factory=list)
    """(kind, thing) that was not there before, ready to be kept."""
    touched: list[tuple[str, int]] = field(default_factory=list)
    """(kind, id) of things to be looked at again."""


Follower = Callable[[Sequence[Entry]], Changes]
"""Says what facts of one kind of stream do to the index."""

_kinds: dict[str, Kind] = {}
_followers: dict[str, Follower] = {}


def register_kind(kind: Kind) -> None:
    """Called once per kind, from the owner's `AppConfig.ready`."""
    if kind.name in _kinds:
        raise ValueError(f"{kind.name} is registered twice")
    _kinds[kind.name] = kind


def follow(stream: str, follower: Follower) -> None:
    """Has the index keep up with the streams of this kind. Called once per kind of stream, when the app is ready."""
    if stream in _followers:
        raise ValueError(f"{stream} is followed twice")
    _followers[stream] = follower


def kind_named(name: str) -> Kind | None:
    return _kinds.get(name)


def all_kinds() -> list[Kind]:
    """In the order of ORDER; those that it does not name come last."""
    return sorted(
        _kinds.values(), key=lambda kind: ORDER.index(kind.name) if kind.name in ORDER else len(ORDER)
    )


ORDER = ("person", "challenge", "plan", "item", "recommendation", "topic", "report", "room", "message")
"""In which groups stand on the page: few and whole things first, what is said often last."""


def follower_of(stream: str) -> Follower | None:
    return _followers.get(stream)
