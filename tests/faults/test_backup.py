"""Backup and restore with real servers: from the first release to this version, and from one database to the other."""

import io
import json
import re
import tarfile
from contextlib import ExitStack
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from synergy.conf import BASE_DIR
from tests.support.processes import Site
from tests.support.services import Postgres

FIRST_RELEASE = BASE_DIR / "tests" / "data" / "release_0.1.0.tar.gz"
MIGRATED = {"DEMO": "1", "DJANGO_SETTINGS_MODULE": "tests.support.migrated_settings"}
# What Django itself fills in anew after each upgrade.
DJANGOS_OWN = {"rows/auth_permission.jsonl", "rows/django_content_type.jsonl"}

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def postgres():
    with Postgres() as server:
        yield server


def content_of(path):
    with tarfile.open(path) as archive:
        names = sorted(set(archive.getnames()) - {"manifest.json"} - DJANGOS_OWN)
        return {name: archive.extractfile(name).read() for name in names}


class Browser:
    """Keeps cookies; gives (status, text)."""

    def __init__(self, site):
        self._site, self._opener = site, build_opener(HTTPCookieProcessor(CookieJar()))

    def open(self, address, **form):
        data = urlencode(form).encode() if form else None
        request = Request(self._site.url + address, data, {"Referer": self._site.url})
        try:
            with self._opener.open(request) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as error:
            return error.code, ""


def pages_of(site):
    """{address: status} of every page that the first pages of an invented person lead to."""
    browser, found = Browser(site), {}
    _status, page = browser.open("/accounts/demo/people/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    person = re.search(r'name="person" value="(\d+)"', page)[1]
    assert browser.open("/accounts/demo/", csrfmiddlewaretoken=token, person=person)[0] == 200
    # What was there before the search was is found, too.
    assert "mark>" in browser.open("/search/?q=letters")[1]
    for start in ("/", "/challenges/", "/plans/"):
        for address in re.findall(r'href="(/[^"#?]*)"', browser.open(start)[1]):
            if address not in found and not address.startswith("/static/"):
                found[address] = browser.open(address)[0]
    return found


TRIES = """
import sys, django
django.setup()
from django.core.management import CommandError, call_command
for path in sys.argv[1:]:
    try:
        call_command("restore", path)
    except CommandError as error:
        print(f"refused: {error}")
"""


def refuses(site, *tries):
    """Tries one file after the other; `tries` are the files and why each is refused."""
    told, _nothing = site.open_python("-c", TRIES, *(str(path) for path, _why in tries)).communicate()
    refusals = re.findall(r"^refused: .*", told, re.MULTILINE)
    for refusal, (_path, why) in zip(refusals, tries, strict=True):
        assert why in refusal


def changed(path, member_name, change):
    """A copy of the first release in which one table's lines are other ones."""
    with tarfile.open(FIRST_RELEASE) as old, tarfile.open(path, "w:gz") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == member_name:
                content = b"".join(change(content.splitlines(keepends=True)))
                member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return path


def unknown_cohort(lines):
    names, *rows = map(json.loads, lines)
    rows[0][names.index("cohort_id")] = 999_999
    return [json.dumps(line).encode() + b"\n" for line in (names, *rows)]


def test_from_the_first_release_to_this_version_and_from_one_database_to_the_other(postgres, tmp_path):
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(FIRST_RELEASE.read_bytes()[:50_000])
    with ExitStack() as stack:
        large = Site(database_url=postgres.create_database("restored"), environment=MIGRATED)
        small = Site(environment=MIGRATED)

        # Too few messages, and a room of no cohort: nothing of all the rest stays, and the next try finds it empty.
        fewer = changed(tmp_path / "fewer.tar.gz", "rows/rooms_message.jsonl", lambda lines: lines[:-1])
        homeless = changed(tmp_path / "homeless.tar.gz", "rows/rooms_room.jsonl", unknown_cohort)
        why = "rooms_message has 53 rows instead of 54"
        refuses(large, (damaged, "damaged.tar.gz cannot be restored"), (fewer, why))
        refuses(small, (homeless, "homeless.tar.gz cannot be restored"))
        assert not [
            file for site in (small, large) for file in site.data_dir.glob("media/**/*") if file.is_file()
        ]

        assert "24 people, 54 messages" in large.manage("restore", str(FIRST_RELEASE))
        refuses(large, (FIRST_RELEASE, "The database is not empty"))
        large.manage("backup", str(tmp_path / "large.tar.gz"))
        small.manage("restore", str(tmp_path / "large.tar.gz"))
        small.manage("backup", str(tmp_path / "small.tar.gz"))
        stack.enter_context(small)
        answers = pages_of(small)

        old, there, back = map(
            content_of, (FIRST_RELEASE, tmp_path / "large.tar.gz", tmp_path / "small.tar.gz")
        )
        assert there == back
        assert {
            name: old[name] for name in old if name.startswith(("media/", "rows/rooms_", "rows/journal_"))
        } == {
            name: there[name] for name in old if name.startswith(("media/", "rows/rooms_", "rows/journal_"))
        }
        assert len(answers) > 15
        assert set(answers.values()) == {200}, answers
        assert (
            Path(small.data_dir, "secret_key").read_text() == Path(large.data_dir, "secret_key").read_text()
        )
