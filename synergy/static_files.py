"""Which of the files that packages bring along are not gathered, and how those that are gathered are served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import apps
from django.http import HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesConfig(apps.StaticFilesConfig):
    """Without the second viewer of the API and the pages of a browsable API, which Synergy does not show."""

    ignore_patterns = [*apps.StaticFilesConfig.ignore_patterns, "redoc", "rest_framework"]


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Serves also what was gathered after the start of this process: pages of the next version ask any process."""

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        self.directories = [(f"{Path(self.static_root).absolute()}/", self.static_prefix)]

    def __call__(self, request: HttpRequest) -> Any:
        path = request.path_info
        if path not in self.files and path.startswith(self.static_prefix) and "\0" not in path:
            found = self.find_file(path)
            if found is not None:
                return self.serve(found, request)
        return super().__call__(request)
