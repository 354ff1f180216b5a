"""Tables at once from the models, without the steps by which they came about."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import AppConfig

# Its index is no table of Django's: only its migration knows how it is made.
KEPT = {"search"}


def from_models(installed: Iterable[str]) -> dict[str, None]:
    """Django's `MIGRATION_MODULES`."""
    labels = {AppConfig.create(entry).label for entry in installed}
    return dict.fromkeys(sorted(labels - KEPT))
