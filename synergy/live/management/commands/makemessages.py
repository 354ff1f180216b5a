"""Django's command, which with `-d djangojs` also finds t("…") and tn("…", "…", n) in static/src.

xgettext loses its way in TypeScript with markup, so it is given a copy that has the calls alone.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.core.management.commands import makemessages

from synergy.live.catalog import DOMAIN

TEXT = r'"(?:[^"\\\n]|\\.)*"'
CALL = re.compile(rf"(?<![\w.$])(?:t\(\s*{TEXT}|tn\(\s*{TEXT}\s*,\s*{TEXT})")
COMMENT = re.compile(r"^\s*(?://|/?\*).*$", re.MULTILINE)


def calls_in(source: str) -> str:
    """The calls of `t` and `tn`, each on the line on which it began."""
    source = COMMENT.sub("", source)
    lines = [""] * (source.count("\n") + 1)
    for call in CALL.finditer(source):
        lines[source.count("\n", 0, call.start())] += " ".join(call[0].split("\n")) + ");"
    return "\n".join(lines)


class ProgramFile(makemessages.BuildFile):
    @property
    def is_templatized(self) -> bool:
        return self.domain == DOMAIN or super().is_templatized

    def preprocess(self) -> None:
        if self.domain == DOMAIN:
            Path(self.work_path).write_text(calls_in(Path(self.path).read_text()))
        else:
            super().preprocess()


class Command(makemessages.Command):
    build_file_class = ProgramFile

    def handle(self, *args: Any, **options: Any) -> None:
        if options["domain"] == DOMAIN:
            self.xgettext_options = [*self.xgettext_options, "--keyword=t", "--keyword=tn:1,2"]
            options["extensions"] = options["extensions"] or ["ts", "tsx"]
        options["ignore_patterns"] += ["node_modules", "dist", "tests"]
        super().handle(*args, **options)
