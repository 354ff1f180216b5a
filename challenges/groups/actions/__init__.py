"""What is done to task groups: one function for each thing."""

from challenges.groups.actions.adding import add_group
from challenges.groups.actions.moving import keep_out, lock_person, move_person
from challenges.groups.actions.proposing import propose_mix
from challenges.groups.actions.publishing import publish_mix

__all__ = ["add_group", "keep_out", "lock_person", "move_person", "propose_mix", "publish_mix"]
