"""The whole wiring: HTTP to Django, WebSocket to `synergy.routing`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synergy.settings")
django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - needs the apps

from synergy.routing import http_application, websocket_application  # noqa: E402

application = ProtocolTypeRouter(
    {"http": http_application(django_application), "websocket": websocket_application},
)
