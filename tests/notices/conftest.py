import pytest

from synergy.notices import kinds
from tests.factories import make_person
from tests.factories.notices import make_kind
from tests.support.smtp import SmtpServer


@pytest.fixture
def kind(monkeypatch):
    """The one kind there is."""
    monkeypatch.setattr(kinds, "_kinds", {})
    return make_kind()


@pytest.fixture
def anna(db, kind):
    return make_person("Anna", email="anna@office.example")


@pytest.fixture
def smtp(settings):
    with SmtpServer() as server:
        for name, value in server.settings.items():
            setattr(settings, name, value)
        yield server
