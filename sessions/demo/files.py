"""Files that people share in the demonstration."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageDraw, ImageFont

AGENDA = """\
SYNERGIA, edition 4, session 5
Leading people through change

Day 1  Challenges
  09:00  Opening: who is here
  09:45  Challenges of our institutions
  13:00  Task groups choose a challenge

Day 2  Peer consulting
  09:00  Morning news
  09:15  First run
  11:00  Second run
  13:30  What we take home

Day 3  Open Space
  Opening circle and marketplace
  Rounds 1 and 2, lunch, round 3
  Closing circle
  The hours are in the programme, on your own clock.

Times here are Warsaw times. Sofia and Riga add one hour.
"""

_BARS = (
    ("Clerk to head of unit", 2),
    ("Head of unit to head of department", 11),
    ("Head of department to director", 6),
    ("Director to minister", 4),
)
_PINE, _AMBER, _INK, _GROUND = "#0d594d", "#f4b740", "#15211d", "#f3f5f1"


def agenda() -> bytes:
    return AGENDA.encode()


def days_until_told() -> bytes:
    """A bar chart as PNG."""
    picture = Image.new("RGB", (900, 480), _GROUND)
    draw = ImageDraw.Draw(picture)
    draw.text(
        (40, 28), "Days until a problem reaches the next level", fill=_INK, font=ImageFont.load_default(30)
    )
    longest = max(days for _label, days in _BARS)
    for number, (label, days) in enumerate(_BARS):
        top = 100 + number * 90
        draw.text((40, top), label, fill=_INK, font=ImageFont.load_default(20))
        right = 40 + 740 * days // longest
        draw.rectangle((40, top + 30, right, top + 62), fill=_AMBER if days == longest else _PINE)
        draw.text((right + 12, top + 32), str(days), fill=_INK, font=ImageFont.load_default(24))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


FILES: dict[str, Callable[[], bytes]] = {"agenda.txt": agenda, "days-until-told.png": days_until_told}
