"""Webhooks against a real receiver on this machine: signed, in order, again after a failure, and only what one may see."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.utils import timezone

from synergy.cohorts.actions import end_seat
from synergy.cohorts.models import Role, Seat
from synergy.hooks import actions
from synergy.hooks.actions import register_hook, send_test
from synergy.hooks.models import Delivery, Ended, Hook, State
from synergy.hooks.sending import WAITS, deliver, forget_old
from synergy.live.refusals import Refused
from synergy.notices.models import Notice
from synergy.queue.worker import work_off
from tests.factories import NOON
from tests.factories.challenges import make_challenge
from tests.factories.plans import make_plan, make_plan_case
from tests.support.challenges import do as do_challenge
from tests.support.hooks import again_now, messages, reading, send, seqs
from tests.support.plans import made
from tests.support.reports import report_made, reporting_made, written
from tests.support.together import second_of_two


def test_what_happens_is_told_and_signed(hooked):
    reading(hooked, "2026-02-01")

    send(hooked)

    ((headers, body, path),) = hooked.receiver.taken
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(hooked.secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    assert path == "/in?x=1"
    message = json.loads(body)
    assert message["type"] == "reading.set"
    assert message["data"]["stream"] == f"plan:{hooked.plan.pk}"
    assert message["data"]["id"] == hooked.plan.pk
    assert set(message["data"]) == {"cohort", "stream", "seq", "name", "kind", "id"}
    assert hooked.hook.deliveries.get().state == State.DELIVERED


def test_the_worker_sends_it(hooked):
    reading(hooked, "2026-02-01")

    assert work_off() > 0

    assert [each["type"] for each in messages(hooked.receiver)] == ["reading.set"]


def test_the_secret_is_not_in_the_database(hooked):
    row = Hook.objects.values().get()

    assert hooked.secret not in str(row)
    assert hooked.secret.removeprefix("whsec_") not in str(row)


def test_what_was_rolled_back_is_not_told_and_what_was_committed_is_a_task(hooked):
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    path = "synergy.hooks.sending.deliver"
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        reading(hooked, "2026-02-01")
        assert Delivery.objects.count() == 1
        raise ZeroDivisionError
    assert not Delivery.objects.exists()
    assert not DBTaskResult.objects.filter(task_path=path).exists()

    reading(hooked, "2026-02-01")

    assert DBTaskResult.objects.get(task_path=path).args_kwargs["args"] == [
        hooked.hook.pk,
        "plan",
        hooked.plan.pk,
    ]


def test_one_that_does_not_go_keeps_the_order(hooked):
    for day in ("2026-02-01", "2026-02-02", "2026-02-03"):
        reading(hooked, day)
    hooked.receiver.answers = [204, 500]

    send(hooked)
    assert [each["data"]["seq"] for each in messages(hooked.receiver)] == seqs(hooked, 0, 1)
    send(hooked)
    assert len(hooked.receiver.taken) == 2  # it waits
    again_now(hooked)
    send(hooked)

    assert [each["data"]["seq"] for each in messages(hooked.receiver)] == seqs(hooked, 0, 1, 1, 2)
    ids = [headers["webhook-id"] for headers, _body, _path in hooked.receiver.taken]
    assert ids[1] == ids[2]
    assert len(set(ids)) == 3
    assert set(hooked.hook.deliveries.values_list("state", flat=True)) == {State.DELIVERED}


def test_waits_grow_and_then_it_is_switched_off_and_told_once(hooked):
    reading(hooked, "2026-02-01")
    hooked.receiver.answers = [500] * 20
    waits = []
    for _ in range(len(WAITS)):
        send(hooked)
        row = hooked.hook.deliveries.get()
        waits.append(round((row.due_at - row.tried_at).total_seconds()))
        again_now(hooked)
    send(hooked)

    hooked.hook.refresh_from_db()
    assert waits == list(WAITS) == sorted(waits)
    assert hooked.hook.ended == Ended.FAILED
    assert hooked.hook.deliveries.get().state == State.FAILED
    notice = Notice.objects.get(kind="hook_ended")
    assert notice.person == hooked.organiser
    reading(hooked, "2026-02-02")
    assert hooked.hook.deliveries.count() == 1


def test_redirects_are_not_followed_and_gone_ends_it(hooked):
    reading(hooked, "2026-02-01")
    hooked.receiver.answers = [302, 410]

    send(hooked)
    assert [path for _headers, _body, path in hooked.receiver.taken] == ["/in?x=1"]
    again_now(hooked)
    send(hooked)

    hooked.hook.refresh_from_db()
    assert hooked.hook.ended == Ended.GONE


def test_only_what_its_person_may_see_when_it_is_sent(hooked):
    """An organiser who became a participant hears nothing more; a hook for challenges hears of no draft."""

    hook, _secret = register_hook(
        person=hooked.organiser,
        cohort=hooked.cohort,
        url=hooked.receiver.url,
        kinds=["challenge"],
        now=NOON,
    )
    draft = make_challenge(hooked.cohort, hooked.institution, hooked.coordinator, state="draft")
    do_challenge(draft, hooked.coordinator, "change", field="title", value="New", base=0)
    assert hook.deliveries.count() == 1
    deliver.call(hook.pk, "challenge", draft.pk)
    assert hooked.receiver.taken == []
    assert hook.deliveries.count() == 0

    reading(hooked, "2026-02-01")
    Seat.objects.filter(person=hooked.organiser).update(role=Role.PARTICIPANT)
    send(hooked)

    hooked.hook.refresh_from_db()
    assert hooked.receiver.taken == []
    assert hooked.hook.ended == Ended.RIGHTS


def test_what_is_reported_is_told(hooked):
    """To the stocktake and the end of the period, and nothing of a draft."""
    case = hooked
    Hook.objects.update(kinds=["report", "reporting"])
    reporting_made(case, "facilitator", "period.add", name="Q1", starts="2026-01-01", ends="2026-03-31")
    report = written(case, "coordinator", "own")
    send(case, "report", report.pk)
    assert messages(case.receiver) == []

    report_made(case, "coordinator", report, "report.submit")
    report_made(case, "facilitator", report, "report.return", why="Which numbers?")
    report_made(case, "coordinator", report, "report.submit")
    report_made(case, "facilitator", report, "report.approve")
    reporting_made(case, "facilitator", "stocktake.hold", note="Held.")
    reporting_made(case, "facilitator", "period.close", period=report.period_id)
    send(case, "report", report.pk)
    send(case, "reporting")

    told = [(each["data"]["stream"], each["type"]) for each in messages(case.receiver)]
    own, all_of_it = f"report:{report.pk}", f"reporting:{case.plan.pk}"
    assert [name for stream, name in told if stream == own] == ["report.moved"] * 4
    assert [name for stream, name in told if stream == all_of_it][-2:] == ["stocktake.held", "period.set"]


def test_other_cohorts_and_other_kinds_are_not_told(hooked):
    elsewhere = make_plan(state="approved")
    made(elsewhere, elsewhere.created_by, "plan.change", field="summary", value="New", base=0)
    draft = make_challenge(hooked.cohort, hooked.institution, hooked.coordinator, state="draft")
    do_challenge(draft, hooked.coordinator, "change", field="title", value="New", base=0)
    assert not Delivery.objects.exists()

    reading(hooked, "2026-02-01")
    assert Delivery.objects.count() == 1


def test_a_worker_that_died_while_it_sent_is_taken_up(hooked):
    from django_tasks_db.models import DBTaskResult

    reading(hooked, "2026-02-01")
    now = timezone.now()
    hooked.hook.deliveries.update(claimed_at=now)
    before = DBTaskResult.objects.count()

    send(hooked)
    assert hooked.receiver.taken == []
    assert DBTaskResult.objects.count() == before + 1  # it comes back when the claim has lapsed
    hooked.hook.deliveries.update(claimed_at=now - timedelta(minutes=2))
    send(hooked)

    assert len(hooked.receiver.taken) == 1


def test_a_test_is_sent_as_all_others(hooked):
    send_test(hook=hooked.hook, now=NOON)

    send(hooked, "hook", hooked.hook.pk)

    assert [each["type"] for each in messages(hooked.receiver)] == ["hook.test"]


@pytest.mark.parametrize(
    "url",
    [
        "http://203.0.113.5/in",
        "https://127.0.0.1/in",
        "https://[::1]/in",
        "https://10.0.0.8/in",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.8]/in",
        "https://user:secret@8.8.8.8/",
        "https://8.8.8.8:99999/",
        "ftp://8.8.8.8/",
        "javascript:alert(1)",
        "",
    ],
)
def test_addresses_that_are_not_public_are_refused(db, url):
    case = make_plan_case()

    with pytest.raises(Refused):
        register_hook(person=case.organiser, cohort=case.cohort, url=url, kinds=["plan"], now=NOON)
    assert register_hook(
        person=case.organiser, cohort=case.cohort, url="https://8.8.8.8/in", kinds=["plan"], now=NOON
    )


def test_an_address_that_becomes_private_later_is_not_asked(hooked, settings):
    reading(hooked, "2026-02-01")
    settings.HOOKS_REACH_LOOPBACK = False
    Hook.objects.update(url=hooked.receiver.url.replace("http://", "https://"))

    send(hooked)

    row = hooked.hook.deliveries.get()
    assert hooked.receiver.taken == []
    assert (row.status, row.state) == (None, State.WAITING)
    assert "public" in row.said


def test_old_deliveries_go(hooked):
    reading(hooked, "2026-02-01")
    send(hooked)

    forget_old(zone="UTC", day=NOON.date(), now=timezone.now() - timedelta(days=4000))
    assert Delivery.objects.exists()
    reading(hooked, "2026-02-02")
    later = {"zone": "UTC", "day": NOON.date(), "now": NOON + timedelta(days=31)}
    forget_old(**later)
    assert Delivery.objects.get().state == State.WAITING
    Hook.objects.update(ended=Ended.REMOVED, ended_at=NOON)
    forget_old(**later)

    assert not Delivery.objects.exists()


def test_what_was_noted_while_the_hook_ended_is_not_sent(hooked):
    reading(hooked, "2026-02-01")
    Hook.objects.update(ended=Ended.REMOVED, ended_at=NOON)
    send(hooked)
    assert hooked.receiver.taken == []

    Hook.objects.update(ended="", ended_at=None)
    send(hooked)

    assert len(hooked.receiver.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_pass_the_limit(hooked, monkeypatch):
    monkeypatch.setattr(actions, "HOOKS_LIMIT", 2)

    def register():
        return register_hook(
            person=hooked.organiser, cohort=hooked.cohort, url=hooked.receiver.url, kinds=["plan"], now=NOON
        )

    assert isinstance(second_of_two(register), Refused)
    assert Hook.objects.count() == 2


def test_a_leaver_is_told_nothing(hooked):
    reading(hooked, "2026-02-01")
    seat = Seat.objects.get(person=hooked.organiser)
    Seat.objects.filter(person=hooked.facilitator).update(role=Role.ORGANISER)
    end_seat(seat=seat, now=timezone.now())

    send(hooked)

    assert hooked.receiver.taken == []
