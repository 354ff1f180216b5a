"""The settings of a real process in a test: all as in production, only nothing to collect first."""

from synergy.settings import *  # noqa: F403
from synergy.settings import STATIC_ROOT, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
