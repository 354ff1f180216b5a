"""The baseline's settings: what the tutorial says, with SQLite set as well as Synergy sets it."""

import os
from pathlib import Path

DATA = Path(os.environ["DATA_DIR"])
SECRET_KEY = "only for the bench"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["daphne", "channels", "tests.bench.textbook.apps.TextbookConfig"]
ASGI_APPLICATION = "tests.bench.textbook.asgi.application"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "textbook.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }
}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
