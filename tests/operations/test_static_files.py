"""While processes are upgraded one after the other, a page of the next version asks the old one for its files."""

import contextlib

import pytest

from synergy.static_files import StaticFiles

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # an answer that is closed looks after the database


def test_what_was_gathered_after_the_start_is_served_and_nothing_else(settings, tmp_path, rf):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = settings.DEBUG = False
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "old.1a2b.js").write_text("old")
    (tmp_path / "secret_key").write_text("secret")
    serve = StaticFiles(lambda request: None)
    (settings.STATIC_ROOT / "new.3c4d.js").write_text("new")

    def text_of(path):
        answer = serve(rf.generic("GET", path))
        if answer is None:
            return None
        with contextlib.closing(answer):
            return b"".join(answer.streaming_content).decode()

    assert text_of("/static/old.1a2b.js") == "old"
    assert text_of("/static/new.3c4d.js") == "new"
    for path in (
        "/static/",
        "/static/none.js",
        "/static/../secret_key",
        "/static/%00",
        "/static/%2e%2e/secret_key",
    ):
        assert text_of(path) is None, path
