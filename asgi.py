"""The whole wiring: HTTP to Django, WebSocket to `synergy.routing`."""

import gc
import os

from django.core.asgi import get_asgi_application

# What is being loaded is no garbage yet: looking for some takes a quarter of the start.
gc.disable()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "synergy.settings")
django_application = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - needs the apps

from synergy.live.leaving import Requests, leave_when_told  # noqa: E402
from synergy.queue.process import work_beside_the_server  # noqa: E402
from synergy.routing import http_application, websocket_application  # noqa: E402

requests = Requests(http_application(django_application))
application = ProtocolTypeRouter({"http": requests, "websocket": websocket_application})
work_beside_the_server()
leave_when_told(requests)

# What is loaded by now stays for good. Looking through it for garbage, over and over while messages
# come in, would take a fifth of a busy process's time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000)
gc.enable()
