"""Task groups in a browser: proposed, changed by keyboard, seen by others, published, entered; axe on both pages."""

from asgiref.sync import sync_to_async
from playwright.async_api import expect

from challenges.groups.models import Membership, Mix
from tests.factories.task_groups import make_day
from tests.support.browser import SIZES, faults_of


async def make_path():
    day = await sync_to_async(make_day)()
    day.path = f"/groups/{day.session.pk}/{day.on}/"
    return day


def group_of(person):
    rows = Membership.objects.filter(person=person).select_related("group__challenge")
    return sync_to_async(lambda: rows.get().group)()


def card(page, number):
    return page.locator(f'.mix-group[data-number="{number}"]')


async def test_from_a_proposal_to_the_room(visit):
    day = await make_path()
    member = day.teams[4][0]
    waits = await visit(member, day.path, viewport=SIZES["narrow"], color_scheme="dark")
    await expect(waits.get_by_text("The groups of this day are not published yet.")).to_be_visible()
    maker = await visit(day.facilitator, day.path)
    await maker.get_by_role("link", name="Make the groups").first.click()
    # By keyboard alone.
    await maker.get_by_role("button", name="Propose groups").press("Enter")
    await expect(maker.get_by_text("Here is a proposal.")).to_be_visible()
    await expect(maker.get_by_text("All wishes are met.")).to_be_visible()
    other = await visit(day.organiser, f"{day.path}make/", viewport=SIZES["narrow"], color_scheme="dark")
    group = await group_of(member)
    goal = 1 if group.number != 1 else 2
    move = maker.get_by_role("button", name=f"Move to… {member.name}")
    await move.focus()
    await maker.keyboard.press("Enter")
    dialog = maker.get_by_role("dialog", name=f"Move {member.name}")
    await expect(dialog).to_be_visible()
    assert await faults_of(maker) == []
    here = (
        dialog.get_by_role("listitem")
        .filter(has_text=f"Group {goal}")
        .get_by_role("button", name="Move here")
    )
    await here.focus()
    await maker.keyboard.press("Enter")
    await expect(maker.get_by_text(f"{member.name} is in group {goal} now.")).to_be_visible()
    await expect(card(maker, goal)).to_contain_text(member.name)
    await expect(move).to_be_focused()
    # Who looks on sees it, and who pressed it.
    await expect(card(other, goal)).to_contain_text(member.name)
    await expect(other.locator("[data-part=state]")).to_contain_text("Fiona Kovács")
    await expect(maker.get_by_text("What is not as it was wished")).to_be_visible()
    assert [await faults_of(page) for page in (maker, other)] == [[], []]
    assert await other.evaluate("document.documentElement.scrollWidth") == SIZES["narrow"]["width"]
    await maker.get_by_text("Publish the groups").press("Enter")
    await maker.get_by_role("button", name="Publish now").press("Enter")
    await expect(maker.get_by_text("The groups are published. Everybody sees them.")).to_be_visible()
    await expect(other.locator("[data-part=state]").get_by_text("Published")).to_be_visible()
    # The member's page follows by itself.
    own = waits.get_by_role("listitem").filter(has_text="Your group")
    await expect(own).to_contain_text(f"Group {goal}", timeout=40_000)
    assert await faults_of(waits) == []
    assert await waits.evaluate("document.documentElement.scrollWidth") == SIZES["narrow"]["width"]
    await own.get_by_role("link", name="Go to the room").click()
    await expect(waits.get_by_role("textbox", name="Message")).to_be_visible()
    await waits.get_by_role("link", name="Back to the challenge").first.click()
    await expect(waits.get_by_role("heading", name="What comes out of it")).to_be_visible()
    await expect(waits.get_by_role("link", name=f"Task group {goal}", exact=True)).to_be_visible()


async def test_without_scripts_and_with_the_mouse(visit):
    day = await make_path()
    member = day.teams[4][0]
    plain = await visit(day.facilitator, f"{day.path}make/", java_script_enabled=False)
    await plain.get_by_role("button", name="Propose groups").click()
    group = await group_of(member)
    goal = 1 if group.number != 1 else 2
    await plain.get_by_role("combobox", name="Who").select_option(label=member.name)
    await plain.get_by_role("combobox", name="To").select_option(index=goal - 1)
    await plain.get_by_role("button", name="Move", exact=True).click()
    await expect(plain.get_by_text(f"{member.name} is in group {goal} now.")).to_be_visible()
    # Both ends of the drag are in view.
    page = await visit(day.facilitator, f"{day.path}make/", viewport={"width": 1280, "height": 1800})
    row = page.locator(f'[data-person="{member.pk}"]')
    await expect(row).to_have_attribute("draggable", "true")
    await row.drag_to(card(page, 3))
    await expect(card(page, 3)).to_contain_text(member.name)
    await page.get_by_role("button", name="Propose anew").click()
    await expect(page.get_by_text("Here is a proposal.")).to_be_visible()
    await expect(card(page, 3)).to_contain_text(member.name)
    assert (await Mix.objects.aget()).seed == 2
