"""One entry, one line, with the facts beside the message."""

import json
import logging
import sys

from synergy.logs import JsonLines, TextLines


def record(message, *values, error=None, **facts):
    made = logging.LogRecord("synergy.live", logging.WARNING, "file.py", 1, message, values, error)
    vars(made).update(facts, created=1_763_805_600.25)
    return made


def test_text_for_people():
    line = TextLines().format(record("reader dropped after %d events", 100, person=7, stream="room:3"))

    assert line == (
        "2025-11-22T10:00:00.250Z WARNING synergy.live: reader dropped after 100 events person=7 stream='room:3'"
    )


def test_json_for_programs():
    line = JsonLines().format(record("reader dropped", person=7, text="Āģenskalns"))

    assert json.loads(line) == {
        "time": "2025-11-22T10:00:00.250Z",
        "level": "warning",
        "logger": "synergy.live",
        "message": "reader dropped",
        "person": 7,
        "text": "Āģenskalns",
    }


def test_a_line_break_from_outside_cannot_pose_as_an_entry():
    assert "\n" not in TextLines().format(record("unknown op %s", "x\n2025 INFO all is well"))
    assert "\n" not in JsonLines().format(record("unknown op %s", "x\n2025 INFO all is well"))


def test_an_error_brings_its_traceback():
    try:
        raise ValueError("no such seat")
    except ValueError:
        failed = record("failed", error=sys.exc_info())

    assert TextLines().format(failed).endswith("ValueError: no such seat")
    assert "ValueError: no such seat" in json.loads(JsonLines().format(failed))["exception"]
