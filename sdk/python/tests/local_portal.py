"""A server on this machine that answers what a test says, and keeps what it was sent."""

from __future__ import annotations

import json
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from almanac import FeatureStore

KEY = "alm_test_key"


class Received:
    def __init__(self, handler, body):
        target = urlsplit(handler.path)
        self.method = handler.command
        self.path = target.path
        self.query = {
            name: values[0] for name, values in parse_qs(target.query, keep_blank_values=True).items()
        }
        self.headers = dict(handler.headers.items())
        self.body = body
        self.connection = handler.client_address

    def json(self):
        return json.loads(self.body)


def problem(status, code="invalid", headers=None, **more):
    """A problem document as the portal writes it."""
    document = {
        "type": f"/docs/errors/{code}",
        "title": "…",
        "status": status,
        "detail": f"It is {code}.",
        "code": code,
    }
    return Reply(
        status,
        {**document, "request_id": "r-1", **more},
        {"Content-Type": "application/problem+json", **(headers or {})},
    )


class Reply:
    def __init__(self, status=200, document=None, headers=None, body=None):
        self.status = status
        self.headers = headers or {}
        self.body = json.dumps(document).encode() if body is None else body

    def write(self, handler):
        handler.send_response(self.status)
        for name, text in {
            "Content-Type": "application/json",
            "Content-Length": str(len(self.body)),
            **self.headers,
        }.items():
            if text is not None:
                handler.send_header(name, text)
        handler.end_headers()
        handler.wfile.write(self.body)


class Reset:
    """The connection breaks: before an answer, or after some bytes of one that claimed to be longer."""

    def __init__(self, after=None, chunked=False):
        self.after = after
        self.chunked = chunked

    def write(self, handler):
        if self.after is not None:
            handler.send_response(200)
            handler.send_header(
                *(("Transfer-Encoding", "chunked") if self.chunked else ("Content-Length", "1000000"))
            )
            handler.end_headers()
            handler.wfile.write(
                b"%x\r\n%s\r\n" % (len(self.after), self.after) if self.chunked else self.after
            )
            handler.wfile.flush()
        else:
            # RST, not FIN: as a killed process leaves it.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_WR) if self.after is not None else handler.connection.close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        portal = self.server.portal
        received = Received(self, self.rfile.read(length))
        with portal.lock:
            portal.received.append(received)
            reply = portal.replies.pop(0) if portal.replies else portal.otherwise
        if callable(reply):
            reply = reply(received)
        if reply is None:
            reply = problem(404, "not_found")
        try:
            (reply if hasattr(reply, "write") else Reply(200, reply)).write(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def finish(self):
        try:
            super().finish()
        except (OSError, ValueError):
            pass  # the connection was broken on purpose

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # connections that a test broke


class LocalPortal:
    """`with LocalPortal(replies…) as portal`: replies are given in order, `otherwise` after the last of them."""

    def __init__(self, *replies, otherwise=None):
        self.replies = list(replies)
        self.otherwise = otherwise
        self.received = []
        self.pauses = []
        self.lock = threading.Lock()

    def __enter__(self):
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.portal = self
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        self.stores = []
        return self

    def __exit__(self, *_):
        for store in self.stores:
            store.close()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def store(self, **options):
        """A client of this portal. Its pauses are kept in `pauses`, not waited for."""
        store = FeatureStore(self.url, KEY, **{"sleep": self.pauses.append, "progress": False, **options})
        self.stores.append(store)
        return store
