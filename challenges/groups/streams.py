"""The stream kinds `mix` and `groups`: see the Note [Two streams for one mix] in `events`."""

from __future__ import annotations

from challenges.groups import events
from challenges.groups.commands import MIX_COMMANDS
from challenges.groups.queries import (
    groups_for,
    groups_readers,
    groups_state_of,
    mix_for,
    mix_readers,
    mix_state_of,
)
from synergy.live.kinds import StreamKind

MIX = StreamKind(
    name="mix",
    find=mix_for,
    state=mix_state_of,
    readers=mix_readers,
    events=(events.MixProposed, events.MixChanged, events.MixPublished),
    commands=MIX_COMMANDS,
)

GROUPS = StreamKind(
    name="groups",
    find=groups_for,
    state=groups_state_of,
    readers=groups_readers,
    events=(events.GroupsPublished, events.GroupsChanged),
)
