"""The settings of a real process in a test: all as in production, only nothing to collect first."""

from synergy.settings import *  # noqa: F403
from synergy.settings import INSTALLED_APPS, PLAIN_FILES, STATIC_ROOT, STORAGES
from tests.support.tables import from_models

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Tables are made at once from the models. The migrations are run for every other test, on both databases.
MIGRATION_MODULES = from_models(INSTALLED_APPS)
