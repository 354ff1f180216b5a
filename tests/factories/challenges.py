"""Challenges, and people who may or may not see them. Rows only: what people do goes through the real actions."""

from types import SimpleNamespace

from challenges.models import Challenge, State
from challenges.queries import challenge_for
from synergy.cohorts.models import Programme, Role
from tests.factories.cohorts import NOON, make_cohort, make_edition, make_seat
from tests.factories.people import make_institution, make_person

WORDS = {
    "title": "Who answers the letter?",
    "key_question": "How do eight departments share one list of letters?",
    "situation": "A letter goes through eight departments before anybody answers it.",
    "desired_result": "Every citizen has an answer within a fortnight.",
}


def make_challenge(cohort=None, institution=None, created_by=None, state=State.SUBMITTED, **fields):
    """With all words that submitting needs, brought by a participant who is made when none is given."""
    cohort = cohort or make_cohort()
    institution = institution or make_institution()
    created_by = created_by or make_seat(cohort, institution=institution).person
    fields.setdefault("submitted_at", None if state == State.DRAFT else NOON)
    return Challenge.objects.create(
        cohort=cohort,
        institution=institution,
        created_by=created_by,
        state=state,
        created_at=NOON,
        changed_at=NOON,
        **{**WORDS, **fields},
    )


def make_case(state=State.SUBMITTED, **fields):
    """A challenge and persons by name, from those who wrote it to those who may never see it.

    `case.seen_by(person)` is the challenge as that person sees it.
    """
    cohort, own = make_cohort(), make_institution("Regional Office in Nadwiślany")
    later = make_cohort("Cohort B", make_edition(cohort.edition.programme))
    elsewhere = make_cohort(
        "Elsewhere", make_edition(Programme.objects.create(name=f"Other than {cohort.pk}"))
    )

    def seated(name, role=Role.PARTICIPANT, at=cohort, institution=None, **more):
        person = make_person(name, language="en")
        make_seat(at, person, institution or make_institution(), role, **more)
        return person

    people = {
        "author": seated("Elżbieta Nowicka", institution=own),
        "colleague": seated("Jan Zieliński", institution=own),
        "own_observer": seated("Ewa Maj", Role.OBSERVER, institution=own),
        "peer": seated("Ģirts Kļaviņš"),
        "participant": seated("Борис Петров"),
        "observer": seated("Otto Bērziņš", Role.OBSERVER),
        "facilitator": seated("Fiona Kovács", Role.FACILITATOR),
        "organiser": seated("Olga Horváth", Role.ORGANISER),
        "later_cohort": seated("Marek Šimko", Role.ORGANISER, at=later),
        "later_colleague": seated("Anna Lis", at=later, institution=own),
        "ended": seated("Adam Mazur", institution=own, ended_at=NOON),
        "elsewhere": seated("Kővári Ágnes", Role.ORGANISER, at=elsewhere, institution=own),
        "outsider": make_person("Nobody here"),
    }
    challenge = make_challenge(cohort, own, people["author"], state, **fields)
    challenge.peers.add(people["peer"])
    return SimpleNamespace(
        cohort=cohort,
        institution=own,
        challenge=challenge,
        people=people,
        seated=seated,
        seen_by=lambda person: challenge_for(person, challenge.pk),
        **people,
    )
