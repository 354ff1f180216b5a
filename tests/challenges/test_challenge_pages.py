"""The pages of challenges without their bundle: listed, written, submitted, answered; two who write at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from challenges.actions import begin_challenge, change_challenge
from challenges.models import Challenge, Confidentiality, State
from challenges.notices import kind_of
from challenges.queries import challenge_for
from challenges.words import waits_for
from sessions.demo.build import build_demo
from synergy.cohorts.models import Role, Seat
from synergy.notices.models import Notice
from tests.factories import NOON, make_cohort, make_person, make_seat
from tests.factories.challenges import make_case, make_challenge
from tests.support.mail import post_goes_out

pytestmark = pytest.mark.once

LIST = reverse("challenges:list")
NEW = reverse("challenges:new")


@pytest.fixture
def see(client, db):
    """`see(person, path)` is the text of the page; `see(person, path, form)` sends the form and gives the answer."""

    def visit(person, path, form=None):
        client.force_login(person)
        if form is not None:
            return client.post(path, form)
        return client.get(path, follow=True).content.decode()

    return visit


def page_of(challenge):
    return reverse("challenges:challenge", args=[challenge.pk])


def form_of(challenge):
    return reverse("challenges:edit", args=[challenge.pk])


def untouched(response):
    """What a browser would send if nothing was touched."""
    fields = [
        *response.context["fields"],
        *(response.context[each] for each in ("language", "summary", "readers")),
    ]
    sent = {}
    for field in fields:
        sent |= {
            field.name: field.value.replace("\n", "\r\n"),
            f"{field.name}_revision": field.revision,
            f"{field.name}_was": field.was,
        }
    return sent


def opened(client, person, challenge):
    client.force_login(person)
    return untouched(client.get(form_of(challenge)))


def test_from_nothing_to_submitted_and_accepted(client, see):
    seat = make_seat()
    facilitator = make_seat(seat.cohort, role=Role.FACILITATOR).person
    assert "Your institution has brought no challenge yet" in see(seat.person, LIST)
    begun = see(seat.person, NEW, {})
    challenge = Challenge.objects.get()
    assert begun.url == form_of(challenge)
    form = opened(client, seat.person, challenge) | {
        "title": "Letters",
        "situation": "One\r\nTwo",
        "do": "submit",
    }
    refused = client.post(form_of(challenge), form)
    assert refused.status_code == 400
    text = refused.content.decode()
    assert "Something is missing" in text
    assert "Say what you would like to reach." in text
    assert "Describe the situation." not in text
    challenge.refresh_from_db()
    assert (challenge.title, challenge.situation, challenge.state) == ("Letters", "One\nTwo", State.DRAFT)
    rest = {"key_question": "Who answers?", "desired_result": "One answer", "do": "submit"}
    done = client.post(form_of(challenge), opened(client, seat.person, challenge) | rest)
    assert done.url == page_of(challenge)
    assert "Waits for you: accept it, or ask the institution." in see(facilitator, LIST)
    see(facilitator, page_of(challenge), {"do": "accept"})
    assert "Accepted" in see(seat.person, page_of(challenge))


def test_returned_with_questions_and_submitted_again(client, see):
    case = make_case()
    path = page_of(case.challenge)
    empty = see(case.facilitator, path, {"do": "return", "why": " "})
    assert (empty.status_code, "Say why." in empty.content.decode()) == (400, True)
    see(case.facilitator, path, {"do": "return", "why": "Who decides?"})
    assert "Who decides?" in see(case.author, form_of(case.challenge))
    answered = {"do": "submit", "tried": "We asked both heads."}
    client.post(form_of(case.challenge), opened(client, case.author, case.challenge) | answered)
    text = see(case.facilitator, path)
    assert "Submitted again" in text
    assert "Changed since then:</b> What was tried</p>" in text
    assert "Changed since then" not in see(case.author, path)
    assert "Who decides?" in text


def test_questions_are_answered_in_words(client, see):
    case = make_case(state=State.RETURNED)
    case.challenge.steps.create(
        from_state=State.SUBMITTED, to_state=State.RETURNED, by=case.facilitator, at=NOON, why="Who decides?"
    )
    form = form_of(case.challenge)
    assert "Your answer to the questions" in see(case.author, form)
    sent = {"do": "submit", "why": "x" * 4_001}
    answer = client.post(form, opened(client, case.author, case.challenge) | sent)
    assert answer.status_code == 400
    assert "There is room for 4000." in answer.content.decode()
    assert "x" * 4_001 in answer.content.decode()
    saved = {"do": "save", "why": "The min"}
    kept = client.post(form, opened(client, case.author, case.challenge) | saved, follow=True)
    assert ">The min</textarea>" in kept.content.decode()
    sent = {"do": "submit", "why": "The minister,\r\nalone. "}
    client.post(form, opened(client, case.author, case.challenge) | sent)
    late = client.post(form, {"do": "submit", "why": "Nobody."})
    assert (late.status_code, "your answer was not sent" in late.content.decode()) == (409, True)
    for reader in (case.facilitator, case.author):
        text = see(reader, page_of(case.challenge))
        assert "<b>The answer</b>" in text
        assert text.count("The minister,\nalone.") == 2  # beside the questions, and in the history
    assert "Nothing was changed since then." not in see(case.facilitator, page_of(case.challenge))
    notice = Notice.objects.get(person=case.facilitator, kind=kind_of(State.SUBMITTED))
    assert notice.values["why"] == "The minister,\nalone."
    see(case.facilitator, page_of(case.challenge), {"do": "return", "why": "Which minister?"})
    text = see(case.author, page_of(case.challenge))
    assert "<b>The answer</b>" not in text


def test_a_draft_asks_for_no_answer(client, see, draft):
    form = form_of(draft.challenge)
    client.post(form, opened(client, draft.author, draft.challenge) | {"do": "submit", "why": "Unasked"})
    assert "Unasked" not in see(draft.author, page_of(draft.challenge))


def test_a_draft_has_no_field_for_an_answer(see, draft):
    assert "Your answer to the questions" not in see(draft.author, form_of(draft.challenge))


def test_who_answers_second_keeps_their_words(see):
    case = make_case()
    path = page_of(case.challenge)
    see(case.organiser, path, {"do": "accept"})
    late = see(case.facilitator, path, {"do": "return", "why": "Who decides?"})
    text = late.content.decode()
    assert late.status_code == 409
    assert "It does not wait for an answer any more." in text
    assert "Who decides?" in text


def test_withdrawn_tagged_and_closed(see):
    case = make_case()
    path = page_of(case.challenge)
    see(case.facilitator, path, {"do": "tag", "tags": "letters,  front desk ,"})
    assert "front desk" in see(case.facilitator, path)
    see(case.author, path, {"do": "withdraw"})
    assert "Save and submit" in see(case.author, form_of(case.challenge))
    see(case.author, path, {"do": "close", "why": "Solved meanwhile"})
    assert "Solved meanwhile" in see(case.author, path)
    # What is closed is read; its form leads to the page.
    assert "Save and submit" not in see(case.author, form_of(case.challenge))


def test_what_was_not_touched_is_not_sent(client, see, draft):
    form = opened(client, draft.colleague, draft.challenge)
    challenge = challenge_for(draft.author, draft.challenge.pk)
    change_challenge(
        person=draft.author, challenge=challenge, field="title", value="Anna's", base=0, now=NOON
    )
    client.post(form_of(draft.challenge), form | {"tried": "A mailbox"})
    draft.challenge.refresh_from_db()
    assert (draft.challenge.title, draft.challenge.tried) == ("Anna's", "A mailbox")


def test_two_people_write_the_same_field(client, see, draft):
    form = opened(client, draft.colleague, draft.challenge)
    challenge = challenge_for(draft.author, draft.challenge.pk)
    change_challenge(person=draft.author, challenge=challenge, field="tried", value="Hers", base=0, now=NOON)
    clash = client.post(form_of(draft.challenge), form | {"tried": "His words"})
    assert clash.status_code == 409
    assert "Hers" in clash.content.decode()
    assert "His words" in clash.content.decode()
    assert '<a href="#c-tried">' in clash.content.decode()  # on top, and the focus in the field
    assert (
        'aria-describedby="c-tried-hint c-tried-error" aria-invalid="true" autofocus'
        in clash.content.decode()
    )
    client.post(form_of(draft.challenge), untouched(clash))
    draft.challenge.refresh_from_db()
    assert draft.challenge.tried == "His words"


def test_who_sees_which_buttons(see):
    case = make_case()
    buttons = ("Accept the challenge", "Return with questions", "Take it back to a draft", "Save the tags")
    shown = {
        name: [button in see(getattr(case, name), page_of(case.challenge)) for button in buttons]
        for name in ("author", "own_observer", "peer", "facilitator", "organiser")
    }
    assert shown == {
        "author": [False, False, True, False],
        "own_observer": [False] * 4,
        "peer": [False] * 4,
        "facilitator": [True, True, False, True],
        "organiser": [True, True, False, True],
    }


def test_nobody_else(client, see):
    case = make_case()
    for person, status in (
        (case.author, 200),
        (case.participant, 404),
        (case.ended, 404),
        (case.outsider, 404),
    ):
        client.force_login(person)
        assert client.get(page_of(case.challenge)).status_code == status
        assert client.get(form_of(case.challenge), follow=True).status_code == status
    assert see(case.peer, page_of(case.challenge), {"do": "accept"}).status_code == 403
    assert see(case.peer, form_of(case.challenge), {"title": "x", "title_was": ""}).status_code == 403
    client.logout()
    assert client.get(LIST).status_code == 302


def test_only_participants_begin_a_challenge(see):
    case = make_case()
    assert see(case.facilitator, NEW, {}).status_code == 403
    assert "Participants write the challenge of their institution." in see(case.facilitator, NEW)
    assert f'action="{NEW}"' in see(case.author, NEW)
    assert not Challenge.objects.exclude(pk=case.challenge.pk).exists()
    assert see(case.author, NEW, {"cohort": make_cohort("Other").pk}).status_code == 404
    assert see(case.author, NEW, {"cohort": case.cohort.pk}).status_code == 302


def test_a_page_that_a_colleague_only_began_is_in_nobody_elses_list(see):
    case = make_case()
    begun = begin_challenge(person=case.author, cohort=case.cohort, now=NOON)
    address = reverse("challenges:challenge", args=[begun.pk])
    assert [address in see(each, LIST) for each in (case.author, case.colleague)] == [True, False]
    change_challenge(
        person=case.author,
        challenge=challenge_for(case.author, begun.pk),
        field="title",
        value="A",
        base=0,
        now=NOON + timedelta(minutes=1),
    )
    assert address in see(case.colleague, LIST)


def test_files_are_added_read_and_removed(client, see, draft):
    path = reverse("challenges:attach", args=[draft.challenge.pk])
    note = SimpleUploadedFile("Letters.txt", b"140 letters a month")
    see(draft.author, path, {"file": note})
    row = draft.challenge.attachments.get()
    assert "Letters.txt" in see(draft.colleague, form_of(draft.challenge))
    address = reverse("challenges:file", args=[row.pk])
    client.force_login(draft.colleague)
    assert client.get(address).content == b"140 letters a month"
    client.force_login(draft.facilitator)
    assert client.get(address).status_code == 404
    see(draft.author, reverse("challenges:detach", args=[draft.challenge.pk]), {"file": row.pk})
    assert not draft.challenge.attachments.exists()


def test_a_file_that_is_refused_says_why(see, draft):
    path = reverse("challenges:attach", args=[draft.challenge.pk])
    see(draft.author, path, {"file": SimpleUploadedFile("run.exe", b"MZ\x90\x00")})
    assert "note alarm" in see(draft.author, form_of(draft.challenge))
    assert not draft.challenge.attachments.exists()


def test_the_list_says_whose_turn_it_is(see):
    case = make_case()
    make_challenge(case.cohort, title="Ours to see", confidentiality=Confidentiality.COHORT)
    text = see(case.author, LIST)
    assert "Nothing to do for you. Waits for a facilitator to read it." in text
    assert text.index("Of your institution") < text.index("Of other institutions") < text.index("Ours to see")
    assert "You work on these" in see(case.peer, LIST)
    assert waits_for(case.facilitator, case.seen_by(case.facilitator))
    assert not waits_for(case.author, case.seen_by(case.author))
    assert "You are in no cohort now" in see(make_person(), LIST)
    Seat.objects.filter(person=case.facilitator).update(ended_at=NOON)
    assert case.challenge.title not in see(case.facilitator, LIST)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ACCEPTED])
def test_what_a_facilitator_has_to_do_stands_first(see, state):
    case = make_case(state=state)
    make_challenge(case.cohort, state=State.WORKED_ON, title="Under way")
    text = see(case.facilitator, LIST)
    assert (
        text.index("Waiting for you") < text.index(case.challenge.title) < text.index("Of other institutions")
    )
    assert text.index("Of other institutions") < text.index("Under way")


@pytest.mark.parametrize("who", ["facilitator", "author"])
def test_queries_of_the_list(client, see, who):
    case = make_case()
    person = getattr(case, who)
    see(person, LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    for _ in range(2):
        make_challenge(case.cohort, case.institution, case.author)
        make_challenge(case.cohort, confidentiality=Confidentiality.COHORT)
    with CaptureQueriesContext(connection) as more:
        client.get(LIST)
    assert len(more) == len(one)


def test_where_there_are_many_one_can_search(see):
    case = make_case()
    assert "challenge-search" not in see(case.facilitator, LIST)
    # Words, since names of institutions are numbered.
    for place in ("Brno", "Nitra", "Praha", "Riga", "Sofia", "Žilina"):
        make_challenge(case.cohort, title=f"Žiadosti {place}", key_question="Prečo?")
    assert "Žiadosti Brno" in see(case.facilitator, LIST)
    found = see(case.facilitator, f"{LIST}?words=ziadosti zilina preco")
    assert ("Žiadosti Žilina" in found, "Žiadosti Sofia" in found) == (True, False)
    assert "Nothing found" in see(case.facilitator, f"{LIST}?words=ziadosti&state=closed")


def test_what_resembles_it_is_for_who_facilitates(see):
    case = make_case()
    make_challenge(case.cohort, title="Letters between departments", confidentiality=Confidentiality.COHORT)
    path = page_of(case.challenge)
    assert "Letters between departments" in see(case.facilitator, path)
    assert "Letters between departments" not in see(case.author, path)


def test_the_demonstration_has_one_of_each_kind(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            cohort = build_demo(timezone.now(), str)
    challenges = cohort.challenges.values_list("state", "language")
    assert {("submitted", "en"), ("returned", "pl"), ("accepted", "lv")} <= set(challenges)
    assert {language for _state, language in challenges} == {"en", "pl", "sk", "hu", "bg", "lv"}
    assert len(challenges) == 7
    assert post_goes_out(timezone.now())
    assert not [letter for letter in mail.outbox if "challenge" in letter.body.lower()]
