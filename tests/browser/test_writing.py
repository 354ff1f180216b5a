"""What one may write: letters of any kind, pictures, files; and what is shown of it."""

import io

from PIL import Image
from playwright.async_api import expect

from tests.support.talk import field_of, is_live, log_of, make_talk, message, write


async def test_letters_that_are_being_composed_are_not_sent(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    await field_of(anna).click()
    keyboard = await anna.context.new_cdp_session(anna)
    await keyboard.send("Input.imeSetComposition", {"text": "ż", "selectionStart": 1, "selectionEnd": 1})
    # The Enter that ends a composition; 229 is how Safari marks it.
    for marks in ({"isComposing": True}, {"keyCode": 229}):
        event = {"key": "Enter", "bubbles": True, "cancelable": True, **marks}
        await field_of(anna).dispatch_event("keydown", event)
    await expect(log_of(anna)).to_have_count(1)
    await expect(log_of(anna).first).to_contain_text("Nobody has written here yet")
    await keyboard.send("Input.insertText", {"text": "że tak, ő, ķ, Жар"})
    await expect(field_of(anna)).to_have_value("że tak, ő, ķ, Жар")
    await anna.keyboard.press("Enter")
    await expect(anna.locator(".room-c .msg-t")).to_have_text("że tak, ő, ķ, Жар")


async def test_shift_and_enter_start_a_new_line(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    await field_of(anna).press_sequentially("One")
    await anna.keyboard.press("Shift+Enter")
    await field_of(anna).press_sequentially("Two")
    await anna.keyboard.press("Enter")
    assert await anna.locator(".room-c .as-typed").inner_text() == "One\nTwo"


async def test_markup_and_turned_text_stay_what_they_are(visit):
    talk = await make_talk()
    hostile = (
        '<img src=x onerror="document.title=1"><script>document.title=2</script> \u202eturned\u202c **bold**'
    )
    await talk.said(talk.janis, hostile, "Next")
    for options in ({}, {"java_script_enabled": False}):
        anna = await visit(talk.elzbieta, talk.path, **options)
        words = message(anna, "bold").locator(".msg-t")
        await expect(words).to_contain_text('<img src=x onerror="document.title=1"><script>')
        await expect(words.locator("b")).to_have_text("bold")
        assert await words.locator("img, script").count() == 0
        assert await anna.title() == "Amber · Synergy"
        direction = "node => getComputedStyle(node).unicodeBidi"
        if not options:
            assert await message(anna, "Next").locator("bdi").first.evaluate(direction) == "isolate"


async def test_server_and_client_draw_a_text_alike(visit):
    talk = await make_talk()
    await talk.said(
        talk.janis,
        "Plain\nin two lines",
        "**Bold** and *slanted* with `code` and https://example.org/a?b=c&d",
        "1. One\n2. Two\n   - deeper\n\n> quoted\n\n```\npre  formatted\n```",
    )
    await talk.said(talk.janis, "What do you think, @Elżbieta Nowicka?", mentions=[talk.elzbieta.pk])
    drawn = []
    for options in ({"java_script_enabled": False}, {}):
        anna = await visit(talk.agota, talk.path, **options)
        if not options:
            await is_live(anna)
        drawn.append([await words.inner_html() for words in await anna.locator(".msg-t").all()])
    assert len(drawn[0]) == 4
    assert drawn[0] == drawn[1]


async def test_a_very_long_word_does_not_widen_the_page(visit):
    talk = await make_talk()
    await talk.said(talk.janis, "a" * 4_000)
    anna = await visit(talk.elzbieta, talk.path, viewport={"width": 360, "height": 740})
    await is_live(anna)
    assert await anna.evaluate("document.documentElement.scrollWidth") == 360
    assert await anna.evaluate("document.querySelector('.chat-scroll').scrollWidth") <= 360


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (800, 400), "teal").save(out, "PNG")
    return {"name": "chart.png", "mimeType": "image/png", "buffer": out.getvalue()}


async def test_pictures_and_files_go_with_a_message(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    janis = await visit(talk.janis, talk.path)
    anna.expected_errors.append("400")
    await is_live(anna)
    await is_live(janis)
    text = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"Ten minutes each Monday"}
    program = {"name": "tool.exe", "mimeType": "application/pdf", "buffer": b"MZ\x90\x00" * 64}
    await anna.locator("input[type=file]").set_input_files([_picture(), text, program])
    uploads = anna.get_by_role("list", name="Files of your message")
    await expect(uploads.locator("progress")).to_have_count(0)
    await expect(uploads.locator(".bad")).to_contain_text("Files of this kind cannot be shared")
    await write(anna, "Both of them")
    complaint = anna.locator(".room-c .composer").get_by_text("Remove the files that are not uploaded.")
    await expect(complaint).to_be_visible()
    await uploads.get_by_role("button", name="Remove tool.exe").click()
    await expect(complaint).to_have_count(0)
    await field_of(anna).press("Enter")
    shown = message(janis, "Both of them")
    picture = shown.get_by_role("img", name="chart.png")
    await expect(picture).to_have_js_property("complete", value=True)
    assert await picture.evaluate("img => [img.width, img.height, img.naturalWidth > 0]") == [320, 160, True]
    await expect(shown.locator(".file")).to_contain_text("notes.txt")
    file = await janis.request.get(await shown.locator(".file").get_attribute("href") or "")
    assert await file.text() == "Ten minutes each Monday"


async def test_a_picture_is_pasted(visit):
    talk = await make_talk()
    anna = await visit(talk.elzbieta, talk.path)
    await is_live(anna)
    await field_of(anna).evaluate(
        """async (field) => {
            const canvas = new OffscreenCanvas(40, 20);
            canvas.getContext('2d').fillRect(0, 0, 40, 20);
            const clipboard = new DataTransfer();
            clipboard.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }));
            field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: clipboard, bubbles: true, cancelable: true }));
        }"""
    )
    await expect(anna.locator(".uploads li")).to_contain_text("byte")
    await anna.get_by_role("button", name="Send").click()
    await expect(log_of(anna).last.get_by_role("img", name="image.png")).to_be_visible()
