from synergy.live.kinds import Command

WALL_COMMANDS: tuple[Command, ...] = ()
