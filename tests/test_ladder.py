"""Foreign keys climb no rung of the ladder that imports are held to (see pyproject.toml)."""

import pytest
from django.apps import apps

pytestmark = pytest.mark.once

LADDER = [
    "operations",
    "plan_exchange",
    "plans",
    "consultations",
    "task_groups",
    "challenges",
    "openspace",
    "training",
    "rooms",
    "hooks",
    "cohorts",
    "notices",
    "keys",
    "people",
    "search",
    "live",
    "journal",
    "queue",
    "audit",
]


def _relations():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.is_relation and field.related_model:
                yield (
                    model._meta.app_label,
                    field.related_model._meta.app_label,
                    f"{model.__name__}.{field.name}",
                )


def _climbs(app, other):
    return app in LADDER and other in LADDER and LADDER.index(other) < LADDER.index(app)


def test_every_app_stands_on_the_ladder():
    ours = {
        config.label for config in apps.get_app_configs() if config.name.split(".")[0] not in _installed()
    }
    assert ours == set(LADDER)


def _installed():
    """The first part of the name of every app that comes in a package."""
    return {
        "django",
        "allauth",
        "rest_framework",
        "drf_spectacular",
        "drf_spectacular_sidecar",
        "daphne",
        "django_tasks_db",
        "channels",
    }


def test_relations_point_down():
    relations = list(_relations())

    assert ("rooms", "people", "Message.author") in relations  # it does see them
    assert [name for app, other, name in relations if _climbs(app, other)] == []


def test_climbing_is_noticed():
    assert _climbs("people", "rooms")
    assert not _climbs("rooms", "people")
