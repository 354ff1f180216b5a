"""A cohort before its day of task groups: challenges that are accepted, and teams from five countries."""

from datetime import date
from types import SimpleNamespace

from challenges.groups.queries import groups_for, mix_for
from challenges.models import Confidentiality, State
from synergy.cohorts.models import Role
from tests.factories.challenges import make_challenge
from tests.factories.cohorts import NOON, make_cohort, make_seat
from tests.factories.people import make_institution, make_person
from tests.factories.training import make_training_session

COUNTRIES = ["LV", "BG", "HU", "SK", "PL"]
TIERS = ["central", "field", "subordinate", "supervised"]
DAY = date(2026, 2, 9)


def make_day(institutions=6, each=2, challenges=3):
    """`day.teams` are lists of persons, one of each institution; the first bring a challenge each.

    The first challenge is for its group alone, the others for the cohort. `day.into(person, mix)` is the mix
    as who makes the groups has it in hand, `day.seen_by(person, mix)` as everybody.
    """
    cohort = make_cohort()
    session = make_training_session(cohort)
    homes = [
        make_institution(f"Office {n}", COUNTRIES[n % 5], TIERS[n % 4]) for n in range(1, institutions + 1)
    ]

    def seated(name, role=Role.PARTICIPANT, institution=None, **more):
        person = make_person(name, language="en")
        make_seat(cohort, person, institution or homes[0], role, **more)
        return person

    teams = [[seated(f"{home.name}, {n}", institution=home) for n in range(each)] for home in homes]
    made = [
        make_challenge(
            cohort,
            homes[n],
            teams[n][0],
            State.ACCEPTED,
            title=f"Challenge {n}",
            confidentiality=Confidentiality.COHORT if n else Confidentiality.GROUP,
        )
        for n in range(challenges)
    ]
    return SimpleNamespace(
        cohort=cohort,
        session=session,
        on=DAY,
        homes=homes,
        teams=teams,
        participants=[person for team in teams for person in team],
        challenges=made,
        seated=seated,
        facilitator=seated("Fiona Kovács", Role.FACILITATOR),
        organiser=seated("Olga Horváth", Role.ORGANISER),
        observer=seated("Otto Bērziņš", Role.OBSERVER),
        ended=seated("Adam Mazur", Role.FACILITATOR, ended_at=NOON),
        outsider=make_seat(make_cohort("Other"), make_person("Oskar Lis"), role=Role.ORGANISER).person,
        into=lambda person, mix: mix_for(person, mix.pk),
        seen_by=lambda person, mix: groups_for(person, mix.pk),
    )
