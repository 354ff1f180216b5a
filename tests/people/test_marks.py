"""The marks of `{% load synergy %}`."""

from datetime import UTC, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

NOON = datetime(2026, 2, 10, 11, 30, tzinfo=UTC)


def drawn(source, **context):
    return Template("{% load synergy %}" + source).render(Context(context))


def person(name="Boros Péterné", country="HU", picture=None):
    return SimpleNamespace(name=name, country=country, picture=picture)


def test_an_icon_says_nothing_to_a_screen_reader():
    svg = drawn('{% icon "pin" %}')
    assert 'aria-hidden="true"' in svg
    assert 'icons.svg#i-pin"' in svg


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Boros Péterné", "BP"), ("ľubica hrušková", "ĽH"), ("Димитър Колев Иванов", "ДК"), ("Anna", "A")],
)
def test_initials_are_those_of_the_first_two_words(name, letters):
    assert letters in drawn("{% avatar person %}", person=person(name))


def test_an_avatar_shows_the_seat_or_the_picture():
    assert 'data-c="hu"' in drawn('{% avatar person size="s" %}', person=person())
    assert "<img" not in drawn("{% avatar person %}", person=person())
    assert 'src="/people/1/"' in drawn("{% avatar person %}", person=person(picture="/people/1/"))


def test_a_name_stands_apart_in_its_own_language():
    assert drawn("{% person_name person %}", person=person()) == '<bdi lang="hu">Boros Péterné</bdi>'
    assert drawn("{% person_name person %}", person=person("<b>", "")) == "<bdi>&lt;b&gt;</bdi>"


def test_a_country_has_a_code_and_a_name():
    assert 'title="Hungary">HU</abbr>' in drawn('{% country "HU" %}')
    assert drawn('{% country "XX" %}') == ""


def test_times_are_in_the_zone_of_the_reader_and_name_it():
    with timezone.override(ZoneInfo("Europe/Riga")), translation.override("en"):
        clock = drawn("{% clock at %}", at=NOON)
        moment = drawn("{% moment at %}", at=NOON)
    assert clock.endswith('title="10 February 2026, 13:30 (Riga time)">13:30</time>')
    assert moment.endswith(">10 February, 13:30 (Riga time)</time>")
