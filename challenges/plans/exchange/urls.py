from __future__ import annotations

from django.urls import path

from challenges.plans.exchange import export_views, import_views

app_name = "plan_exchange"

urlpatterns = [
    path("plans/import/", import_views.upload, name="upload"),
    path("plans/import/template/", import_views.template_file, name="template"),
    path("plans/import/<int:pk>/", import_views.preview, name="preview"),
    path("plans/<int:pk>/export/", export_views.choose, name="export"),
    path("plans/<int:pk>/export/<slug:form>/", export_views.export, name="file"),
]
