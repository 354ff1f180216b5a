"""Synergy's settings, with the few differences that tests need."""

import os

from synergy.settings import *  # noqa: F403
from synergy.settings import CONFIG, DATABASES, INSTALLED_APPS, PLAIN_FILES, STATIC_ROOT, STORAGES
from tests.support.tables import from_models

# A file, because threads that share an in-memory database get errors that a real one never gives.
if not CONFIG.database_url:
    DATABASES["default"]["TEST"] = {"NAME": str(CONFIG.data_dir / "test.sqlite3")}

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
WHITENOISE_USE_FINDERS = True
# Files are looked for when they are asked for: every client of a test would list all of them before.
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if os.environ.get("SYNERGY_TEST_TABLES") == "models":
    MIGRATION_MODULES = from_models(INSTALLED_APPS)
