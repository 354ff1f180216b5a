"""What a token may be good for, as the apps register it with their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_scopes: dict[str, Any] = {}


def register_scope(name: str, label: Any) -> None:
    """Called once per scope, from the owner's `AppConfig.ready`. `label` is a text from `gettext_lazy`."""
    if name in _scopes:
        raise ValueError(f"the scope {name} is registered twice")
    _scopes[name] = label


def all_scopes() -> list[tuple[str, Any]]:
    """(name, label) in the order of registration."""
    return list(_scopes.items())


def labels_of(names: Iterable[str]) -> list[str]:
    """In the active language. A scope that is gone after an upgrade keeps its name."""
    return [str(_scopes.get(name, name)) for name in names]
