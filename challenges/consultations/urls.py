from __future__ import annotations

from django.urls import path

from challenges.consultations import recommendation_views, views

app_name = "consultations"

urlpatterns = [
    path("consultations/<int:pk>/", views.consultation_page, name="consultation"),
    path("consultations/groups/<int:pk>/", views.of_group, name="of_group"),
    path("challenges/<int:pk>/recommendations/", recommendation_views.page, name="recommendations"),
]
