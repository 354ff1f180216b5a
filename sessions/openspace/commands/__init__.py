"""What the doors accept in a gathering and for a topic's report: name → shape, rule, action."""

from sessions.openspace.commands.preparing import PREPARING_COMMANDS
from sessions.openspace.commands.reports import REPORT_COMMANDS
from sessions.openspace.commands.running import RUNNING_COMMANDS
from sessions.openspace.commands.wall import WALL_COMMANDS

GATHERING_COMMANDS = (*PREPARING_COMMANDS, *WALL_COMMANDS, *RUNNING_COMMANDS)
TOPIC_COMMANDS = REPORT_COMMANDS
