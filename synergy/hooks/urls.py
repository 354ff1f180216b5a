from __future__ import annotations

from django.urls import path

from synergy.hooks import views

app_name = "hooks"

urlpatterns = [
    path("cohorts/<int:cohort_id>/webhooks/", views.hooks, name="hooks"),
    path("cohorts/<int:cohort_id>/webhooks/<int:pk>/", views.hook, name="hook"),
    path("cohorts/<int:cohort_id>/webhooks/<int:pk>/test/", views.test, name="test"),
    path("cohorts/<int:cohort_id>/webhooks/<int:pk>/remove/", views.remove, name="remove"),
]
