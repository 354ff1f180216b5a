"""The demonstration has a consultation that is finished and half answered, and one that goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from challenges.consultations.models import Consultation, Recommendation, RunState
from sessions.demo.build import build_demo


@pytest.mark.django_db
def test_the_demonstration_shows_both():
    build_demo(timezone.now(), lambda token: "/")
    finished, running = Consultation.objects.order_by("pk")
    assert (finished.state, running.state) == (RunState.FINISHED, RunState.RUNNING)
    assert list(Recommendation.objects.order_by("number").values_list("state", flat=True)) == [
        "accepted",
        "open",
        "declined",
    ]
    assert set(finished.entries.exclude(verdict="").values_list("verdict", flat=True)) == {
        "take",
        "think",
        "leave",
    }
    assert finished.commitments.count() == 2
    assert running.phase_ends_at > timezone.now()
    assert running.entries.filter(kind="suggestions", is_hidden=False).count() == 3
    build_demo(timezone.now() + timedelta(days=1), lambda token: "/")
    assert Consultation.objects.count() == 2
    assert Consultation.objects.get(pk=running.pk).phase_ends_at > timezone.now() + timedelta(days=1)
