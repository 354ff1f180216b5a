"""The stream kind `person`: what is new for one person, for nobody else to follow."""

from __future__ import annotations

from synergy.live.kinds import StreamKind
from synergy.notices.commands import PERSON_COMMANDS
from synergy.notices.events import NoticesCounted
from synergy.notices.queries import only_oneself, self_for, state_of_self

PERSON = StreamKind(
    name="person",
    find=self_for,
    state=state_of_self,
    readers=only_oneself,
    events=(NoticesCounted,),
    commands=PERSON_COMMANDS,
)
