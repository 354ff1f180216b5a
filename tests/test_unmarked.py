"""No text that people read is left out of the catalogs: templates and Python. The client's are in tests/client."""

import ast
import re
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

from synergy.conf import BASE_DIR

pytestmark = pytest.mark.once

APPS = ("rooms", "sessions", "challenges", "synergy")
# Names, units and examples that are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"Synergy|SYNERGIA|XLSX|CSV|JSON|HTML|Markdown|DOCX|PDF|REST|OpenAPI|UTC|Ctrl|Enter|Esc|Tab|Shift|SHA-256|HTTP|Word|\.docx|\S+@\S+|[A-Z]{2}\b|https?://\S+|&\w+;"
)
SPOKEN_ATTRIBUTE = re.compile(r'\s(?:alt|title|placeholder|aria-label|aria-description|label)="([^"]*)"')


def templates():
    return sorted(path for app in APPS for path in (BASE_DIR / app).glob("**/templates/**/*.html"))


def unmarked_in(source):
    """[(line, text)] of what is in no translate tag. Tags and variables become `\\0`, so that HTML stays whole."""
    whole, lines, skipping = "", [], None
    for token in Lexer(source).tokenize():
        tag = token.contents.split()[0] if token.token_type == TokenType.BLOCK and token.contents else ""
        if skipping:
            skipping = None if tag == skipping else skipping
        elif tag in {"blocktranslate", "comment", "verbatim"}:
            skipping = f"end{tag}"
        elif tag == "block" and "class" in token.contents:
            skipping = "endblock"
        else:
            piece = token.contents if token.token_type == TokenType.TEXT else "\0"
            lines += [token.lineno + piece[:at].count("\n") for at in range(len(piece))]
            whole += piece
    hidden = re.sub(
        r"<(script|style|svg|code)\b.*?</\1>|<!--.*?-->",
        lambda found: "\0" * len(found[0]),
        whole,
        flags=re.DOTALL,
    )
    found = []
    for piece in re.finditer(r"<[^<>]*>|[^<>]+", hidden):
        text = piece[0]
        texts = SPOKEN_ATTRIBUTE.findall(text) if text.startswith("<") else [text]
        found += [
            (lines[piece.start()], " ".join(one.replace("\0", " ").split()))
            for one in texts
            if "=" not in one and re.search(r"[A-Za-z]{2}", SAME_EVERYWHERE.sub("", one.replace("\0", " ")))
        ]
    return found


def test_every_name_for_gettext_is_one_that_is_looked_for():
    """What `makemessages` does not know, as `gettext as now_`, it does not find."""
    alias = re.compile(r"import .*\bn?p?gettext\w* as (?!_\b)")
    sources = (path for app in APPS for path in (BASE_DIR / app).glob("**/*.py"))
    assert [str(path) for path in sources if alias.search(path.read_text())] == []


def test_templates():
    assert unmarked_in('<p title="Hello">{% translate "x" %}</p>') == [(1, "Hello")]
    assert unmarked_in("<p>{{ name }} wrote</p>") == [(1, "wrote")]
    assert unmarked_in("{% blocktranslate %}Hello{% endblocktranslate %}<br>") == []
    assert [
        f"{path.relative_to(BASE_DIR)}:{line}: {text}"
        for path in templates()
        for line, text in unmarked_in(path.read_text())
    ] == []


# Which argument of these calls people read.
SPOKEN_ARGUMENTS = {"Refused": 1, "ValidationError": 0, "error": 1, "success": 1, "warning": 1, "info": 1}
SPOKEN_KEYWORDS = {"label", "help_text", "detail", "verbose_name", "empty_label"}


def spoken_in(tree):
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        owner = getattr(getattr(call.func, "value", None), "id", "")
        place = SPOKEN_ARGUMENTS.get(name)
        if place is not None and len(call.args) > place and (name[0].isupper() or owner == "messages"):
            yield call.args[place]
        yield from (one.value for one in call.keywords if one.arg in SPOKEN_KEYWORDS)


def is_bare(value):
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return isinstance(value, ast.JoinedStr) or (is_text and re.search(r"[A-Za-z]{2} ", value.value))


def test_python():
    sample = ast.parse(
        'Refused("busy", "Try again."); Refused("busy", _("Try again.")); messages.error(r, f"No {x}")'
    )
    assert [is_bare(value) is not None and bool(is_bare(value)) for value in spoken_in(sample)] == [
        True,
        False,
        True,
    ]
    # `makemessages` puts such files beside the templates for a moment.
    found_now = [path for app in APPS for path in sorted((BASE_DIR / app).rglob("*.py"))]
    sources = [path for path in found_now if not path.name.endswith(".html.py")]
    found = [
        f"{path.relative_to(BASE_DIR)}:{value.lineno}"
        for path in sources
        if not {"migrations", "management", "replay", "demo"} & set(Path(path).parts)
        for value in spoken_in(ast.parse(path.read_text()))
        if is_bare(value)
    ]
    assert found == []
