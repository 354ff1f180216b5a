"""Which of the files that packages bring along are not gathered."""

from django.contrib.staticfiles import apps


class StaticFilesConfig(apps.StaticFilesConfig):
    """Without the second viewer of the API and the pages of a browsable API, which Synergy does not show."""

    ignore_patterns = [*apps.StaticFilesConfig.ignore_patterns, "redoc", "rest_framework"]
