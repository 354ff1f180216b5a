"""A real chat through the real doors, at high speed, with readers who drop out all the time."""

from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"


@pytest.mark.timeout(300)
def test_replay_of_a_real_chat_loses_nothing(either):
    said = either.site.manage(
        *["replay_chat", str(DATA / "chat_ubuntu-meeting_2.json"), "--room", str(either.room)],
        *["--speed", "6000", "--clients", "30", "--seed", "1"],
        *[word for url in either.urls for word in ("--url", url)],
    )

    assert "1026 of 1026 lines said by 87 people, 190 of them in threads" in said
    assert "Every line arrived exactly once, in order, at every reader" in said
    messages = either.audit()["messages"]
    assert len(messages) == 1026
