from __future__ import annotations

from django.urls import path

from synergy.keys import views

app_name = "keys"

urlpatterns = [
    path("you/programs/", views.tokens, name="tokens"),
    path("you/programs/<int:pk>/end/", views.revoke, name="revoke"),
]
