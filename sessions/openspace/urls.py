from __future__ import annotations

from django.urls import path

from sessions.openspace import api, desk_views, prepare_views, proceedings_views, topic_views, views

app_name = "openspace"

urlpatterns = [
    path("gatherings/<int:pk>/", views.wall, name="wall"),
    path("gatherings/<int:pk>/projector/", views.projector, name="projector"),
    path("gatherings/<int:pk>/principles/", views.principles, name="principles"),
    path("gatherings/<int:pk>/proceedings/", proceedings_views.proceedings, name="proceedings"),
    path(
        "gatherings/<int:pk>/proceedings.docx",
        proceedings_views.proceedings_docx,
        name="proceedings_docx",
    ),
    path(
        "gatherings/<int:pk>/proceedings.md",
        proceedings_views.proceedings_markdown,
        name="proceedings_markdown",
    ),
    path(
        "gatherings/<int:pk>/proceedings.json",
        proceedings_views.proceedings_json,
        name="proceedings_json",
    ),
    path("sessions/<int:pk>/gatherings/", prepare_views.new, name="new"),
    path("gatherings/<int:pk>/prepare/", prepare_views.prepare, name="prepare"),
    path("gatherings/<int:pk>/prepare/words/", prepare_views.words, name="prepare_words"),
    path("gatherings/<int:pk>/prepare/spaces/", prepare_views.add_space, name="add_space"),
    path("gatherings/<int:pk>/prepare/spaces/<int:space>/", prepare_views.change_space, name="change_space"),
    path("gatherings/<int:pk>/prepare/spaces/<int:space>/move/", prepare_views.move_space, name="move_space"),
    path(
        "gatherings/<int:pk>/prepare/spaces/<int:space>/remove/",
        prepare_views.remove_space,
        name="remove_space",
    ),
    path("gatherings/<int:pk>/prepare/slots/", prepare_views.add_slot, name="add_slot"),
    path("gatherings/<int:pk>/prepare/slots/move/", prepare_views.shift_slots, name="shift_slots"),
    path("gatherings/<int:pk>/prepare/slots/<int:slot>/", prepare_views.change_slot, name="change_slot"),
    path(
        "gatherings/<int:pk>/prepare/slots/<int:slot>/remove/", prepare_views.remove_slot, name="remove_slot"
    ),
    path("gatherings/<int:pk>/desk/", desk_views.desk, name="desk"),
    path("gatherings/<int:pk>/desk/talk/", desk_views.talk, name="desk_talk"),
    path("gatherings/<int:pk>/desk/do/", desk_views.do, name="desk_do"),
    path("gatherings/<int:pk>/topics/<int:number>/", topic_views.topic, name="topic"),
    path("api/gatherings/<int:pk>/votes/", api.own_votes, name="api_votes"),
]
