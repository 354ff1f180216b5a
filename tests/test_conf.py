"""The environment is read once, and what is wrong in it is named."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields

import pytest

from synergy.conf import BASE_DIR, Config, ConfigError, kept_secret_key, make_folders, read_config

pytestmark = pytest.mark.once

KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_nothing_set_is_sqlite_in_one_process_on_this_machine():
    config = read_config({})

    assert config == Config()
    assert config.database["ENGINE"] == "django.db.backends.sqlite3"
    assert config.database["NAME"] == str(BASE_DIR / ".synergy" / "synergy.sqlite3")
    assert config.redis_url == ""
    assert config.email["EMAIL_FILE_PATH"] == str(BASE_DIR / ".synergy" / "mail")
    assert not config.demo
    assert not config.debug


def test_empty_and_blank_are_as_if_not_set():
    assert read_config({"DATABASE_URL": "", "UPLOAD_LIMIT": "  "}) == Config()


@pytest.mark.parametrize(
    ("variable", "value", "advice"),
    [
        ("DEBUG", "perhaps", "write 1 or 0"),
        ("DEMO", "2", "write 1 or 0"),
        ("HTTPS", "on", "write 1 or 0"),
        ("ALLOWED_HOSTS", "https://synergy.example", "without https://"),
        ("ALLOWED_HOSTS", "synergy.example:8000", "without a port"),
        ("SITE_URL", "synergy.example", "write https://"),
        ("SITE_URL", "https://synergy.example/live/", "without a path"),
        ("SECRET_KEY", "short", "at least 50"),
        ("SECRET_KEY", "a" * 60, "at least 50 random"),
        ("DATABASE_URL", "mysql://root@localhost/synergy", "start with postgresql://"),
        ("DATABASE_URL", "postgresql://localhost", "name of the database"),
        ("DATABASE_URL", "postgresql://me:p#w@localhost/synergy", "as %XX"),
        ("DATABASE_URL", "postgresql://localhost:port/synergy", "port as a number"),
        ("DATABASE_URL", "sqlite://synergy.sqlite3", "full path"),
        ("DATABASE_POOL", "0", "above 0"),
        ("REDIS_URL", "localhost:6379", "start with redis://"),
        ("REDIS_URL", "redis://", "name a host"),
        ("EMAIL_URL", "http://mail.example", "start with smtp://"),
        ("EMAIL_URL", "smtp://", "name a host"),
        ("UPLOAD_LIMIT", "10MB", "whole number"),
        ("PIXEL_LIMIT", "-1", "above 0"),
        ("REPLAY_LIMIT", "1.5", "whole number"),
        ("COMMAND_RATE", "many", "whole number"),
        ("COMMAND_BURST", "0", "above 0"),
        ("SOCKETS_PER_PERSON", "two", "whole number"),
        ("STOP_NOTICE", "-1", "or 0"),
        ("PUSH_KEY", "short", "push_keys"),
        ("WORKER", "both", "write inside or outside"),
        ("LOG_LEVEL", "loud", "write debug or info"),
        ("LOG_FORMAT", "xml", "write text or json"),
    ],
)
def test_a_wrong_value_is_named_with_what_to_write(variable, value, advice):
    with pytest.raises(ConfigError, match=rf"^{variable} .*{re.escape(advice)}"):
        read_config({variable: value})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DATABASE_URL", "postgres://ann:geheim@db:x/synergy"),
        ("DATABASE_URL", "ann:geheim@db/synergy"),
        ("REDIS_URL", "http://:geheim@redis"),
        ("EMAIL_URL", "smtp://ann:geheim@"),
        ("SECRET_KEY", "geheim"),
    ],
)
def test_a_password_is_never_echoed(variable, value):
    with pytest.raises(ConfigError, match=variable) as refused:
        read_config({variable: value})
    assert "geheim" not in str(refused.value)


def test_a_password_is_not_in_a_traceback_either():
    config = read_config(
        {
            "DATABASE_URL": "postgresql://ann:geheim@db/synergy",
            "REDIS_URL": "redis://:geheim@redis",
            "EMAIL_URL": "smtp://ann:geheim@mail",
            "SECRET_KEY": KEY,
            "EMAIL_FROM": "Training <training@office.example>",
        }
    )

    assert "training@office.example" in repr(config)
    assert "geheim" not in repr(config)
    assert KEY not in repr(config)


@pytest.mark.parametrize("host", ["synergy.example", "*", ".example", "10.0.0.5"])
def test_demo_refuses_a_public_host(host):
    assert read_config({"DEMO": "1", "ALLOWED_HOSTS": "localhost,127.0.0.1"}).demo
    with pytest.raises(ConfigError, match="DEMO lets anyone sign in") as refused:
        read_config({"DEMO": "1", "ALLOWED_HOSTS": f"localhost,{host}"})
    assert host in str(refused.value)


def test_a_postgresql_url_is_taken_apart():
    url = "postgresql://ann%40office:p%2Fw%23@db.example:5433/syn%C4%93rgija?sslmode=require"
    database = read_config({"DATABASE_URL": url, "DATABASE_POOL": "5"}).database

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "synērgija",
        "USER": "ann@office",
        "PASSWORD": "p/w#",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require", "pool": {"min_size": 1, "max_size": 5, "timeout": 10}},
    }


def test_a_postgresql_socket_is_named_as_libpq_does():
    database = read_config({"DATABASE_URL": "postgresql:///synergy?host=/run/postgresql"}).database

    assert (database["HOST"], database["NAME"]) == ("/run/postgresql", "synergy")
    assert "host" not in database["OPTIONS"]


def test_a_sqlite_url_names_a_file():
    assert read_config({"DATABASE_URL": "sqlite:///srv/a%20b.sqlite3"}).database["NAME"] == "/srv/a b.sqlite3"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtp+tls://ann:p%40w@mail.example", 587, True, False),
        ("smtps://mail.example:4650", 4650, False, True),
    ],
)
def test_mail_goes_by_smtp_once_there_is_a_url(url, port, tls, ssl):
    email = read_config({"EMAIL_URL": url}).email

    assert email["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert (email["EMAIL_HOST"], email["EMAIL_PORT"]) == ("mail.example", port)
    assert (email["EMAIL_USE_TLS"], email["EMAIL_USE_SSL"]) == (tls, ssl)
    assert email["EMAIL_HOST_PASSWORD"] in ("", "p@w")


def test_two_installations_on_one_redis_have_channels_of_their_own():
    first = read_config({"REDIS_URL": "redis://localhost/0"})
    second = read_config({"REDIS_URL": "redis://localhost/1"})

    assert first.channel_prefix != second.channel_prefix


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    config = read_config({"DATA_DIR": str(tmp_path / "file" / "data")})

    with pytest.raises(ConfigError, match=r"^DATA_DIR is '.*/file/data'"):
        make_folders(config)


def test_the_key_is_made_once_for_its_owner_alone(tmp_path):
    key = kept_secret_key(tmp_path)

    assert len(key) >= 50
    assert kept_secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_processes_that_start_together_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as threads:
        keys = set(threads.map(lambda _: kept_secret_key(tmp_path), range(40)))

    assert len(keys) == 1


def test_operations_page_lists_every_setting_as_it_is():
    page = (BASE_DIR / "docs" / "operations.md").read_text()
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", page, re.MULTILINE)

    assert rows == [
        (setting.metadata["variable"], _as_shown(setting.default), setting.metadata["doc"])
        for setting in fields(Config)
    ]


def _as_shown(default):
    if default in ("", None):
        return "–"
    if isinstance(default, bool):
        return "`1`" if default else "`0`"
    if isinstance(default, tuple):
        return f"`{','.join(default)}`"
    return f"`{str(default).removeprefix(f'{BASE_DIR}/')}`"


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({}, "http://localhost:8000"),
        ({"ALLOWED_HOSTS": "localhost,synergy.example", "HTTPS": "1"}, "https://synergy.example"),
        ({"ALLOWED_HOSTS": ".synergy.example"}, "http://synergy.example"),
        ({"ALLOWED_HOSTS": "*"}, "http://localhost:8000"),
        (
            {"ALLOWED_HOSTS": "inside.example", "SITE_URL": "https://synergy.example/"},
            "https://synergy.example",
        ),
    ],
)
def test_links_in_mail_lead_to_the_site(environment, url):
    assert read_config(environment).base_url == url
