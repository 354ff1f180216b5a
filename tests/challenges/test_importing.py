"""Public challenges from a file: nothing lost, nothing twice, everything odd said."""

import json
import re
from collections import Counter
from datetime import date, time
from io import StringIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.management import CommandError, call_command

from challenges.actions import begin_challenge
from challenges.importing import ImportFailed, import_challenges, read_records
from challenges.importing.moments import Moment, read_moment
from challenges.importing.reading import prose_of
from challenges.models import Challenge, State, Tag
from challenges.queries import challenge_for, challenge_state_of
from tests.factories import NOON
from tests.support.challenges import change, do

FILE = Path(__file__).parents[1] / "data" / "challenges_us_federal_open.json"
FIELDS = ("title", "situation", "stakeholders", "desired_result", "constraints")


@pytest.fixture
def records():
    return read_records(FILE.read_bytes())


@pytest.fixture
def bring(case):
    """Imports records in the author's name; gives what it did."""
    return lambda records, person=None: import_challenges(
        records=records, cohort=case.cohort, person=person or case.author, now=NOON
    )


def record(**fields):
    return {"challenge-id": "1", "challenge-title": "Letters", **fields}


def words(text):
    return Counter(re.findall(r"\w+", text))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020/03/19 12 p.m.", Moment(date(2020, 3, 19), time(12), "")),
        ("2021/12/03 11:59 p.m.", Moment(date(2021, 12, 3), time(23, 59), "")),
        ("2021/04/08 12:00 AM", Moment(date(2021, 4, 8), time(0), "")),
        ("2021/9/16 8:00 AM ", Moment(date(2021, 9, 16), time(8), "")),
        ("2021/10/14 11:00 AM ET", Moment(date(2021, 10, 14), time(11), "ET")),
        ("2021/08/31", Moment(date(2021, 8, 31), None, "")),
        ("2021/02/30", None),
        ("2021/02/03 13:00 PM", None),
        ("2021/02/03 1:75 PM", None),
        ("by autumn", None),
        ("", None),
    ],
)
def test_dates_are_read_as_they_are_spelt(text, moment):
    assert read_moment(text) == moment


def test_all_public_challenges_come_as_drafts(case, records, bring):
    done = bring(records)
    assert (len(done.made), done.kept) == (29, 0)
    drafts = Challenge.objects.filter(state=State.DRAFT, institution=case.institution, created_by=case.author)
    assert drafts.count() == 29
    assert not drafts.exclude(key_question="").exists()
    assert not [one for one in drafts if challenge_for(case.facilitator, one.pk)]
    assert [remark.partition(":")[0] for remark in done.remarks] == ["1265", "1284", "1285"], done.remarks


def test_no_word_is_lost(records, bring):
    for source, made in zip(records, bring(records).made, strict=True):
        held = words("\n".join(getattr(made, field) for field in FIELDS))
        for name, value in source.items():
            lines = value if isinstance(value, list) else [value]
            wanted = words(
                " ".join(BeautifulSoup(f"<div>{line}</div>", "html.parser").get_text(" ") for line in lines)
            )
            # Where a word is half in bold, its halves come apart here and not there.
            lost = [word for word in wanted if word not in held and not any(word in each for each in held)]
            assert not lost, (source["challenge-id"], name, lost)


def test_links_stay_and_no_tag_does(records, bring):
    for source, made in zip(records, bring(records).made, strict=True):
        held = "\n".join(getattr(made, field) for field in FIELDS)
        assert not re.search(r"</?(p|li|ul|strong|a|td|h\d)\b", held)
        html = "".join(value for value in source.values() if isinstance(value, str))
        for link in re.findall(r'href="([^"\s]+)"', html):
            assert link.replace("&amp;", "&").replace("_", "") in held.replace("\\", "").replace("_", "")


def test_twice_adds_nothing_and_leaves_what_people_did(case, records, bring):
    first = bring(records).made[0]
    assert change(first, case.author, "title", "Our own title", 1).revision == 2
    again = bring(records)
    assert (again.made, again.kept, Challenge.objects.count()) == ([], 29, 30)
    assert Challenge.objects.get(pk=first.pk).title == "Our own title"
    assert Tag.objects.count() == len({tag.name.casefold() for tag in Tag.objects.all()})


