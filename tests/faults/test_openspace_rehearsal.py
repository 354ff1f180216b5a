"""A rehearsal from the opening circle to the closed gathering: bots over the real doors, on both stacks."""

import pytest

pytestmark = pytest.mark.timeout(300)


def rehearse(installation, bots, rounds, *words):
    """What the command says; it fails when a bot missed something or was refused what it should not be."""
    staged = installation.stage("rehearsal", rounds, module="gathering_staging")
    quick = ["--pace", "0.2", "--round-seconds", "6", "--patience", "45", "--people", str(bots)]
    said = installation.site.manage("rehearse_gathering", str(staged["gathering"]), "--lead", *quick, *words)
    return said, staged["gathering"]


def assert_whole(installation, bots, rounds, said, gathering):
    """Closed; every topic has its report, confirmed; the proceedings hold all of the day."""
    assert "Every bot saw everything once and in order." in said
    held = installation.stage("audit", gathering, module="gathering_staging")
    assert held["stage"] == "closed"
    assert held["running"] == 0
    names = [event["name"] for event in held["events"][f"gathering:{gathering}"]]
    assert names.count("topic.proposed") == bots
    assert names.count("round.started") == names.count("round.ended") == rounds
    assert names.count("circle.started") == names.count("circle.ended") == 2
    book = installation.stage("book", gathering, module="gathering_staging")
    assert list(book["reports"].values()) == ["confirmed"] * bots
    assert all(book["written"])
    assert book["others"] == []
    assert book["voters"] == bots
    assert book["closing_words"] == bots
    assert book["is_final"]


def test_with_a_server_of_its_own(small):
    small.site.stop()
    assert_whole(small, 4, 1, *rehearse(small, 4, 1))


def test_at_two_processes(large):
    urls = [word for site in large.sites for word in ("--url", site.url)]
    assert_whole(large, 8, 2, *rehearse(large, 8, 2, *urls))
