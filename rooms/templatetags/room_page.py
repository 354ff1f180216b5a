"""What the pages of rooms draw: the text of a message, reactions, words for codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from rooms.events import FileCard, MessageCard
from rooms.models import ReactionKind, RoomKind, RoomState

register = template.Library()

THUMBNAIL = (320, 240)
"""The box that a picture is shown in, in CSS pixels; `view/Files.tsx` has the same."""

_REACTION_ICONS = {
    ReactionKind.AGREE: "thumbs-up",
    ReactionKind.USEFUL: "lightbulb",
    ReactionKind.TELL_ME_MORE: "circle-question-mark",
}


@register.simple_tag
def message_text(card: MessageCard) -> SafeString:
    """The nodes of `rooms.richtext` as HTML, or the plain text with its line breaks."""
    if card.doc is None:
        return format_html('<p class="as-typed">{}</p>', card.text)
    return _drawn(card.doc)


def _drawn(nodes: Iterable[Any]) -> SafeString:
    return format_html_join("", "{}", ((_node(node),) for node in nodes))


def _node(node: Any) -> SafeString | str:
    if isinstance(node, str):
        return node
    kind, *content = node
    match kind:
        case "p" | "ul" | "ol" | "li" | "b":
            return format_html(f"<{kind}>{{}}</{kind}>", _drawn(content))
        case "i":
            return format_html("<em>{}</em>", _drawn(content))
        case "quote":
            return format_html("<blockquote>{}</blockquote>", _drawn(content))
        case "pre":
            return format_html("<pre><code>{}</code></pre>", content[0])
        case "code":
            return format_html("<code>{}</code>", content[0])
        case "br":
            return SafeString("<br>")
        case "at":
            return format_html('<span class="at"><bdi>@{}</bdi></span>', content[1])
        case "a":
            return _link(content[0], content[1:])
    raise ValueError(f"no node of a message is called {kind}")


def _link(href: str, content: list[Any]) -> SafeString:
    """The parser lets only these schemes through; a second look costs nothing."""
    if not href.lower().startswith(("http://", "https://", "mailto:")):
        return _drawn(content)
    return format_html(
        '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>', href, _drawn(content)
    )


@register.filter
def reactions_of(card: MessageCard) -> list[dict[str, Any]]:
    """The kinds that were given, each with its `word`, `icon` and `count`."""
    return [
        {"word": kind.label, "icon": _REACTION_ICONS[kind], "count": len(card.reactions[kind])}
        for kind in ReactionKind
        if card.reactions.get(kind)
    ]


@register.filter
def language_name(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


@register.filter
def kind_name(kind: str) -> str:
    return str(RoomKind(kind).label)


@register.filter
def state_name(state: str) -> str:
    return str(RoomState(state).label)


@register.filter
def last_seq(lines: list[Any]) -> int:
    return int(lines[-1].card.seq)


@register.simple_tag
def thumbnail_size(file: FileCard) -> SafeString:
    """`width` and `height` as shown, so that nothing moves when the picture comes."""
    width, height = file.width or THUMBNAIL[0], file.height or THUMBNAIL[1]
    scale = min(1, THUMBNAIL[0] / width, THUMBNAIL[1] / height)
    shown = max(1, round(width * scale)), max(1, round(height * scale))
    return format_html('width="{}" height="{}"', *shown)


@register.simple_tag
def upload_limit() -> int:
    """Bytes."""
    return int(settings.CONFIG.upload_limit)
