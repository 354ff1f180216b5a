"""What a token may be good for, as the apps register it with their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_scopes: dict[str, Any] = {}
_offered: list[str] = []


def register_scope(name: str, label: Any, *, is_offered: bool = True) -> None:
    """Called once per scope, from the owner's `AppConfig.ready`. `label` is a text from `gettext_lazy`.

    One that is not offered has a page of its own where its tokens are made.
    """
    if name in _scopes:
        raise ValueError(f"the scope {name} is registered twice")
    _scopes[name] = label
    if is_offered:
        _offered.append(name)


def all_scopes() -> list[tuple[str, Any]]:
    """(name, label) in the order of registration."""
    return list(_scopes.items())


def offered_scopes() -> list[tuple[str, Any]]:
    """(name, label) of those that a person combines as they like."""
    return [(name, _scopes[name]) for name in sorted(_offered)]


def labels_of(names: Iterable[str]) -> list[str]:
    """In the active language. A scope that is gone after an upgrade keeps its name."""
    return [str(_scopes.get(name, name)) for name in names]
