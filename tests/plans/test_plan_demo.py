"""The demonstration shows plans alive."""

from django.utils import timezone

from challenges.plans.models import ChangeRequest, Decision, Item, Plan, Reading, Report
from challenges.plans.queries import due_for, plan_state_of, plans_for
from challenges.plans.queries.plans import plan_for
from sessions.demo.build import build_demo
from synergy.people.models import Person


def test_an_approved_plan_is_half_done(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    now = timezone.now()
    build_demo(now, lambda token: "/")
    person = Person.objects.get(name="Elżbieta Nowicka")
    letters = plans_for(person)[0]
    assert (letters.title, letters.state) == ("Letters answered in ten working days", "approved")
    state = plan_state_of(person, plan_for(person, letters.pk))
    milestones = [item for item in state.items if item.kind == "milestone"]
    assert len(milestones) == 9
    assert [item.progress for item in milestones].count("complete") == 4
    assert ChangeRequest.objects.get().item.title == "Staff guide approved"
    assert Reading.objects.filter(item__plan=letters).count() == 4
    assert set(Plan.objects.values_list("state", flat=True)) >= {"approved", "proposed"}
    assert not Item.objects.exclude(oddities=[]).exists()
    assert set(Report.objects.values_list("voice", "state")) == {("own", "approved"), ("shadow", "submitted")}
    assert [each.done_at is None for each in Decision.objects.order_by("pk")] == [True, False]
    late = due_for(Person.objects.get(name="Krzysztof Łęcki"), now)[0]
    assert (late.item.title, late.days) == ("Staff guide approved", -9)
