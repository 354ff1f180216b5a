"""The settings of the process that browsers look at: it soon finds what tests write beside it."""

from synergy.live import limits
from tests.support.site_settings import *  # noqa: F403

limits.HEARTBEAT = 1.0
