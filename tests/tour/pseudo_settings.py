"""A language that lengthens every text, in the place of Latvian."""

import os

from tests.support.site_settings import *  # noqa: F403

LOCALE_PATHS = [os.environ["PSEUDO_LOCALE"]]
