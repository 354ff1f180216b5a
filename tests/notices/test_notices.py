"""Who is told what, once; what is on the bell and the page; nobody sees or touches the notices of others."""

import uuid
from datetime import timedelta

import msgspec
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from synergy.live.commands import execute, request_for
from synergy.live.refusals import Refused
from synergy.notices.actions import KEEP_ANY, KEEP_READ, forget_old_notices
from synergy.notices.models import Choice, Mail, Notice, QuietHours
from synergy.notices.queries import PAGE, person_stream, unread_of
from synergy.notices.streams import PERSON
from tests.factories import NOON, make_person
from tests.factories.notices import make_kind, tell
from tests.support.mail import post_goes_out
from tests.support.told import names, told

LIST, READ, CHOICES = (reverse(f"notices:{name}") for name in ("list", "read", "choices"))


@pytest.fixture
def boris(db):
    return make_person("Boris")


@pytest.fixture
def see(client):
    def visit(person, path, form=None):
        client.force_login(person)
        answer = client.get(path) if form is None else client.post(path, form)
        return answer.content.decode() if answer.status_code == 200 else answer

    return visit


def test_nobody_is_told_twice_of_the_same(anna, boris):
    tell(anna, key="1")
    tell(anna, boris, key="1")
    tell(anna, key="2")
    assert sorted(Notice.objects.values_list("person__name", "key")) == [
        ("Anna", "1"), ("Anna", "2"), ("Boris", "1"),
    ]  # fmt: skip


def test_who_is_gone_is_told_nothing(anna, boris):
    boris.is_active = False
    tell(anna, boris)
    assert Notice.objects.get().person == anna


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told(kind):
    anna = make_person()
    with pytest.raises(LookupError), transaction.atomic():
        tell(anna)
        raise LookupError
    with pytest.raises(transaction.TransactionManagementError):
        tell(anna)
    assert (post_goes_out(), Notice.objects.count()) == (0, 0)


@pytest.mark.parametrize(("said", "error"), [({"kind": "unknown"}, LookupError), ({}, None)])
def test_what_has_no_words_is_noticed_when_it_is_told(anna, said, error):
    if error is None:
        tell(anna, **said)
        return
    with pytest.raises(error):
        tell(anna, **said)


def test_a_value_that_the_words_need_is_missed_at_once(anna):
    make_kind(text="%(when)s")
    with pytest.raises(KeyError):
        tell(anna)


def test_each_is_told_as_they_chose(anna, boris):
    carla = make_person()
    Choice.objects.create(person=anna, kind="plan_returned", in_app=False, mail=Mail.NEVER)
    Choice.objects.create(person=boris, kind="plan_returned", in_app=False, mail=Mail.DIGEST)
    tell(anna, boris, carla)
    told_to = set(Notice.objects.values_list("person", "in_app", "mail"))
    assert told_to == {(boris.pk, False, "digest"), (carla.pk, True, "now")}
    assert [unread_of(person.pk) for person in (anna, boris, carla)] == [0, 0, 1]


def test_the_bell_is_told_in_the_log_of_the_person(anna, boris):
    tell(anna, boris, key="1")
    tell(anna, key="2")
    post_goes_out()
    post_goes_out()
    assert [event["data"]["unread"] for event in told(person_stream(anna.pk))] == [2, 2]
    assert names(person_stream(boris.pk)) == ["notices.counted"]


def test_a_persons_stream_is_theirs_alone(anna, boris):
    tell(anna)
    assert PERSON.find(anna, anna.pk) == anna
    assert PERSON.state(anna, anna).unread == 1
    assert PERSON.find(boris, anna.pk) is None
    assert PERSON.readers(anna.pk, {anna.pk, boris.pk}) == {anna.pk}


def read(person, stream_of, ids):
    stream, data = str(person_stream(stream_of.pk)), msgspec.json.encode({"ids": ids})
    (answer,) = execute([request_for(person, uuid.uuid4(), stream, "notices.read", data, "en")], NOON)
    return answer.code if isinstance(answer, Refused) else "done"


def test_one_reads_ones_own_and_nothing_else(anna, boris):
    tell(anna, boris)
    tell(anna)
    of_boris, own = Notice.objects.get(person=boris), Notice.objects.filter(person=anna).first()
    assert read(anna, boris, [of_boris.pk]) == "not_found"
    assert read(anna, anna, [of_boris.pk]) == "done"
    assert (unread_of(anna.pk), unread_of(boris.pk)) == (2, 1)
    assert read(anna, anna, [own.pk]) == "done"
    assert (unread_of(anna.pk), unread_of(boris.pk)) == (1, 1)
    assert read(anna, anna, None) == "done"
    assert (unread_of(anna.pk), unread_of(boris.pk)) == (0, 1)
    assert [event["data"]["unread"] for event in told(person_stream(anna.pk))] == [1, 0]


def test_the_page_has_ones_own_by_day(see, anna, boris):
    tell(anna, title="Žiadosti <1>")
    tell(boris, title="Of Boris")
    page = see(anna, LIST)
    assert "Questions on your plan: Žiadosti &lt;1&gt;" in page
    assert "10 February 2026" in page
    assert "Of Boris" not in page
    assert "Of Boris" in see(boris, LIST)
    assert "1 not read" in page
    assert "1 not read" not in see(make_person(), LIST)


def test_the_page_asks_who_one_is(client, db):
    for path in (LIST, CHOICES):
        assert client.get(path).status_code == 302


