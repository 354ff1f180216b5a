"""Plans, and people who may or may not see them. Rows only: what people do goes through the real actions."""

from types import SimpleNamespace

from challenges.plans.models import Audience, Item, Kind, Plan, PlanState
from synergy.cohorts.models import Programme, Role
from tests.factories.cohorts import NOON, make_cohort, make_edition, make_seat
from tests.factories.people import make_institution, make_person


def make_plan(cohort=None, institution=None, created_by=None, state=PlanState.DRAFT, **fields):
    """Begun by a participant of the institution, who is made when none is given. No items, no baseline."""
    cohort = cohort or make_cohort()
    institution = institution or make_institution()
    created_by = created_by or make_seat(cohort, institution=institution).person
    if state in (PlanState.APPROVED, PlanState.DONE):
        fields.setdefault("approved_at", NOON)
        fields.setdefault("approved_by", created_by)
    fields.setdefault("title", "Letters answered in ten working days")
    fields.setdefault("owner", created_by)
    return Plan.objects.create(
        cohort=cohort,
        institution=institution,
        created_by=created_by,
        state=state,
        created_at=NOON,
        changed_at=NOON,
        **fields,
    )


def make_item(plan, kind=Kind.MILESTONE, parent=None, **fields):
    """Last among its siblings. `due` is a day; its wording is the ISO date."""
    position = Item.objects.filter(plan=plan, parent=parent).count()
    due = fields.pop("due", None)
    if due is not None:
        fields.update(due_wording=due.isoformat(), due_since=due, due_until=due, due_precision="day")
    if fields.get("progress", "not_started") != "not_started":
        fields.setdefault("progress_at", NOON)
        fields.setdefault("progress_by", plan.created_by)
    fields.setdefault("title", f"A {kind}")
    fields.setdefault("number", f"{Item.objects.filter(plan=plan).count() + 1}")
    return Item.objects.create(
        plan=plan,
        kind=kind,
        parent=parent,
        position=position,
        created_by=plan.created_by,
        created_at=NOON,
        **fields,
    )


def make_plan_case(state=PlanState.DRAFT, audience=Audience.INSTITUTION, **fields):
    """A plan with an objective, two milestones and an indicator, and persons in every relation to it.

    `case.seen_by(person)` is the plan as that person sees it.
    """
    from challenges.plans.queries import plan_for

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
        "coordinator": seated("Elżbieta Nowicka", institution=own, is_coordinator=True),
        "member": seated("Jan Zieliński", institution=own),
        "item_owner": seated("Tomasz Wójcik", institution=own),
        "plan_owner": seated("Maria Lis", institution=own),
        "own_observer": seated("Ewa Maj", Role.OBSERVER, institution=own),
        "consultant": seated("Ģirts Kļaviņš"),
        "peer": seated("Борис Петров"),
        "observer": seated("Otto Bērziņš", Role.OBSERVER),
        "facilitator": seated("Fiona Kovács", Role.FACILITATOR),
        "organiser": seated("Olga Horváth", Role.ORGANISER),
        "later_cohort": seated("Marek Šimko", Role.ORGANISER, at=later),
        "later_colleague": seated("Anna Lis", at=later, institution=own),
        "ended": seated("Adam Mazur", institution=own, ended_at=NOON),
        "elsewhere": seated("Kővári Ágnes", Role.ORGANISER, at=elsewhere, institution=own),
        "outsider": make_person("Nobody here"),
    }
    fields.setdefault("owner", people["plan_owner"])
    fields.setdefault("consultant", people["consultant"])
    plan = make_plan(cohort, own, people["coordinator"], state, audience=audience, **fields)
    objective = make_item(plan, Kind.OBJECTIVE, number="1", title="One list of all letters")
    first = make_item(plan, parent=objective, number="1.1", owner=people["item_owner"])
    second = make_item(plan, parent=objective, number="1.2")
    indicator = make_item(plan, Kind.INDICATOR, number="2", unit="working days", direction="down")
    return SimpleNamespace(
        cohort=cohort,
        institution=own,
        plan=plan,
        objective=objective,
        first=first,
        second=second,
        indicator=indicator,
        people=people,
        seated=seated,
        seen_by=lambda person: plan_for(person, plan.pk),
        **people,
    )
