"""The mail about notices, over a real mail server: each notice once, at the right time, and no more when stopped."""

import threading
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import connections, transaction
from django.test import Client

from synergy.notices.actions import mark_read
from synergy.notices.mails import IN_HAND, mail_to
from synergy.notices.models import Choice, Mail, Notice, QuietHours
from synergy.notices.queries import unread_of
from synergy.queue import claims, schedule
from synergy.queue.worker import work_off
from tests.factories import NOON, make_person
from tests.factories.notices import make_kind, tell
from tests.support.mail import post_goes_out

MORNING = datetime(2026, 2, 11, 6, 0, tzinfo=UTC)
EVENING = datetime(2026, 2, 10, 19, 30, tzinfo=UTC)


def subjects(smtp):
    return [letter["Subject"] for letter in smtp.letters]


def body(letter, kind="plain"):
    return letter.get_body((kind,)).get_content().replace("\r\n", "\n")


def mornings(*times):
    """What comes round at these moments, done."""
    for at in times:
        with time_machine.travel(at, tick=False):
            schedule.take_turns(at)
            work_off()


def test_a_notice_is_one_mail_in_the_language_of_its_reader(anna, smtp):
    make_kind(quote="why")
    anna.language = "sk"
    anna.save()
    tell(anna, title="Listy & <ľudia>", address="/rooms/#a", why="Kto?\n\nKedy?")
    post_goes_out()
    post_goes_out(NOON + timedelta(days=2))
    (letter,) = smtp.letters
    assert (letter["To"], letter["Subject"]) == (anna.email, "Questions on your plan: Listy & <ľudia>")
    text = body(letter)
    assert not text.startswith("Good day")
    assert "Lucia has read “Listy & <ľudia>”, and asks:\n\nKto?\n\nKedy?\n" in text
    assert f"http://localhost:8000/rooms/?notice={Notice.objects.get().pk}#a" in text
    assert "Listy &amp; &lt;ľudia&gt;" in body(letter, "html")
    assert letter["Message-ID"].startswith("<notices-")


def test_what_was_read_before_is_not_mailed(anna, smtp):
    tell(anna)
    mark_read(person=anna, ids=None, now=NOON)
    post_goes_out()
    assert not smtp.letters


def test_at_night_mail_waits_and_comes_as_one(anna, smtp):
    for number in range(3):
        tell(anna, title=f"Plan {number}", now=EVENING)
    post_goes_out(EVENING)
    post_goes_out(MORNING - timedelta(minutes=1))
    assert not smtp.letters
    post_goes_out(MORNING)
    assert subjects(smtp) == ["3 notices: Questions on your plan: Plan 0"]
    text = body(smtp.letters[0])
    assert [text.count(f"Questions on your plan: Plan {number}\n") for number in range(3)] == [1, 1, 1]


def test_who_wants_mail_at_night_gets_it(anna, smtp):
    QuietHours.objects.create(person=anna, at_night=False)
    tell(anna, now=EVENING)
    post_goes_out(EVENING)
    assert len(smtp.letters) == 1


def test_a_digest_holds_each_notice_once(anna, smtp, kind):
    make_kind("plan_due", title="Due: %(title)s")
    for name in (kind.name, "plan_due"):
        Choice.objects.create(person=anna, kind=name, mail=Mail.DIGEST)
    tell(anna, title="A")
    tell(anna, title="B", kind="plan_due")
    post_goes_out(NOON)
    mornings(MORNING - timedelta(minutes=1))
    assert not smtp.letters
    mornings(MORNING, MORNING + timedelta(hours=1))
    tell(anna, title="C", now=MORNING)
    mornings(*(MORNING + timedelta(days=day) for day in (1, 2)))
    first, second = map(body, smtp.letters)
    assert ("Questions on your plan: A" in first, "Due: B" in first, ": C" in first) == (True, True, False)
    assert second.count("has read “C”") == 1
    assert (": A" in second, ": B" in second) == (False, False)


