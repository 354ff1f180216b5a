"""Every text of server and browser is translated into every language, and what is compiled is what is written."""

import re
import shutil
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command

pytestmark = pytest.mark.once

LOCALE = Path(settings.LOCALE_PATHS[0])
LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]
DOMAINS = ["django", "djangojs"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")
catalogs = pytest.mark.parametrize(
    ("language", "domain"), [(language, domain) for language in LANGUAGES for domain in DOMAINS]
)


def catalog(language, domain, suffix="po", folder=LOCALE):
    path = folder / language / "LC_MESSAGES" / f"{domain}.{suffix}"
    return polib.pofile(str(path)) if suffix == "po" else polib.mofile(str(path))


def key(entry):
    return entry.msgctxt, entry.msgid


def texts(entry):
    return [*entry.msgstr_plural.values()] if entry.msgid_plural else [entry.msgstr]


@catalogs
def test_everything_is_translated(language, domain):
    entries = [entry for entry in catalog(language, domain) if not entry.obsolete]
    assert len(entries) > 100
    assert [entry.msgid for entry in entries if entry.fuzzy or not all(texts(entry))] == []


@catalogs
def test_placeholders_are_kept(language, domain):
    wrong = []
    for entry in catalog(language, domain):
        allowed = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
        needed = set(PLACEHOLDER.findall(entry.msgid)) if not entry.msgid_plural else set()
        wrong += [
            entry.msgid for text in texts(entry) if not needed <= set(PLACEHOLDER.findall(text)) <= allowed
        ]
    assert wrong == []


@catalogs
def test_what_is_compiled_is_what_is_written(language, domain):
    written = {key(entry): texts(entry) for entry in catalog(language, domain) if not entry.obsolete}
    compiled = {key(entry): texts(entry) for entry in catalog(language, domain, "mo")}
    assert compiled == written


def test_no_text_is_missing_from_the_catalogs(tmp_path, settings, monkeypatch):
    assert shutil.which("xgettext"), "xgettext is missing: apt-get install gettext"
    monkeypatch.chdir(LOCALE.parents[1])
    folder = tmp_path / "locale"
    shutil.copytree(LOCALE, folder)
    settings.LOCALE_PATHS = [str(folder)]
    for domain in DOMAINS:
        call_command(
            "makemessages",
            locale=["pl"],
            domain=domain,
            ignore_patterns=["node_modules", ".venv", "static/dist", "tests", ".synergy", "synergy/locale"],
            verbosity=0,
        )
        found = {key(entry) for entry in catalog("pl", domain, folder=folder) if not entry.obsolete}
        assert len(found) > 100
        assert found - {key(entry) for entry in catalog("pl", domain)} == set()
