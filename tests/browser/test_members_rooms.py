"""A members' room, for who may come in, who is let in and who is taken out."""

from asgiref.sync import sync_to_async
from django.utils import timezone
from playwright.async_api import expect

from rooms.actions import open_room, set_members
from tests.support.browser import faults_of, picture
from tests.support.talk import is_live, make_talk


async def test_members_see_it_hear_of_it_and_leave_it(visit, tmp_path):
    talk = await make_talk()
    now = timezone.now()
    room = await sync_to_async(open_room)(
        person=talk.agnieszka,
        cohort=talk.room.cohort,
        name="Group 1",
        title="A duty rota that three small offices share",
        audience="members",
        members=[talk.elzbieta],
        now=now,
    )
    path, card = f"/rooms/{room.pk}/", ".room-card:has-text('Group 1')"
    rooms = await visit(talk.janis, "/rooms/")
    other = await visit(talk.agota, "/rooms/", viewport={"width": 360, "height": 740}, color_scheme="dark")
    elzbieta = await visit(talk.elzbieta, path)
    await is_live(elzbieta)
    await expect(elzbieta.locator(".room-h")).to_contain_text("Only for its members")
    await expect(elzbieta.locator("details.away summary")).to_have_text("1 more person may come in")
    await expect(elzbieta.locator("details.away")).not_to_contain_text("Jānis Krūmiņš")
    await expect(rooms.locator(".room-cards")).to_be_visible()
    await expect(rooms.locator(card)).to_have_count(0)
    assert await faults_of(elzbieta) == []
    await picture(elzbieta, tmp_path, "room")

    # Let in: the list of rooms shows it without being loaded again, and counts what is said there.
    await sync_to_async(set_members)(room=room, members=[talk.elzbieta, talk.janis], now=timezone.now())
    await expect(rooms.locator(card)).to_contain_text("Only for its members")
    field = elzbieta.get_by_role("textbox", name="Message to Group 1")
    await field.fill("Good morning, Jānis")
    await field.press("Enter")
    await expect(rooms.locator(card)).to_contain_text("1 new message")
    assert await faults_of(rooms) == []
    await picture(rooms, tmp_path, "list")
    await expect(other.locator(card)).to_have_count(0)

    # A facilitator comes in anyway, and hears of all such rooms together.
    agnieszka = await visit(
        talk.agnieszka, "/rooms/", viewport={"width": 360, "height": 740}, color_scheme="dark"
    )
    await expect(agnieszka.locator(card)).to_contain_text("1 person is connected")
    await picture(agnieszka, tmp_path, "dark")

    # Taken out: the page says so, and the list forgets the room.
    janis = await visit(talk.janis, path)
    await is_live(janis)
    await sync_to_async(set_members)(room=room, members=[talk.elzbieta], now=timezone.now())
    await expect(janis.locator(".conn")).to_contain_text("no access to this room", timeout=3_000)
    await expect(rooms.locator(card)).to_have_count(0)
    janis.expected_errors.append("404")
    await janis.reload()
    await expect(janis.locator("h1")).to_have_text("There is nothing at this address")