def test_a_digest_comes_in_the_morning_of_its_zone_and_not_at_weekends(anna, smtp):
    ilze = make_person(time_zone="Europe/Riga", email="ilze@office.example")
    friday = datetime(2026, 2, 13, 12, tzinfo=UTC)
    for person in (anna, ilze):
        Choice.objects.create(person=person, kind="plan_returned", mail=Mail.DIGEST)
    mornings(friday)
    tell(anna, ilze, now=friday)
    post_goes_out(friday)
    mornings(friday + timedelta(days=1), friday + timedelta(days=2))
    assert not smtp.letters
    monday = datetime(2026, 2, 16, tzinfo=UTC)
    mornings(monday + timedelta(hours=5))
    assert [letter["To"] for letter in smtp.letters] == ["ilze@office.example"]
    mornings(monday + timedelta(hours=6))
    assert [letter["To"] for letter in smtp.letters] == ["ilze@office.example", "anna@office.example"]


def test_a_long_digest_says_how_many_more_there_are(anna, smtp):
    Choice.objects.create(person=anna, kind="plan_returned", mail=Mail.DIGEST)
    for number in range(33):
        tell(anna, title=f"Plan {number:02}")
    mornings(MORNING)
    (letter,) = smtp.letters
    assert "3 more are on your page of notices:\nhttp://localhost:8000/notices/" in body(letter)
    mornings(MORNING + timedelta(days=1))
    assert len(smtp.letters) == 1


def test_what_the_mail_server_refuses_goes_out_later_and_once(anna, smtp):
    boris = make_person()
    smtp.refusals += ["451 later"]
    tell(anna, boris)
    post_goes_out()
    assert [letter["To"] for letter in smtp.letters] == [boris.email]
    post_goes_out(NOON + timedelta(seconds=claims.WAITS[0]))
    assert [letter["To"] for letter in smtp.letters] == [boris.email, anna.email]
    post_goes_out(NOON + timedelta(days=3))
    assert len(smtp.letters) == 2


def test_what_is_tried_again_does_not_come_at_night(anna, smtp):
    smtp.refusals += ["451 later"]
    evening = EVENING.replace(hour=18, minute=59, second=55)
    tell(anna, now=evening)
    post_goes_out(evening)
    post_goes_out(evening + timedelta(seconds=claims.WAITS[0]))
    assert not smtp.letters
    post_goes_out(MORNING)
    assert len(smtp.letters) == 1


def test_what_is_tried_again_goes_as_its_reader_wants_it_now(anna, smtp):
    smtp.refusals += ["451 later"]
    tell(anna)
    post_goes_out()
    Choice.objects.create(person=anna, kind="plan_returned", mail=Mail.DIGEST)
    post_goes_out(NOON + timedelta(seconds=claims.WAITS[0]))
    assert not smtp.letters
    mornings(MORNING, MORNING + timedelta(days=1))
    assert len(smtp.letters) == 1


def test_what_a_task_that_died_had_in_hand_is_mailed_by_another(anna, smtp):
    with time_machine.travel(NOON, tick=False) as clock:
        tell(anna)
        Notice.objects.update(mail_task="00000000-0000-4000-8000-000000000000", mail_begun_at=NOON)
        work_off()
        clock.shift(claims.WAITS[0])
        work_off()
        assert not smtp.letters
        clock.shift(IN_HAND)
        work_off()
    assert len(smtp.letters) == 1


def killed_in_the_middle(row):
    """As `kill -9` leaves a task that had sent its mail and had not marked it."""
    Notice.objects.update(mailed_at=None, mail_task=row.pk, mail_begun_at=NOON)


def test_killed_between_ok_and_the_mark_the_same_mail_comes_again(anna, smtp):
    tell(anna)
    with time_machine.travel(NOON, tick=False):
        claims.do(claims.claim_next("w", NOON))
        row = claims.claim_next("w", NOON)
        claims.do(row)
        killed_in_the_middle(row)
        claims.do(row)
        work_off()
    first, second = smtp.letters
    assert first["Message-ID"] == second["Message-ID"]


