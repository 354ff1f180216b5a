from __future__ import annotations

from django.urls import path

from synergy.cohorts import asking_erasure, institution_views, invitation_views, trail_views, views, who_views

app_name = "cohorts"

urlpatterns = [
    path("cohorts/<int:cohort_id>/people/", views.people, name="people"),
    path("cohorts/<int:cohort_id>/people/invite/", views.invite, name="invite"),
    path("cohorts/<int:cohort_id>/people/invite-many/", views.invite_many, name="invite_many"),
    path("cohorts/<int:cohort_id>/invitations/send/", views.send_waiting, name="send_waiting"),
    path("cohorts/<int:cohort_id>/institutions/", views.add_to_institutions, name="add_institution"),
    path(
        "cohorts/<int:cohort_id>/institutions/<int:pk>/",
        institution_views.change_institution,
        name="change_institution",
    ),
    path(
        "cohorts/<int:cohort_id>/institutions/<int:pk>/remove/",
        institution_views.remove_institution,
        name="remove_institution",
    ),
    path("cohorts/<int:cohort_id>/invitations/<int:pk>/send/", views.send_again, name="send_again"),
    path("cohorts/<int:cohort_id>/invitations/<int:pk>/revoke/", views.revoke, name="revoke"),
    path("cohorts/<int:cohort_id>/seats/<int:pk>/", views.change_seat, name="change_seat"),
    path("cohorts/<int:cohort_id>/seats/<int:pk>/end/", views.end_seat, name="end_seat"),
    path("cohorts/<int:cohort_id>/seats/<int:pk>/give-back/", views.give_seat_back, name="give_seat_back"),
    path("cohorts/<int:cohort_id>/who/", who_views.who, name="who"),
    path("cohorts/<int:cohort_id>/trail/", trail_views.trail, name="trail"),
    path("invitations/<str:token>/", invitation_views.invitation, name="invitation"),
    path("you/data/erase/", asking_erasure.ask_erasure, name="ask_erasure"),
    path("pictures/people/<str:name>", views.picture, name="picture"),
]
