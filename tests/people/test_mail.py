from datetime import UTC, datetime

from django.core import mail as outbox
from django.core.mail import EmailMessage, get_connection

from synergy.people.inbox import drop_old_letters, newest_letters
from synergy.people.mail import language_of, send_mail
from tests.factories import make_person


def test_one_text_goes_out_as_text_and_as_a_page():
    send_mail("account/email/login_code", to="a@office.example", language="en", context={"code": "1234-5678"})
    [letter] = outbox.outbox
    page, kind = letter.alternatives[0]
    assert letter.subject == "1234-5678 is your code for Synergy"
    assert "\n    1234-5678\n" in letter.body
    assert kind == "text/html"
    assert ">1234-5678</p>" in page
    assert letter.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_a_link_is_a_link_and_words_of_others_are_not_markup(db):
    context = {"email": "<b>x</b>@office.example"}
    send_mail("account/email/unknown_account", to="a@office.example", language="en", context=context)
    page, _kind = outbox.outbox[0].alternatives[0]
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_mail_speaks_the_language_of_its_reader(db):
    make_person(email="ilze@office.example", language="lv")
    assert language_of("Ilze@office.example") == "lv"
    assert language_of("nobody@office.example") == "en"


def test_the_inbox_reads_what_the_file_backend_wrote(tmp_path):
    backend = "django.core.mail.backends.filebased.EmailBackend"
    for subject in ("Zażółć", "Добро утро"):
        with get_connection(backend, file_path=tmp_path) as connection:
            EmailMessage(subject, "Text 1\nText 2", to=["a@office.example"], connection=connection).send()
    letters = newest_letters(tmp_path)
    assert {letter.subject for letter in letters} == {"Zażółć", "Добро утро"}
    assert [(letter.to, letter.text.strip()) for letter in letters] == [
        ("a@office.example", "Text 1\nText 2")
    ] * 2
    assert all(abs(letter.at - datetime.now(UTC)).total_seconds() < 60 for letter in letters)
    assert newest_letters(tmp_path / "none") == []


def test_a_demonstration_keeps_the_newest_letters(tmp_path):
    names = [f"20260210-1200{second:02}-1.log" for second in range(6)]
    for name in names:
        (tmp_path / name).write_text("")
    drop_old_letters(tmp_path, keep=4)
    assert sorted(path.name for path in tmp_path.iterdir()) == names[2:]
    drop_old_letters(tmp_path, keep=4)
    assert len(list(tmp_path.iterdir())) == 4
