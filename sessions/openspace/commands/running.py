from synergy.live.kinds import Command

RUNNING_COMMANDS: tuple[Command, ...] = ()
