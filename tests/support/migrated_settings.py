"""The settings of a real process whose tables come from the migrations, as an operator's do."""

from tests.support.site_settings import *  # noqa: F403

MIGRATION_MODULES: dict[str, str] = {}
