from __future__ import annotations

from django.urls import path

from challenges.consultations import protocol_views, recommendation_views, views

app_name = "consultations"

urlpatterns = [
    path("consultations/<int:pk>/", views.consultation_page, name="consultation"),
    path("consultations/groups/<int:pk>/", views.of_group, name="of_group"),
    path("consultations/protocols/", protocol_views.near, name="protocols_near"),
    path("consultations/protocols/<int:cohort>/", protocol_views.protocol_list, name="protocols"),
    path("consultations/protocols/<int:cohort>/<slug:key>/", protocol_views.protocol_page, name="protocol"),
    path("consultations/protocols/<int:cohort>/<slug:key>/copy/", protocol_views.copy, name="copy_protocol"),
    path("consultations/protocols/own/<int:pk>/edit/", protocol_views.edit, name="edit_protocol"),
    path("consultations/protocols/own/<int:pk>/remove/", protocol_views.remove, name="remove_protocol"),
    path("challenges/<int:pk>/recommendations/", recommendation_views.page, name="recommendations"),
]
