"""What a mixer may be asked, for tests and for the bench: small ones from hypothesis, whole cohorts from a seed."""

from random import Random

from hypothesis import strategies as st

from challenges.groups.mixing import Case, Participant, Wishes

COUNTRIES = ["LV", "BG", "HU", "SK", "PL"]
TIERS = ["central", "field", "subordinate", "supervised"]


def cohort(people=60, groups=12, institutions=20, seed=1, met=120):
    """A whole cohort: teams from five countries, some of whom have worked together before."""
    rng = Random(seed)
    homes = [(number, COUNTRIES[number % 5], rng.choice(TIERS)) for number in range(institutions)]
    persons = [
        Participant(number + 1, *home, frozenset({"en", home[1].lower()}))
        for number, home in zip(range(people), homes * people, strict=False)
    ]
    cases = [Case(number + 1, homes[number % institutions][0]) for number in range(groups)]
    pairs = {tuple(sorted(rng.sample(range(1, people + 1), 2))) for _ in range(met)}
    return Wishes(tuple(persons), tuple(cases), frozenset(pairs))


@st.composite
def wishes(draw, most_people=14, most_groups=4, by_hand=True):
    """Small, and often impossible to fulfil."""
    homes = draw(
        st.lists(st.tuples(st.sampled_from(COUNTRIES), st.sampled_from(TIERS)), min_size=1, max_size=6)
    )
    home = st.integers(0, len(homes) - 1)
    languages = st.frozensets(st.sampled_from(["en", "pl", "lv"]), min_size=1)
    seats = draw(st.lists(st.tuples(home, languages), min_size=1, max_size=most_people))
    people = tuple(
        Participant(number, where, *homes[where], spoken) for number, (where, spoken) in enumerate(seats, 1)
    )
    size = st.none() | st.integers(1, 6)
    asked = draw(st.lists(st.tuples(home, size), min_size=1, max_size=min(most_groups, len(people))))
    cases = tuple(Case(number, *each) for number, each in enumerate(asked, 101))
    person, case = st.integers(1, len(people)), st.integers(101, 100 + len(cases))
    pairs = draw(st.frozensets(st.tuples(person, person), max_size=8))
    together = frozenset((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    fixed = draw(st.dictionaries(person, case, max_size=3)) if by_hand else {}
    kept_out = draw(st.frozensets(st.tuples(person, case), max_size=6)) if by_hand else frozenset()
    return Wishes(people, cases, together, fixed, kept_out)
