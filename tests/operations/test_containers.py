"""The container files name what is there. They are read here, not started."""

import re
from dataclasses import fields

import pytest
import yaml

from synergy.conf import BASE_DIR, Config, read_config

pytestmark = pytest.mark.once

VARIABLES = {setting.metadata["variable"] for setting in fields(Config)}
VALUES = {
    "SITE": "synergy.example",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_PASSWORD": "letters1",
    "EMAIL_URL": "smtp+tls://user:password@mail.example:587",
    "EMAIL_FROM": "Synergy <synergy@synergy.example>",
}


@pytest.fixture
def compose():
    return yaml.safe_load((BASE_DIR / "compose.yaml").read_text())


def filled(text):
    return re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: VALUES[found[1]], text)


def test_settings_of_the_compose_file_are_settings_of_ours_and_can_be_read(compose):
    given = {name: filled(value) for name, value in compose["services"]["first"]["environment"].items()}

    assert set(given) <= VARIABLES
    config = read_config(given)
    assert config.https
    assert config.base_url == "https://synergy.example"
    assert config.redis_url
    assert "postgresql" in config.database["ENGINE"]


def test_everything_that_is_copied_is_there_and_let_in():
    words = re.findall(r"^COPY (?!--from)(.+) \S+$", (BASE_DIR / "Containerfile").read_text(), re.MULTILINE)
    copied = {word for line in words for word in line.split()}
    let_in = set(re.findall(r"^!([^/\n]+)", (BASE_DIR / ".dockerignore").read_text(), re.MULTILINE))

    assert len(copied) > 8
    assert [name for name in copied if not (BASE_DIR / name).exists()] == []
    assert copied == let_in


def test_the_proxy_asks_where_readiness_is_told(compose, client, db):
    address = re.search(r"health_uri (\S+)", compose["configs"]["caddyfile"]["content"])[1]

    assert client.get(address).status_code == 200
    assert {"first", "second"} == set(re.findall(r"(\w+):8000", compose["configs"]["caddyfile"]["content"]))
