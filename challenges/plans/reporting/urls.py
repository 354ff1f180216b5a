from __future__ import annotations

from django.urls import path

from challenges.plans.reporting.views import edit, listing, paper, periods, report, stocktake

app_name = "plan_reports"

urlpatterns = [
    path("plans/periods/<int:cohort>/", periods.cohort_periods, name="periods"),
    path("plans/<int:pk>/report/", paper.plan_paper, name="paper"),
    path("plans/<int:pk>/reports/", listing.reports, name="list"),
    path("plans/<int:pk>/reports/<int:report>/", report.report_page, name="report"),
    path("plans/<int:pk>/reports/<int:report>/edit/", edit.edit, name="edit"),
    path("plans/<int:pk>/stocktakes/<int:stocktake>/", stocktake.stocktake_page, name="stocktake"),
    path("editions/<int:pk>/report/", paper.edition_paper, name="edition_paper"),
]