@pytest.mark.django_db(transaction=True)
def test_two_tasks_at_once_send_one_mail(kind, smtp):
    anna = make_person()
    QuietHours.objects.create(person=anna, at_night=False, at_weekends=False)
    smtp.holding.clear()
    with time_machine.travel(NOON, tick=False), transaction.atomic():
        tell(anna)
        Notice.objects.update(delivered_at=NOON)
        for _ in range(3):
            mail_to.enqueue(anna.pk, Mail.NOW)
    rows = [claims.claim_next("w", NOON) for _ in range(4)]
    threads = [threading.Thread(target=_do, args=(row,)) for row in rows if row.task_path.endswith("mail_to")]
    for thread in threads:
        thread.start()
    for thread in threads[1:]:
        thread.join(0.3)
    smtp.holding.set()
    for thread in threads:
        thread.join()
    assert len(threads) == 3
    assert len(smtp.letters) == 1
    assert Notice.objects.get().mailed_at


def _do(row):
    claims.do(row)
    connections.close_all()


@pytest.fixture
def stop(anna, smtp):
    """The address that stops the mail about a notice that Anna was told, as in her mail."""
    tell(anna)
    post_goes_out()
    (letter,) = smtp.letters
    smtp.letters.clear()
    address = letter["List-Unsubscribe"].strip(" <>")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"\n{address}\n" in body(letter)
    return urlsplit(address).path


ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def test_mail_is_stopped_with_one_click_by_who_is_not_signed_in(anna, smtp, stop):
    make_kind("plan_due")
    stranger = Client(enforce_csrf_checks=True)
    asked = stranger.get(stop)
    assert (asked.status_code, Choice.objects.count()) == (200, 0)
    assert "Your plan comes back" in asked.content.decode()
    assert "It will still stand on your page" in asked.content.decode()
    assert stranger.post(stop, ONE_CLICK).status_code == 200
    assert stranger.post(stop, ONE_CLICK).status_code == 200
    assert list(Choice.objects.values_list("person", "kind", "in_app", "mail")) == [
        (anna.pk, "plan_returned", True, "never")
    ]
    tell(anna)
    tell(anna, kind="plan_due", title="Still told")
    post_goes_out()
    assert subjects(smtp) == ["Questions on your plan: Still told"]
    assert unread_of(anna.pk) == 3


def test_a_link_that_was_changed_stops_nothing(anna, stop):
    client = Client()
    for path in (stop[:-3] + "xx/", "/notices/stop/e30:1vtest:x/"):
        assert client.post(path, ONE_CLICK).status_code == 404
    assert not Choice.objects.exists()
    assert client.post(stop, ONE_CLICK).status_code == 200


def test_who_has_it_by_mail_alone_is_not_told_of_the_page(anna, stop):
    Choice.objects.create(person=anna, kind="plan_returned", in_app=False, mail=Mail.NOW)
    asked, done = Client().get(stop), Client().post(stop, ONE_CLICK)
    assert "on your page" not in asked.content.decode() + done.content.decode()
    assert list(Choice.objects.values_list("in_app", "mail")) == [(False, "never")]


def test_mail_that_waits_is_stopped_too(anna, smtp, stop):
    tell(anna, now=EVENING)
    post_goes_out(EVENING)
    Client().post(stop, ONE_CLICK)
    post_goes_out(MORNING)
    assert not smtp.letters


def test_the_link_of_a_digest_names_its_kinds(anna, smtp):
    make_kind("plan_due")
    make_kind("plan_new")
    tell(anna, now=EVENING)
    tell(anna, kind="plan_due", now=EVENING)
    post_goes_out(EVENING)
    post_goes_out(MORNING)
    Client().post(urlsplit(smtp.letters[0]["List-Unsubscribe"].strip(" <>")).path, ONE_CLICK)
    assert set(Choice.objects.values_list("kind", flat=True)) == {"plan_returned", "plan_due"}
