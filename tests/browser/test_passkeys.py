"""A passkey is made, signs in alone, and is taken away, with a device that Chromium plays."""

from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from asgiref.sync import sync_to_async
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.async_api import expect

from tests.factories import make_person
from tests.support.browser import faults_of, sign_in
from tests.support.signed_in import has_shown

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def _signed_in_now(person):
    for row in Session.objects.all():
        has_shown(SessionStore(row.session_key), person)


async def test_a_passkey_is_made_signs_in_and_is_removed(visit, site):
    ilze = await sync_to_async(make_person)("Ilze Bērziņa", email="ilze@office.example")
    page = await visit(ilze, reverse("mfa_index"))
    await expect(page.get_by_role("button", name="Add a passkey")).to_be_disabled()
    await expect(page.get_by_text("This address is a number")).to_be_visible()
    named = site.url.replace("127.0.0.1", "localhost")
    await sign_in(page.context, SimpleNamespace(url=named), ilze)
    await sync_to_async(_signed_in_now)(ilze)
    device = await page.context.new_cdp_session(page)
    await device.send("WebAuthn.enable")
    await device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    await page.goto(named + reverse("mfa_add_webauthn"))
    assert await faults_of(page) == []
    await page.get_by_label("Name").fill("The office laptop")
    await page.get_by_role("button", name="Make the passkey").press("Enter")
    await expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    await expect(page.locator(".codes li")).to_have_count(10)
    await expect(page.get_by_role("button", name="Print")).to_be_visible()
    assert await faults_of(page) == []
    await page.get_by_role("link", name="I have kept them").click()
    await expect(page.get_by_role("listitem").filter(has_text="The office laptop")).to_be_visible()
    await page.goto(named + reverse("mfa_add_webauthn"))
    await page.get_by_role("button", name="Make the passkey").click()
    await expect(page.get_by_role("status")).to_contain_text("has a passkey for Synergy already")

    await page.context.clear_cookies()
    await page.goto(f"{named}{reverse('account_login')}?next={reverse('mfa_index')}")
    await page.get_by_role("button", name="Sign in with a passkey").press("Enter")
    await expect(page.get_by_role("heading", name="Second step at sign-in")).to_be_visible()
    await expect(page.get_by_text("10 codes are left")).to_be_visible()
    await page.get_by_role("link", name="Remove The office laptop").click()
    await page.get_by_role("button", name="Use a passkey").click()
    await page.get_by_role("button", name="Yes, remove it").click()
    await expect(page.get_by_text("You have no passkey for Synergy.")).to_be_visible()
    assert await faults_of(page) == []
    assert not await sync_to_async(Authenticator.objects.exists)()
    await page.context.clear_cookies()
    await page.goto(named + reverse("account_login"))
    await page.get_by_role("button", name="Sign in with a passkey").click()
    await expect(page.get_by_text("That was not right")).to_be_visible()
