"""The settings of a real process in a test: all as in production, only nothing to collect first."""

from synergy.settings import *  # noqa: F403
from synergy.settings import PLAIN_FILES, STATIC_ROOT, STORAGES

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
