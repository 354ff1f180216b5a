"""The kinds of notices, as the apps register them with their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from synergy.notices.models import Mail, Notice

Text = Any
"""A text from `gettext_lazy`, or a plain one: it is put into the reader's language when it is shown."""
Values = Mapping[str, Any]


class Words(NamedTuple):
    """A notice in the language that is active: a line, a sentence or two, and what somebody wrote."""

    title: str
    text: str
    quote: str


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice. `title` and `text` hold the values as `%(name)s`."""

    name: str
    """Kept in the database, and in the links by which people stop its mail."""
    group: Text
    """The heading above it where people choose."""
    label: Text
    """What it is, for the one who chooses: "A challenge waits for your answer"."""
    title: Text
    """One line: the subject of the mail."""
    text: Text = ""
    quote: str = ""
    """The name of the value that holds what somebody wrote. It is shown as it is, in its paragraphs."""
    mail: str = Mail.NOW
    """What holds until the person chooses something else."""
    prepare: Callable[[Values], Values] = lambda values: values
    """Makes words of values that are not words yet, such as dates and states, in the active language and zone."""

    def words(self, values: Values) -> Words:
        """Raises KeyError when a value is missing."""
        ready = self.prepare(values)
        quote = str(ready[self.quote]) if self.quote else ""
        return Words(str(self.title) % ready, str(self.text) % ready, quote)


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    """Called once per kind, from the owner's `AppConfig.ready`."""
    if kind.name in _kinds:
        raise ValueError(f"the kind of notice {kind.name} is registered twice")
    _kinds[kind.name] = kind


def kind_named(name: str) -> NoticeKind:
    """Raises LookupError when no app has registered it."""
    return _kinds[name]


def all_kinds() -> Sequence[NoticeKind]:
    return tuple(_kinds.values())


def words_of(notice: Notice) -> Words:
    """In the active language. A kind that is gone after an upgrade leaves its values."""
    kind = _kinds.get(notice.kind)
    if kind is None:
        return Words(str(notice.values.get("title", notice.kind)), "", "")
    return kind.words(notice.values)
