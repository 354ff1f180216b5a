from __future__ import annotations

from django.urls import path

from challenges import api, edit_views, file_views, views

app_name = "challenges"

urlpatterns = [
    path("challenges/", views.challenge_list, name="list"),
    path("challenges/new/", views.new, name="new"),
    path("challenges/<int:pk>/", views.challenge_page, name="challenge"),
    path("challenges/<int:pk>/edit/", edit_views.edit, name="edit"),
    path("challenges/<int:pk>/files/", file_views.attach, name="attach"),
    path("challenges/<int:pk>/files/remove/", file_views.detach, name="detach"),
    path("challenges/files/<int:pk>/", file_views.file, name="file"),
    path("api/challenges/", api.challenges, name="api_list"),
    path("api/challenges/<int:pk>/", api.challenge, name="api_challenge"),
]
