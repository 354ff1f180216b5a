"""The settings of a process that is of the next version: it has one migration more."""

from tests.support.site_settings import *  # noqa: F403
from tests.support.site_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.next_version"]