def test_what_has_no_field_stands_at_the_end_of_the_situation(bring):
    (made,) = bring(
        [
            record(
                description="<p>It takes <b>weeks</b>.</p>",
                tagline="An answer in a fortnight",
                rules="<ul><li>No money</li></ul>",
                agency="The Office",
                prizes="<p>One</p><p>Two</p>",
                **{"submission-start": "2021/08/31", "submission-end": "by autumn", "new-field": "Kept"},
            )
        ]
    ).made
    assert made.situation == (
        "It takes **weeks**.\n\n## Prizes\n\nOne\n\nTwo\n\n- Challenge id: 1\n"
        "- Submission start: 2021-08-31 (written as “2021/08/31”)\n- Submission end: by autumn\n"
        "- New field: Kept"
    )
    assert (made.desired_result, made.constraints) == ("An answer in a fortnight", "- No money")
    assert (made.stakeholders, made.key_question) == ("- The Office", "")


@pytest.mark.parametrize(
    ("fields", "remark"),
    [
        ({"submission-end": "soon"}, "1: submission-end is not understood as a date: soon"),
        (
            {"submission-start": "2021/08/31", "submission-end": "2021/08/30"},
            "1: it ends on 2021-08-30, before it starts on 2021-08-31",
        ),
        (
            {"challenge-title": "x" * 201},
            "1: its title is too long and was cut; the whole is in the situation",
        ),
        (
            {"rules": "x" * 20_001},
            "1: constraints has 20001 characters; there is room for 20000 when it is changed",
        ),
    ],
)
def test_what_is_odd_is_kept_and_said(bring, fields, remark):
    done = bring([record(**fields)])
    assert done.remarks == [remark]
    (made,) = done.made
    held = "\n".join(getattr(made, field) for field in FIELDS)
    assert list(fields.values())[-1].replace("/", "-") in held.replace("/", "-")


def test_scripts_and_styles_do_not_come_along():
    assert (
        prose_of("<style>p{color:red}</style><script>alert(1)</script><p onclick='x()'>Words</p>") == "Words"
    )


def test_an_imported_draft_goes_the_way_of_all_challenges(case, bring):
    (made,) = bring([record(description="Slow.", tagline="Fast.")]).made
    assert list(do(made, case.colleague, "submit").fields) == ["key_question"]
    change(made, case.colleague, "key_question", "How do we get faster?")
    assert do(made, case.colleague, "submit") is None
    card = challenge_state_of(case.facilitator, challenge_for(case.facilitator, made.pk))
    assert (card.state, card.situation) == ("submitted", "Slow.\n\n- Challenge id: 1")
    assert begin_challenge(person=case.author, cohort=case.cohort, now=NOON) != made


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1]",
        b'[{"challenge-id": "1"}]',
        b"\xff",
        b'[{"challenge-id": 1, "challenge-title": "x"}]',
    ],
)
def test_what_is_no_list_of_challenges_is_refused(content):
    with pytest.raises(ImportFailed):
        read_records(content)


def test_an_id_that_is_there_twice_is_refused():
    with pytest.raises(ImportFailed, match="more than once"):
        read_records(json.dumps([record(), record()]).encode())


def test_only_participants_bring_them(case, bring):
    with pytest.raises(ImportFailed):
        bring([record()], case.facilitator)
    assert Challenge.objects.count() == 1


def test_the_command_says_what_it_did(case, tmp_path):
    file = tmp_path / "challenges.json"
    file.write_text(json.dumps([record(**{"submission-end": "soon"})]))

    def run(*arguments):
        out = StringIO()
        call_command("import_challenges", str(file), "--cohort", str(case.cohort.pk), *arguments, stdout=out)
        return out.getvalue().splitlines()

    remark = "1: submission-end is not understood as a date: soon"
    added = "1 challenges added to “Cohort A” as drafts; 0 were there already; 1 remarks."
    assert run("--dry-run") == [remark, added, "Dry run: nothing was changed."]
    assert Challenge.objects.count() == 1
    assert run("--as", case.colleague.email) == [remark, added]
    assert Challenge.objects.latest("pk").created_by == case.colleague
    assert run() == ["0 challenges added to “Cohort A” as drafts; 1 were there already; 0 remarks."]
    with pytest.raises(CommandError, match="no participant"):
        run("--as", case.facilitator.email)
    file.unlink()
    with pytest.raises(CommandError):
        run()
