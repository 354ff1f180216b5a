"""Synergy's settings, with the few differences that tests need."""

from synergy.settings import *  # noqa: F403
from synergy.settings import CHANNEL_LAYERS, CONFIG, DATABASES, STATIC_ROOT, STORAGES
from tests.support import stack

# A file, because threads that share an in-memory database get errors that a real one never gives.
if not CONFIG.database_url:
    DATABASES["default"]["TEST"] = {"NAME": str(CONFIG.data_dir / "test.sqlite3")}

# Redis has databases for keys but none for channels.
if CONFIG.redis_url:
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"worker{stack.worker()}"

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
