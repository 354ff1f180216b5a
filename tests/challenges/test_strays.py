"""Files of challenges that nothing refers to any more."""

from datetime import timedelta
from io import StringIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from challenges.actions import attach_file
from challenges.actions.strays import delete_strays
from synergy.strays import PATIENCE
from tests.factories import NOON


def test_a_file_without_row_goes_and_others_stay(draft, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert delete_strays(NOON) == 0
    kept = attach_file(
        person=draft.author,
        challenge=draft.seen_by(draft.author),
        name="list.txt",
        content=b"One",
        now=NOON,
    ).file.name
    stray = default_storage.save("challenges/2026/01/stray.txt", ContentFile(b"Two"))
    now = timezone.now()
    assert delete_strays(now) == 0
    assert delete_strays(now + PATIENCE + timedelta(minutes=1)) == 1
    assert default_storage.exists(kept)
    assert not default_storage.exists(stray)


def test_the_daily_command_does_both(db):
    out = StringIO()
    call_command("tidy", stdout=out)
    assert [line.partition(" ")[0] for line in out.getvalue().splitlines()] == ["Removed"] * 4
    assert "files of challenges" in out.getvalue()
