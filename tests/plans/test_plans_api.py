"""Plans and challenges over the API: who reads what, page by page, and what a program enters."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges.plans.models import Period, Plan, Reading, Report, Update
from synergy.keys.actions import make_token
from tests.factories import NOON, make_seat
from tests.factories.plans import make_item, make_plan

SCOPES = ["challenges:read", "plans:read", "plans:write"]


def bearer(person, scopes=SCOPES):
    _token, secret = make_token(person=person, name="Tool", scopes=scopes, days=30, now=timezone.now())
    return {"Authorization": f"Bearer {secret}"}


def get(client, person, address, **query):
    return client.get(address, query, headers=bearer(person))


def post(client, person, address, body, scopes=SCOPES):
    return client.post(address, body, content_type="application/json", headers=bearer(person, scopes))


READERS = {"coordinator", "member", "item_owner", "plan_owner", "own_observer", "consultant"}
SCHOOL = {"facilitator", "organiser"}
COHORT = {"peer", "observer"}


@pytest.mark.parametrize(("which", "more"), [("agreed", set()), ("shared", COHORT)])
def test_who_reads_a_plan(client, request, which, more):
    case = request.getfixturevalue(which)
    listed, opened = set(), set()
    for name, person in case.people.items():
        if case.plan.pk in [row["id"] for row in get(client, person, "/api/plans/").json()["plans"]]:
            listed.add(name)
        if get(client, person, f"/api/plans/{case.plan.pk}/").status_code == 200:
            opened.add(name)

    assert listed == opened == READERS | SCHOOL | more


def test_a_plan_has_its_items(client, agreed):
    card = get(client, agreed.member, f"/api/plans/{agreed.plan.pk}/").json()

    assert {item["id"] for item in card["items"]} >= {agreed.first.pk, agreed.indicator.pk}
    assert card["me"] == agreed.member.pk


def test_pages_follow_one_another_and_nothing_is_missed(client, case):
    institution, cohort = case.institution, case.cohort
    for number in range(4):
        plan = make_plan(cohort, institution, case.coordinator, title=f"Plan {number}")
        Plan.objects.filter(pk=plan.pk).update(changed_at=NOON + timedelta(hours=number // 2))
    everything = [row["id"] for row in get(client, case.member, "/api/plans/").json()["plans"]]

    found, after = [], None
    while True:
        page = get(client, case.member, "/api/plans/", limit=2, **({"after": after} if after else {})).json()
        assert len(page["plans"]) <= 2
        found += [row["id"] for row in page["plans"]]
        after = page["next"]
        if after is None:
            break

    assert found == everything
    assert len(set(found)) == 5


def test_filters(client, agreed):
    other = make_seat(person=agreed.member).cohort
    draft = make_plan(agreed.cohort, agreed.institution, agreed.coordinator, title="Draft")
    later = make_plan(agreed.cohort, agreed.institution, agreed.coordinator, title="Later")
    Plan.objects.filter(pk=later.pk).update(changed_at=NOON + timedelta(days=2))

    def ids(**query):
        return {row["id"] for row in get(client, agreed.member, "/api/plans/", **query).json()["plans"]}

    assert ids(state="approved") == {agreed.plan.pk}
    assert ids(state="draft") == {draft.pk, later.pk}
    assert ids(cohort=other.pk) == set()
    assert ids(cohort=agreed.cohort.pk) == {agreed.plan.pk, draft.pk, later.pk}
    assert ids(since=(NOON + timedelta(days=1)).isoformat()) == {later.pk}


@pytest.mark.parametrize(
    "query",
    [
        {"after": "junk"},
        {"after": "MjAyNg=="},
        {"after": "Ä"},
        {"limit": 0},
        {"limit": 1000},
        {"since": "yesterday"},
        {"since": "0001-01-01T00:00:00+14:00"},
        {"page": 2},
    ],
)
def test_what_is_not_understood_is_refused(client, case, query):
    answer = get(client, case.member, "/api/plans/", **query)

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid"


def test_a_list_costs_the_same_for_many(client, case, django_assert_num_queries):
    headers = bearer(case.member)
    client.get("/api/plans/", headers=headers)
    with django_assert_num_queries(3):  # the token, the seats, the plans
        client.get("/api/plans/", headers=headers)
    for _ in range(3):
        make_plan(case.cohort, case.institution, case.coordinator)
    with django_assert_num_queries(3):
        client.get("/api/plans/", headers=headers)


def test_what_is_due(client, agreed):
    (row,) = get(client, agreed.item_owner, "/api/plans/due/").json()["due"]

    assert row["item"] == agreed.first.pk
    assert row["timeliness"] in ("on_time", "due_soon", "overdue")
    assert get(client, agreed.peer, "/api/plans/due/").json() == {"due": []}


def test_a_reading_is_entered_once(client, agreed):
    address = f"/api/plans/{agreed.plan.pk}/items/{agreed.indicator.pk}/readings/"
    body = {"id": str(uuid.uuid4()), "on": "2026-02-01", "value": "17.8", "note": "From the register"}

    first, second = (post(client, agreed.member, address, body) for _ in range(2))
    other = post(client, agreed.member, address, {**body, "id": str(uuid.uuid4()), "value": "19"})

    assert first.status_code == 200, first.text
    assert first.json() == second.json() == {"reading": Reading.objects.get().pk}
    assert other.status_code == 409
    assert other.json()["present"]["value"] == "17.8"


def test_progress_is_reported_by_who_may(client, agreed):
    address = f"/api/plans/{agreed.plan.pk}/items/{agreed.first.pk}/progress/"
    body = {"id": str(uuid.uuid4()), "progress": "limited"}
    statuses = {
        name: post(client, person, address, {**body, "id": str(uuid.uuid4())}).status_code
        for name, person in agreed.people.items()
    }

    may = {"coordinator", "item_owner", "plan_owner"}
    reads_only = {"member", "own_observer", "consultant", *SCHOOL}
    assert {name for name, status in statuses.items() if status == 200} == may
    assert {name for name, status in statuses.items() if status == 403} == reads_only
    assert {status for name, status in statuses.items() if name not in may | reads_only} == {404}
    assert Update.objects.count() == 3
    assert post(client, agreed.item_owner, address, {**body, "progress": "complete"}).status_code == 400


def test_reading_tokens_write_nothing(client, agreed):
    address = f"/api/plans/{agreed.plan.pk}/items/{agreed.first.pk}/progress/"
    body = {"id": str(uuid.uuid4()), "progress": "limited"}

    assert post(client, agreed.item_owner, address, body, ["plans:read"]).status_code == 403
    assert not Update.objects.exists()
    assert post(client, agreed.item_owner, address, body, ["plans:write"]).status_code == 200


def test_a_browser_session_still_needs_its_csrf_token(agreed):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    address = f"/api/plans/{agreed.plan.pk}/items/{agreed.first.pk}/progress/"
    body = {"id": str(uuid.uuid4()), "progress": "limited"}
    client.force_login(agreed.item_owner)

    assert client.post(address, body, content_type="application/json").status_code == 403
    client.logout()
    assert post(client, agreed.item_owner, address, body).status_code == 200


def test_bodies_that_are_none(client, agreed):
    address = f"/api/plans/{agreed.plan.pk}/items/{agreed.first.pk}/progress/"
    headers = bearer(agreed.item_owner)

    form = client.post(address, {"progress": "limited"}, headers=headers)
    broken = client.post(address, "{", content_type="application/json", headers=headers)
    large = client.post(address, "x" * 70_000, content_type="application/json", headers=headers)

    assert [form.status_code, broken.status_code, large.status_code] == [400, 400, 413]


def test_items_of_another_plan_are_not_there(client, agreed):
    other = make_plan(agreed.cohort, agreed.institution, agreed.coordinator, state="approved")
    stray = make_item(other)
    address = f"/api/plans/{agreed.plan.pk}/items/{stray.pk}/progress/"

    answer = post(client, agreed.coordinator, address, {"id": str(uuid.uuid4()), "progress": "limited"})

    assert answer.status_code == 404


OWN = {"coordinator", "member", "item_owner", "plan_owner", "own_observer"}
NEAR = OWN | SCHOOL | {"consultant"}
READ_BY = {
    ("own", "draft"): OWN,
    ("own", "returned"): NEAR,
    ("own", "submitted"): NEAR,
    ("own", "approved"): NEAR | COHORT,
    ("shadow", "draft"): {"consultant"},
    ("shadow", "submitted"): NEAR,
}


def make_reports(case):
    """One in every state of both voices: {(voice, state): id}."""
    made = {}
    for month, (voice, state) in enumerate(READ_BY, 1):
        day = date(2026, month, 1)
        period = Period.objects.create(plan=case.plan, name=f"Month {month}", starts=day, ends=day)
        fields = {"created_by": case.member, "created_at": NOON, "changed_at": NOON}
        if state != "draft":
            fields |= {"submitted_by": case.member, "submitted_at": NOON}
        if state == "approved":
            fields |= {"approved_by": case.organiser, "approved_at": NOON}
        if state == "returned":
            fields["returned_why"] = "Why so late?"
        report = Report.objects.create(plan=case.plan, period=period, voice=voice, state=state, **fields)
        made[voice, state] = report.pk
    return made


@pytest.mark.once
def test_who_reads_which_report(client, shared):
    """The list, one report, its page and the rule say the same of everybody."""
    made = make_reports(shared)
    for name, person in shared.people.items():
        may = {pk for key, pk in made.items() if name in READ_BY[key]}
        headers = bearer(person)
        listed = client.get("/api/reports/", headers=headers).json()["reports"]
        statuses = {
            pk: client.get(f"/api/reports/{pk}/", headers=headers).status_code for pk in made.values()
        }
        assert {row["id"] for row in listed} == may, name
        assert statuses == {pk: 200 if pk in may else 404 for pk in made.values()}, name
        client.force_login(person)
        pages = {pk for pk in made.values() if client.get(report_page(shared, pk)).status_code == 200}
        assert pages == may, name
        client.logout()
        for row in listed:
            assert row["address"] == report_page(shared, row["id"])


def report_page(case, pk):
    return reverse("plan_reports:report", args=[case.plan.pk, pk])


def test_reports_over_the_api(client, shared, django_assert_num_queries):
    made, headers = make_reports(shared), bearer(shared.member)
    approved = client.get("/api/reports/?state=approved", headers=headers).json()["reports"]
    assert [row["id"] for row in approved] == [made["own", "approved"]]
    assert approved[0]["period"] == "Month 4"
    first = client.get("/api/reports/?limit=3", headers=headers).json()
    second = client.get(f"/api/reports/?limit=3&after={first['next']}", headers=headers).json()
    assert len({row["id"] for row in first["reports"] + second["reports"]}) == 5
    assert second["next"] is None
    assert client.get(f"/api/reports/?cohort={shared.cohort.pk + 9}", headers=headers).json()["reports"] == []
    for query in ("", "?limit=1"):
        with django_assert_num_queries(3):  # the token, the seats, the reports
            client.get(f"/api/reports/{query}", headers=headers)
    wrong = bearer(shared.member, ["challenges:read"])
    assert client.get("/api/reports/", headers=wrong).status_code == 403
    assert client.get(f"/api/reports/{made['own', 'approved']}/", headers=wrong).status_code == 403
    assert client.get("/api/reports/").status_code in (401, 403)


def test_challenges_over_the_api(client, db, django_assert_num_queries):
    from tests.factories.challenges import make_challenge

    seat, stranger = make_seat(), make_seat()
    draft = make_challenge(seat.cohort, seat.institution, seat.person)
    colleague = make_seat(seat.cohort, institution=seat.institution).person

    def ids(person):
        return [row["id"] for row in get(client, person, "/api/challenges/").json()["challenges"]]

    assert ids(colleague) == [draft.pk]
    assert get(client, colleague, f"/api/challenges/{draft.pk}/").json()["title"] == draft.title
    assert ids(stranger.person) == []
    assert get(client, stranger.person, f"/api/challenges/{draft.pk}/").status_code == 404
    headers = bearer(colleague)
    for _ in range(2):
        client.get("/api/challenges/", headers=headers)
    with django_assert_num_queries(5):
        client.get("/api/challenges/", headers=headers)
    make_challenge(seat.cohort, seat.institution, seat.person)
    with django_assert_num_queries(5):
        client.get("/api/challenges/", headers=headers)