def test_notices_are_read_one_by_one_or_all_at_once(see, anna, boris):
    for _ in range(3):
        tell(anna, boris)
    first = Notice.objects.filter(person=anna).first()
    see(anna, READ, {"notice": [first.pk, Notice.objects.filter(person=boris).first().pk, "x"]})
    assert (unread_of(anna.pk), unread_of(boris.pk)) == (2, 3)
    see(anna, READ, {"all": 1})
    assert (unread_of(anna.pk), unread_of(boris.pk)) == (0, 3)
    assert "Mark all as read" not in see(anna, LIST)


def test_opening_what_it_is_about_reads_it(see, anna, boris):
    tell(anna, boris, address="/notices/choices/?tab=1#quiet")
    notice = Notice.objects.get(person=anna)
    address = f"/notices/choices/?tab=1&amp;notice={notice.pk}#quiet"
    assert address in see(anna, LIST)
    see(boris, f"{LIST}?notice={notice.pk}")
    assert unread_of(anna.pk) == 1
    assert "1 not read" not in see(anna, f"{CHOICES}?notice={notice.pk}")
    assert (unread_of(anna.pk), unread_of(boris.pk)) == (0, 1)
    assert see(anna, f"{CHOICES}?notice=x{'9' * 30}")


def test_who_opens_the_page_by_another_way_has_read_what_leads_there(see, anna, boris, client):
    for address in ("/notices/choices/", "/notices/choices/#quiet", "/notices/choices-of-others/"):
        tell(anna, boris, address=address)
    client.force_login(anna)
    client.get(CHOICES, headers={"Sec-Fetch-Dest": "empty"})  # a page that fetches itself anew
    assert unread_of(anna.pk) == 3
    assert "1 not read" in see(anna, CHOICES)
    assert (unread_of(anna.pk), unread_of(boris.pk)) == (1, 3)


def test_older_ones_are_on_further_pages(see, anna):
    for number in range(PAGE + 2):
        tell(anna, title=f"Plan {number:02}")
    first = see(anna, LIST)
    assert ("Plan 51" in first, "Plan 01" in first) == (True, False)
    oldest = Notice.objects.order_by("pk")[2].pk
    assert f"?before={oldest}" in first
    second = see(anna, f"{LIST}?before={oldest}")
    assert ("Plan 01" in second, "Plan 02" in second, "Older notices" in second) == (True, False, False)


def test_a_longer_page_costs_no_more_queries(see, anna):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            see(anna, LIST)
        return len(captured)

    tell(anna)
    queries()
    one = queries()
    for _ in range(5):
        tell(anna)
    assert queries() == one


def test_more_people_cost_no_more_queries_than_rows(anna):
    def queries(*people):
        with CaptureQueriesContext(connection) as captured:
            tell(*people)
        return len(captured)

    assert queries(anna) == queries(*(make_person() for _ in range(5)))


def test_ringing_the_bells_of_more_people_costs_no_more_queries_than_their_events(anna):
    def queries(*people):
        tell(*people)
        with CaptureQueriesContext(connection) as captured:
            post_goes_out()
        asked = [query["sql"] for query in captured]
        return [sum(words in sql for sql in asked) for words in ('FROM "journal_stream"', "COUNT(")]

    for each in (anna, *(people := [make_person() for _ in range(5)])):
        tell(each)
        post_goes_out()  # their streams are there
    assert queries(anna) == queries(*people)


def test_one_chooses_and_sees_what_one_chose(see, anna, boris):
    make_kind("plan_due", label="Something is due", mail=Mail.DIGEST)
    page = see(anna, CHOICES)
    assert '<option value="digest" selected>' in page
    form = {
        "here-plan_due": "on", "mail-plan_due": "never", "mail-plan_returned": "digest",
        "at_night": "on", "starts": "21:15", "ends": "06:30",
    }  # fmt: skip
    assert see(anna, CHOICES, form).status_code == 302
    assert set(Choice.objects.values_list("person", "kind", "in_app", "mail")) == {
        (anna.pk, "plan_due", True, "never"), (anna.pk, "plan_returned", False, "digest"),
    }  # fmt: skip
    hours = QuietHours.objects.get()
    assert (hours.person, str(hours), hours.at_weekends) == (anna, "21:15–06:30", False)
    assert 'value="21:15"' in see(anna, CHOICES)
    assert 'value="20:00"' in see(boris, CHOICES)
    for wrong, said in [
        ({"starts": "late"}, "Enter a valid time."),
        ({"ends": "21:15"}, "Choose another time"),
        ({"all_mail": "often"}, "Select a valid choice."),
    ]:
        answer = see(anna, CHOICES, {**form, **wrong})
        assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert str(QuietHours.objects.get()) == "21:15–06:30"
    assert see(anna, CHOICES, {**form, "all_mail": "digest"}).status_code == 302
    assert set(Choice.objects.values_list("kind", "in_app", "mail")) == {
        ("plan_due", True, "digest"), ("plan_returned", False, "digest"),
    }  # fmt: skip


def test_what_was_read_long_ago_goes_first(anna):
    tell(anna, key="read")
    Notice.objects.update(read_at=NOON)
    tell(anna, key="not read")
    second = timedelta(seconds=1)

    def left(now):
        forget_old_notices(now)
        return set(Notice.objects.values_list("key", flat=True))

    assert left(NOON + KEEP_READ) == {"read", "not read"}
    assert left(NOON + KEEP_READ + second) == {"not read"}
    assert left(NOON + KEEP_ANY) == {"not read"}
    assert left(NOON + KEEP_ANY + second) == set()
