"""Short words to everybody, shown in every room."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rooms.text import clean_text, is_blank
from sessions.openspace.actions.held import hold_to_run
from sessions.openspace.cards import news_card
from sessions.openspace.events import NewsChanged, NewsPosted
from sessions.openspace.models import Announcement, Gathering
from synergy.journal import log
from synergy.live.refusals import Refused
from synergy.people.models import Person

NEWS_LIMIT = 500


def post_news(
    *, person: Person, gathering: Gathering, text: str, language: str, now: datetime
) -> Announcement:
    """Plain text, of at most NEWS_LIMIT characters. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        news = gathering.announcements.create(by=person, text=_checked(text), language=language, at=now)
        log.append(stream, NewsPosted(news=[news_card(news)]), by=person.pk, at=now)
    return news


def change_news(*, person: Person, gathering: Gathering, news: int, text: str, now: datetime) -> None:
    """Other words in its place, for all who have read it, too. Raises Refused."""
    with transaction.atomic(savepoint=False):
        stream = hold_to_run(person, gathering)
        row = gathering.announcements.filter(pk=news).first()
        if row is None:
            raise Refused("not_found", _("There is no such announcement."))
        words = _checked(text)
        if words == row.text:
            return
        row.text = words
        row.save(update_fields=["text"])
        log.append(stream, NewsChanged(news=[news_card(row)]), by=person.pk, at=now)


def _checked(raw: str) -> str:
    text = clean_text(raw)
    if is_blank(text):
        detail = _("Write something first.")
    elif len(text) > NEWS_LIMIT:
        detail = _("This is %(length)d characters long. News may have %(limit)d.")
        detail %= {"length": len(text), "limit": NEWS_LIMIT}
    else:
        return text
    raise Refused("invalid", detail, fields={"text": detail})
