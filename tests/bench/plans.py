"""What pages of plans cost when an edition is large: `python -m tests.bench.plans`.

Builds 100 institutions with a plan each, 2,000 milestones and 10,000 readings in a temporary SQLite database,
and prints queries and median server time of each page, for an organiser, with 10 and with 100 plans.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from datetime import date, timedelta

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
"""No built files are needed."""
RUNS = 7
SIZES = (10, 100)
MILESTONES, INDICATORS, READINGS = 20, 10, 10
"""Of each plan; readings of each indicator."""


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synergy.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import override_settings

        call_command("migrate", verbosity=0)
        with override_settings(DEBUG=False, STORAGES=STORAGES):
            measure_sizes()


def measure_sizes():
    found, cohort, organiser = {}, *people()
    for size in SIZES:
        before = max(found, default=0)
        plans = build(cohort, organiser, before, size)
        found[size] = dict(measured(organiser, page, address) for page, address in pages(cohort, plans[0]))
    print(f"{'page':<10}" + "".join(f"{size:>6} plans: queries, ms" for size in SIZES) + "   ratio")
    for page in found[SIZES[0]]:
        cells = "".join(f"{found[size][page][0]:>16}{found[size][page][1]:>10.1f}" for size in SIZES)
        print(f"{page:<10}{cells}{found[SIZES[1]][page][1] / found[SIZES[0]][page][1]:>8.2f}")


def people():
    from synergy.cohorts.models import Role
    from tests.factories.cohorts import make_cohort, make_seat
    from tests.factories.people import make_institution, make_person

    cohort, organiser = make_cohort(), make_person("Olga Horváth", language="en")
    make_seat(cohort, organiser, make_institution("The school"), Role.ORGANISER)
    return cohort, organiser


def build(cohort, person, first, last):
    """Adds the plans from number `first` up to `last`, in few statements."""
    from django.db import transaction

    from challenges.plans.models import Item, Plan, Reading
    from synergy.people.models import Institution
    from tests.factories.cohorts import NOON

    lands = ("LV", "BG", "HU", "SK", "PL")
    with transaction.atomic():
        offices = Institution.objects.bulk_create(
            Institution(name=f"Office {at:03}", country=lands[at % 5], tier="field")
            for at in range(first, last)
        )
        plans = Plan.objects.bulk_create(
            Plan(
                cohort=cohort,
                institution=office,
                title=f"Plan of {office.name}",
                state="approved",
                created_by=person,
                owner=person,
                approved_by=person,
                approved_at=NOON,
                created_at=NOON,
                changed_at=NOON,
                audience="cohort",
            )
            for office in offices
        )
        Item.objects.bulk_create(each for plan in plans for each in steps(plan, person, NOON))
        rows = Item.objects.bulk_create(each for plan in plans for each in indicators(plan, person, NOON))
        Reading.objects.bulk_create(
            Reading(
                item=row, on=date(2026, 1, 1) + timedelta(days=30 * at), value=at * 10, by=person, at=NOON
            )
            for row in rows
            for at in range(READINGS)
        )
    return plans


def steps(plan, person, now):
    from challenges.plans.models import Item

    for at in range(MILESTONES):
        due = date(2026, 6, 1) + timedelta(days=20 * at)
        yield Item(
            plan=plan,
            kind="milestone",
            number=f"{at + 1}",
            position=at,
            title=f"Milestone {at + 1}",
            due_wording=due.isoformat(),
            due_since=due,
            due_until=due,
            due_precision="day",
            progress="complete" if at % 2 else "not_started",
            progress_at=now,
            progress_by=person,
            created_by=person,
            created_at=now,
        )


def indicators(plan, person, now):
    from challenges.plans.models import Item

    for at in range(INDICATORS):
        yield Item(
            plan=plan,
            kind="indicator",
            number=f"I{at + 1}",
            position=MILESTONES + at,
            title=f"Indicator {at + 1}",
            unit="%",
            direction="up",
            baseline=0,
            baseline_on=date(2026, 1, 1),
            target=100,
            due_wording="2026-12-31",
            due_since=date(2026, 12, 31),
            due_until=date(2026, 12, 31),
            due_precision="day",
            created_by=person,
            created_at=now,
        )


def pages(cohort, plan):
    from django.urls import reverse

    return [
        ("list", reverse("plans:list")),
        ("plan", reverse("plans:plan", args=[plan.pk])),
        ("item", reverse("plans:item", args=[plan.pk, plan.items.order_by("pk").first().pk])),
        ("due", reverse("plans:due")),
        ("edition", reverse("plans:edition", args=[cohort.edition_id])),
    ]


def measured(person, page, address):
    from django.db import connection
    from django.test import Client

    client, times = Client(HTTP_HOST="localhost"), []
    client.force_login(person)
    caught = []

    def counted(execute, sql, *rest):
        caught.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(counted):
        assert client.get(address).status_code == 200, address
    for _run in range(RUNS):
        start = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - start) * 1000)
    return page, (len(caught), statistics.median(times))


if __name__ == "__main__":
    main()
