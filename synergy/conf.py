"""What the environment says, read once into a typed, frozen object.

Every setting that an operator may change is a field of `Config`; the field's
metadata name its variable and say what it does, and `docs/operations.md` is
tested against them. A wrong value stops the start with the name of its variable.

Only Python's own library is imported here: `./dev` reads it before anything is installed.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1", "[::1]", "testserver"})


class ConfigError(Exception):
    """A setting that cannot be used; the message names the variable and what to do."""


def _text(value: str) -> str:
    return value


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _flag(value: str) -> bool:
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    try:
        return answers[value.lower()]
    except KeyError:
        raise ValueError("write 1 or 0") from None


def _hosts(value: str) -> tuple[str, ...]:
    hosts = tuple(word.strip() for word in value.split(",") if word.strip())
    for host in hosts:
        if not re.fullmatch(r"\*|\.?[\w.-]+|\[[0-9a-fA-F:.]+\]", host):
            raise ValueError("write names of hosts with commas, without https:// and without a port")
    return hosts


def _site_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query:
        raise ValueError("write https:// and the name of the host, without a path")
    return f"{parts.scheme}://{parts.netloc}"


def _positive(value: str) -> int:
    number = int(value) if value.isdecimal() else 0
    if number < 1:
        raise ValueError("write a whole number above 0")
    return number


def _seconds(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise ValueError("write a whole number of seconds, or 0")
    return int(value)


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError("write " + " or ".join(choices))
        return value.lower()

    return read


def _key(value: str) -> str:
    if len(value) < 50 or len(set(value)) < 5:
        raise ValueError("write at least 50 random characters")
    return value


def _metrics_key(value: str) -> str:
    if not re.fullmatch(r"[!-~]{16,}", value):
        raise ValueError("write at least 16 letters, digits and signs without a space")
    return value


def _push_key(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", value):
        raise ValueError("write what `./dev manage push_keys` prints")
    return value


def _split(value: str, *schemes: str) -> SplitResult:
    parts = urlsplit(value)
    if parts.scheme not in schemes:
        raise ValueError("start with " + " or ".join(f"{scheme}://" for scheme in schemes))
    if parts.fragment:
        raise ValueError("write a special character in the password as %XX")
    try:
        parts.port  # noqa: B018 - read for its error, which would quote the value
    except ValueError:
        raise ValueError(
            "write the port as a number and a special character in the password as %XX"
        ) from None
    return parts


def _database_url(value: str) -> str:
    parts = _split(value, "postgresql", "postgres", "sqlite")
    if parts.scheme == "sqlite" and (parts.netloc or len(parts.path) < 2):
        raise ValueError("write sqlite:/// and the full path of the file")
    if parts.scheme != "sqlite" and len(parts.path) < 2:
        raise ValueError("end with / and the name of the database")
    return value


def _redis_url(value: str) -> str:
    parts = _split(value, "redis", "rediss", "unix")
    if parts.scheme != "unix" and not parts.hostname:
        raise ValueError("name a host")
    return value


def _email_url(value: str) -> str:
    if not _split(value, "smtp", "smtps", "smtp+tls").hostname:
        raise ValueError("name a host")
    return value


def _setting(
    variable: str, read: Callable[[str], Any], default: Any, doc: str, *, secret: bool = False
) -> Any:
    """A field of `Config`. What is `secret` is in no message and no traceback."""
    about = {"variable": variable, "read": read, "doc": doc, "secret": secret}
    return field(default=default, repr=not secret, metadata=about)


@dataclass(frozen=True)
class Config:
    """All that can be set from outside. Sizes are bytes, times are seconds."""

    data_dir: Path = _setting(
        "DATA_DIR",
        _folder,
        BASE_DIR / ".synergy",
        "Folder for the database, files, mail and key of a small set-up.",
    )
    secret_key: str = _setting(
        "SECRET_KEY",
        _key,
        "",
        "Signs cookies and links; at least 50 characters, the same in all processes. "
        "Without it a key is made once and kept in `DATA_DIR`.",
        secret=True,
    )
    debug: bool = _setting("DEBUG", _flag, False, "Show error details in the browser. Never in public.")
    demo: bool = _setting(
        "DEMO", _flag, False, "Let anyone sign in as an invented person. Refuses to start with a public host."
    )
    allowed_hosts: tuple[str, ...] = _setting(
        "ALLOWED_HOSTS",
        _hosts,
        ("localhost", "127.0.0.1", "[::1]"),
        "Names of hosts that this site answers to, with commas.",
    )
    https: bool = _setting(
        "HTTPS",
        _flag,
        False,
        "The proxy in front speaks TLS and sets `X-Forwarded-Proto`: secure cookies, HSTS, redirect to https.",
    )
    site_url: str = _setting(
        "SITE_URL",
        _site_url,
        "",
        "Where people find this site, for links in mail: `https://synergy.example`. "
        "Without it: the first public name of `ALLOWED_HOSTS`.",
    )
    database_url: str = _setting(
        "DATABASE_URL",
        _database_url,
        "",
        "`postgresql://user:password@host:port/name`, with `?sslmode=require` and the like if needed. "
        "Without it: SQLite in `DATA_DIR`.",
        secret=True,
    )
    database_pool: int = _setting(
        "DATABASE_POOL", _positive, 12, "Most connections to PostgreSQL that one process opens."
    )
    redis_url: str = _setting(
        "REDIS_URL",
        _redis_url,
        "",
        "`redis://:password@host:port/0`. Needed as soon as there are two processes.",
        secret=True,
    )
    email_url: str = _setting(
        "EMAIL_URL",
        _email_url,
        "",
        "`smtp+tls://user:password@host:587`. Without it mail is written to `DATA_DIR/mail`.",
        secret=True,
    )
    email_from: str = _setting("EMAIL_FROM", _text, "Synergy <synergy@localhost>", "Sender of the mail.")
    media_dir: Path | None = _setting(
        "MEDIA_DIR", _folder, None, "Folder for pictures and files. Without it: `DATA_DIR/media`."
    )
    upload_limit: int = _setting(
        "UPLOAD_LIMIT", _positive, 10 * 1024 * 1024, "Largest file a person may upload."
    )
    pixel_limit: int = _setting("PIXEL_LIMIT", _positive, 40_000_000, "Most pixels in an uploaded picture.")
    replay_limit: int = _setting(
        "REPLAY_LIMIT",
        _positive,
        2_000,
        "Most missed events replayed to a client that returns; past it, fresh state.",
    )
    command_rate: int = _setting(
        "COMMAND_RATE",
        _positive,
        5,
        "Commands (messages, reactions, …) per second that one person may send for long.",
    )
    command_burst: int = _setting(
        "COMMAND_BURST", _positive, 40, "Commands that one person may send at once."
    )
    sockets_per_person: int = _setting(
        "SOCKETS_PER_PERSON", _positive, 12, "Most tabs one person may have open to one process."
    )

    two_steps: str = _setting(
        "TWO_STEPS",
        _one_of("optional", "organisers"),
        "optional",
        "Who needs a second step at sign-in, an app or a passkey: nobody (`optional`), or `organisers`, who get "
        "no other page before they have set one up.",
    )
    worker: str = _setting(
        "WORKER",
        _one_of("inside", "outside"),
        "inside",
        "Who does what is done after the answer, such as mail: each server `inside` itself, or "
        "`./dev manage work` beside them.",
    )
    stop_notice: int = _setting(
        "STOP_NOTICE",
        _seconds,
        3,
        "With `REDIS_URL`: how long a process that is told to stop still serves while `/ready/` says `stopping`. "
        "Longer than the proxy takes to see that.",
    )
    push_key: str = _setting(
        "PUSH_KEY",
        _push_key,
        "",
        "Signs what is pushed to browsers; `./dev manage push_keys` prints one. Without it nothing is pushed, "
        "but a demo makes its own and keeps it in `DATA_DIR`.",
        secret=True,
    )
    controller: str = _setting(
        "CONTROLLER",
        _text,
        "",
        "Who answers for people's data, with name, address and data protection officer, as the page *Your data* says it.",
    )
    metrics_key: str = _setting(
        "METRICS_KEY",
        _metrics_key,
        "",
        "Who asks for `/metrics/` sends this as a bearer token; at least 16 characters. Without it there is "
        "no such page.",
        secret=True,
    )
    log_level: str = _setting(
        "LOG_LEVEL", _one_of("debug", "info", "warning", "error"), "info", "Least weight of what is logged."
    )
    log_format: str = _setting(
        "LOG_FORMAT", _one_of("text", "json"), "text", "One line of `text` or of `json` per entry, to stderr."
    )

    def __post_init__(self) -> None:
        public = [host for host in self.allowed_hosts if host not in LOCAL_HOSTS]
        if self.demo and public:
            raise ConfigError(
                f"DEMO lets anyone sign in, so it cannot run with a public host ({', '.join(public)}). "
                "Unset DEMO, or set ALLOWED_HOSTS to localhost."
            )

    @property
    def base_url(self) -> str:
        """Scheme and host of the site, for links that are made without a request."""
        named = (host.lstrip(".*") for host in self.allowed_hosts if host not in LOCAL_HOSTS)
        host = next(filter(None, named), "localhost:8000")
        return self.site_url or f"{'https' if self.https else 'http'}://{host}"

    @property
    def media_root(self) -> Path:
        return self.media_dir or self.data_dir / "media"

    @property
    def database(self) -> dict[str, Any]:
        """Django's `DATABASES["default"]`."""
        url = urlsplit(self.database_url)
        if url.scheme in ("", "sqlite"):
            return _sqlite(unquote(url.path) or str(self.data_dir / "synergy.sqlite3"))
        options: dict[str, Any] = dict(parse_qsl(url.query))
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.removeprefix("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": options.pop("host", unquote(url.hostname or "")),
            "PORT": str(url.port or ""),
            "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": self.database_pool, "timeout": 10}},
        }

    @property
    def channel_prefix(self) -> str:
        """Redis has numbered databases for keys but none for channels: their names tell them apart."""
        return f"synergy{urlsplit(self.redis_url).path.replace('/', '-')}"

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
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[url.scheme],
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_TLS": url.scheme == "smtp+tls",
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_TIMEOUT": 10,
        }


