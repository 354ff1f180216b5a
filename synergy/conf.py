"""What the environment says, read once into a typed, frozen object.

Every setting that an operator may change is a field of `Config`; the field's
metadata name its variable and say what it does, and `docs/operations.md` is
tested against them. A wrong value stops the start with the name of its variable.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", "[::1]", "testserver"})


class ConfigError(Exception):
    """A setting that cannot be used; the message names the variable and what to do."""


def _text(value: str) -> str:
    return value


def _flag(value: str) -> bool:
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    try:
        return answers[value.lower()]
    except KeyError:
        raise ValueError("write 1 or 0") from None


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _positive(value: str) -> int:
    number = int(value) if value.isdecimal() else 0
    if number < 1:
        raise ValueError("write a whole number above 0")
    return number


def _url(*schemes: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes:
            raise ValueError("start with " + " or ".join(f"{scheme}://" for scheme in schemes))
        parts.port  # noqa: B018 - raises ValueError for a bad port
        return value

    return read


def _setting(variable: str, read: Callable[[str], Any], default: Any, doc: str) -> Any:
    return field(default=default, metadata={"variable": variable, "read": read, "doc": doc})


@dataclass(frozen=True)
class Config:
    """All that can be set from outside. Sizes are bytes, times are seconds."""

    data_dir: Path = _setting(
        "DATA_DIR", Path, BASE_DIR / ".synergy", "Folder for the database, files, mail and key of a small set-up."
    )
    secret_key: str = _setting(
        "SECRET_KEY", _text, "", "Signs cookies and links. Without it a key is made once and kept in `DATA_DIR`."
    )
    debug: bool = _setting("DEBUG", _flag, False, "Show error details in the browser. Never in public.")
    demo: bool = _setting(
        "DEMO", _flag, False, "Let anyone sign in as an invented person. Refuses to start with a public host."
    )
    allowed_hosts: tuple[str, ...] = _setting(
        "ALLOWED_HOSTS", _words, ("localhost", "127.0.0.1", "[::1]"), "Host names this site answers to, with commas."
    )
    https: bool = _setting(
        "HTTPS", _flag, False, "The proxy in front speaks TLS: secure cookies, HSTS, redirect to https."
    )
    database_url: str = _setting(
        "DATABASE_URL",
        _url("sqlite", "postgresql", "postgres"),
        "",
        "`postgresql://user:password@host:port/name`. Without it: SQLite in `DATA_DIR`.",
    )
    redis_url: str = _setting(
        "REDIS_URL",
        _url("redis", "rediss", "unix"),
        "",
        "`redis://host:port/0`. Needed as soon as there are two processes.",
    )
    email_url: str = _setting(
        "EMAIL_URL",
        _url("smtp", "smtps", "smtp+tls"),
        "",
        "`smtp+tls://user:password@host:587`. Without it mail is written to `DATA_DIR/mail`.",
    )
    email_from: str = _setting("EMAIL_FROM", _text, "Synergy <synergy@localhost>", "Sender of the mail.")
    media_dir: Path | None = _setting(
        "MEDIA_DIR", Path, None, "Folder for pictures and files. Without it: `DATA_DIR/media`."
    )
    upload_limit: int = _setting("UPLOAD_LIMIT", _positive, 10 * 1024 * 1024, "Largest file a person may upload.")
    pixel_limit: int = _setting("PIXEL_LIMIT", _positive, 40_000_000, "Most pixels in an uploaded picture.")
    replay_limit: int = _setting(
        "REPLAY_LIMIT", _positive, 2_000, "Most missed events replayed to a client that returns; past it, fresh state."
    )
    sockets_per_person: int = _setting(
        "SOCKETS_PER_PERSON", _positive, 12, "Most tabs one person may have open to one process."
    )

    def __post_init__(self) -> None:
        public = [host for host in self.allowed_hosts if host not in LOCAL_HOSTS]
        if self.demo and public:
            raise ConfigError(
                f"DEMO lets anyone sign in, so it cannot run with a public host ({', '.join(public)}). "
                "Unset DEMO, or set ALLOWED_HOSTS to localhost."
            )

    @property
    def media_root(self) -> Path:
        return self.media_dir or self.data_dir / "media"

    @property
    def database(self) -> dict[str, Any]:
        """Django's `DATABASES["default"]`."""
        url = urlsplit(self.database_url)
        if url.scheme in ("", "sqlite"):
            name = unquote(url.path) if url.path else str(self.data_dir / "synergy.sqlite3")
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": name,
                "OPTIONS": {
                    "transaction_mode": "IMMEDIATE",
                    "timeout": 10,
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
                },
            }
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
            "OPTIONS": {"pool": {"min_size": 2, "max_size": 12, "timeout": 10}},
        }

    @property
    def email(self) -> dict[str, Any]:
        """Django's e-mail settings: SMTP by `EMAIL_URL`, else files."""
        if not self.email_url:
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": str(self.data_dir / "mail"),
            }
        url = urlsplit(self.email_url)
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": url.hostname or "localhost",
            "EMAIL_PORT": url.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[url.scheme],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_TLS": url.scheme == "smtp+tls",
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_TIMEOUT": 10,
        }


def read_config(environ: Mapping[str, str] = os.environ) -> Config:
    """Reads and checks all variables.

    Raises ConfigError with the name of the first wrong variable.
    """
    values: dict[str, Any] = {}
    for setting in fields(Config):
        variable = setting.metadata["variable"]
        raw = environ.get(variable, "").strip()
        if not raw:
            continue
        try:
            values[setting.name] = setting.metadata["read"](raw)
        except ValueError as error:
            raise ConfigError(f"{variable} is {raw!r}: {error}.") from None
    return Config(**values)


def kept_secret_key(folder: Path) -> str:
    """The key in `folder`, made there with mode 0600 the first time."""
    path = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()
