from synergy.live.kinds import Command

REPORT_COMMANDS: tuple[Command, ...] = ()
