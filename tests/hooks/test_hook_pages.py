"""The pages of webhooks, for organisers alone."""

from django.urls import reverse

from synergy.hooks.models import Hook
from synergy.hooks.sending import deliver
from tests.support.hooks import reading, send


def test_pages_are_for_organisers(client, hooked):
    hooked.receiver.answers = [500]
    reading(hooked, "2026-02-01")
    send(hooked)
    pages = [
        reverse("hooks:hooks", args=[hooked.cohort.pk]),
        reverse("hooks:hook", args=[hooked.cohort.pk, hooked.hook.pk]),
    ]
    opened = set()
    for name, person in hooked.people.items():
        client.force_login(person)
        statuses = {client.get(page).status_code for page in pages}
        assert len(statuses) == 1
        if statuses == {200}:
            opened.add(name)
    assert opened == {"organiser"}
    client.force_login(hooked.organiser)
    assert "1 try · next one" in client.get(pages[1]).text


def test_an_organiser_adds_tests_and_removes_one(client, hooked):
    client.force_login(hooked.organiser)
    page = reverse("hooks:hooks", args=[hooked.cohort.pk])

    answer = client.post(page, {"url": hooked.receiver.url, "kinds": ["challenge", "plan"]})
    assert answer.context["secret"].startswith("whsec_")
    assert answer.context["secret"] not in client.get(page).text
    hook = Hook.objects.latest("pk")
    own = [hooked.cohort.pk, hook.pk]
    client.post(reverse("hooks:test", args=own))
    deliver.call(hook.pk, "hook", hook.pk)
    assert "hook.test" in client.get(reverse("hooks:hook", args=own)).text
    client.post(reverse("hooks:remove", args=own))
    assert client.get(reverse("hooks:hook", args=own)).status_code == 404
    bad = client.post(page, {"url": "https://127.0.0.1:1/in"})
    assert bad.status_code == 400
    client.force_login(hooked.facilitator)
    told = client.get(page)
    assert (told.status_code, "Only the organisers of the cohort" in told.text) == (403, True)
    for name in ("member", "elsewhere"):
        client.force_login(getattr(hooked, name))
        assert client.get(page).status_code == 404
