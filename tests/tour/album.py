"""All pictures of a tour on one page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from tests.tour.walking import Seen

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; background: #f4f4f2; color: #222 }
section { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); gap: 1rem }
figure { margin: 0; padding: .6rem; background: #fff; border: 1px solid #ccc; border-radius: 6px }
img { width: 100%; height: 320px; object-fit: cover; object-position: top; border: 1px solid #ddd }
li { color: #a11 }
ul { padding-left: 1.1rem; margin: .3rem 0 }
small { color: #555; overflow-wrap: anywhere }
"""


def write_album(folder: Path, seen: Sequence[Seen], language: str) -> Path:
    """`index.html` in `folder`: a figure for each page, with what was noticed."""
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>Tour: {language}</title><style>{_STYLE}</style>",
        f"<h1>{len(seen)} pages in {escape(language)}</h1>",
        _unmarked(seen),
    ]
    for (persona, look), pages in groupby(seen, lambda one: (one.persona, one.look)):
        parts.append(f"<h2>{escape(persona)}, {escape(look)}</h2><section>")
        parts += [_figure(one) for one in pages]
        parts.append("</section>")
    path = folder / "index.html"
    path.write_text("\n".join(parts))
    return path


def _figure(one: Seen) -> str:
    remarks = "".join(f"<li>{escape(remark)}</li>" for remark in one.remarks)
    return (
        f"<figure><a href='{one.picture}'><img loading=lazy src='{one.picture}' alt=''></a>"
        f"<figcaption><b>{escape(one.title)}</b><br><small>{escape(one.address)} · {one.seconds:.1f} s · "
        f"<a href='{one.tree}'>as a screen reader is told</a></small><ul>{remarks}</ul></figcaption></figure>"
    )


def _unmarked(seen: Sequence[Seen]) -> str:
    where: dict[str, str] = {}
    for one in seen:
        for text in one.unmarked:
            where.setdefault(text, one.address)
    if not where:
        return ""
    rows = "".join(
        f"<li>{escape(text)} <small>{escape(address)}</small></li>" for text, address in where.items()
    )
    return f"<h2>Not in brackets: data, or unmarked</h2><ul>{rows}</ul>"