def _sqlite(path: str) -> dict[str, Any]:
    # `synchronous=FULL` keeps what was answered `done` even when the power fails; group commit
    # shares its cost, see docs/operations.md.
    pragmas = ["journal_mode=WAL", "synchronous=FULL", "cache_size=-16000"]
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": " ".join(f"PRAGMA {pragma};" for pragma in pragmas),
        },
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
            wrong = "cannot be used" if setting.metadata["secret"] else f"is {raw!r}"
            raise ConfigError(f"{variable} {wrong}: {error}.") from None
    return Config(**values)


def make_folders(config: Config) -> None:
    """Raises ConfigError when this process cannot write where it has to."""
    for variable, folder in {"DATA_DIR": config.data_dir, "MEDIA_DIR": config.media_root}.items():
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"{variable} is {str(folder)!r}: {error.strerror}.") from None
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ConfigError(f"{variable} is {str(folder)!r}: this user cannot write there.")


def kept_secret_key(folder: Path) -> str:
    """The key in `folder`, made there with mode 0600 the first time."""
    return kept(folder / "secret_key", secrets.token_urlsafe(50))


def kept_push_key(folder: Path) -> str:
    """As `PUSH_KEY`, in `folder`."""
    return kept(folder / "push_key", secrets.token_urlsafe(32))


def kept(path: Path, fresh: str) -> str:
    """What stands in the file; `fresh` when there is none yet.

    Processes that start together get the same: it comes into being under its name as a whole.
    """
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as draft:  # mode 0600
            draft.write(fresh)
            draft.flush()
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, path)
    return path.read_text()
