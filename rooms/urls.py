from __future__ import annotations

from django.urls import path

from rooms import api, file_views, views
from rooms.notes import views as notes_views

app_name = "rooms"

urlpatterns = [
    path("rooms/", views.room_list, name="list"),
    path("rooms/<int:pk>/", views.room_page, name="room"),
    path("rooms/<int:pk>/messages/", views.post, name="post"),
    path("rooms/<int:pk>/read/", views.read, name="read"),
    path("rooms/<int:pk>/files/", api.page_upload, name="upload"),
    path("rooms/<int:pk>/notes/", notes_views.notes_list, name="notes_list"),
    path("rooms/<int:pk>/notes/<int:notes_pk>/", notes_views.notes_page, name="notes"),
    path("files/<int:pk>/", file_views.file, name="file"),
    path("files/<int:pk>/thumbnail/", file_views.thumbnail, name="thumbnail"),
    path("api/rooms/", api.rooms, name="api_list"),
    path("api/rooms/<int:pk>/messages/", api.messages, name="api_messages"),
    path("api/rooms/<int:pk>/messages/<int:seq>/versions/", api.versions, name="api_versions"),
    path("api/rooms/<int:pk>/people/", api.people, name="api_people"),
    path("api/rooms/<int:pk>/files/", api.upload, name="api_upload"),
]
