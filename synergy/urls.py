"""All addresses of the site; each app brings its own."""

from django.urls import include, path

from sessions.urls import home_urlpatterns
from synergy.live.connection import connection
from synergy.operations.urls import operations_urlpatterns
from synergy.people.urls import account_urlpatterns

handler500 = "synergy.operations.views.our_fault"
urlpatterns = [
    *home_urlpatterns,
    *account_urlpatterns,
    *operations_urlpatterns,
    path("connection/", connection, name="connection"),
    path("", include("sessions.urls")),
    path("", include("sessions.openspace.urls")),
    path("", include("challenges.consultations.urls")),
    path("", include("challenges.groups.urls")),
    path("", include("challenges.plans.exchange.urls")),
    path("", include("challenges.plans.reporting.urls")),
    path("", include("challenges.plans.urls")),
    path("", include("challenges.urls")),
    path("", include("rooms.urls")),
    path("", include("synergy.hooks.urls")),
    path("", include("synergy.cohorts.urls")),
    path("", include("synergy.notices.urls")),
    path("", include("synergy.keys.urls")),
    path("", include("synergy.people.urls")),
    path("", include("synergy.search.urls")),
    path("api/", include("synergy.live.urls")),
]
