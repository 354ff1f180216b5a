"""A mail server: takes mail over a real socket, and can refuse it or be slow.

with SmtpServer() as server:
    …                       # EMAIL_URL=smtp://127.0.0.1:{server.port}
    server.letters          # email.message.EmailMessage, in the order they came
"""

import email
import email.policy
import socket
import socketserver
import threading


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.decode("ascii", "replace").strip().upper()[:4]
            if word == "QUIT":
                return self._say("221 bye")
            if word == "DATA":
                self._take()
            elif word == "RCPT" and self.server.refusals:
                self._say(self.server.refusals.pop(0))
            else:
                self._say("250 ok")
        return None

    def _take(self):
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.received += 1
        self.server.holding.wait()
        if self._has_gone():
            return
        self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        self._say("250 ok")

    def _has_gone(self):
        """Whether the sender is no longer there to be told that its mail was taken."""
        try:
            return not self.connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            return True

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


class SmtpServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters = []
        self.refusals = []
        """Answers to the next recipients, such as "451 later"."""
        self.received = 0
        """How many mails came, whether they were taken or not."""
        self.holding = threading.Event()
        """Mail is taken while it is set."""
        self.holding.set()
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    @property
    def settings(self):
        """For pytest-django's `settings`."""
        backend = "django.core.mail.backends.smtp.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": self.port}
