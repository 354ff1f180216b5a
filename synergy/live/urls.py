from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_required
from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from synergy.live import views

app_name = "live"

# Swagger UI writes style attributes; its scripts come from our own files like all others.
openapi_page = csp_update({"style-src": [SELF, UNSAFE_INLINE]})(
    login_required(SpectacularSwaggerSplitView.as_view(url_name="live:openapi"))
)

urlpatterns = [
    path("", views.reference, name="reference"),
    path("schema/", SpectacularAPIView.as_view(), name="openapi"),
    path("docs/", openapi_page, name="docs"),
    path("live/asyncapi.json", views.asyncapi, name="asyncapi"),
    path("live/schemas.json", views.json_schemas, name="schemas"),
]
