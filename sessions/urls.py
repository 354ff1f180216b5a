from __future__ import annotations

from django.urls import path

from sessions import demo_views, join_views, programme_views, views

app_name = "training"

urlpatterns = [
    path("join/", join_views.join, name="join"),
    path("join/<str:letters>/", join_views.enter, name="enter"),
    path("cohorts/<int:cohort_id>/programme/", programme_views.sessions, name="sessions"),
    path("sessions/<int:pk>/", programme_views.programme, name="programme"),
    path("sessions/<int:pk>/change/", programme_views.change, name="change"),
    path("sessions/<int:pk>/days/", programme_views.name_day, name="name_day"),
    path("sessions/<int:pk>/activities/", programme_views.add_activity, name="add_activity"),
    path(
        "sessions/<int:pk>/activities/<int:activity>/",
        programme_views.change_activity,
        name="change_activity",
    ),
    path(
        "sessions/<int:pk>/activities/<int:activity>/remove/",
        programme_views.remove_activity,
        name="remove_activity",
    ),
    path("sessions/<int:pk>/code/", join_views.join_code, name="join_code"),
    path("sessions/<int:pk>/code/revoke/", join_views.revoke_join_code, name="revoke_join_code"),
    path("accounts/demo/", demo_views.sign_in_as, name="demo_sign_in"),
    path("accounts/demo/people/", demo_views.all_personas, name="demo_people"),
]

home_urlpatterns = [path("", views.home, name="home")]
