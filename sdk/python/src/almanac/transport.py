"""HTTP with the standard library alone: kept connections, retries with back-off, problem documents as exceptions."""

from __future__ import annotations

import base64
import http.client
import json
import random
import socket
import ssl
import sys
import threading
import time
import urllib.parse
import urllib.request
import warnings
from dataclasses import dataclass, field
from typing import IO, Any, Callable, Iterator, Mapping, Optional

from ._version import VERSION
from .errors import (
    AlmanacDeprecationWarning,
    ConfigurationError,
    ConnectionFailedError,
    ProblemError,
    error_of,
)

_CHUNK_BYTES = 1 << 20
_FIRST_PAUSE_SECONDS = 0.25
_LONGEST_PAUSE_SECONDS = 20.0
_LONGEST_RETRY_AFTER_SECONDS = 120.0
_PASSING = frozenset({429, 502, 503, 504})
_BROKEN = (http.client.HTTPException, OSError)
_OF_THE_NETWORK = (http.client.HTTPException, ConnectionError, socket.timeout, ssl.SSLError)

Query = Mapping[str, Any]


class Body:
    """
    What a request carries. `open` is called for each attempt, so that a retry sends the same bytes again;
    `size` is their number, for Content-Length.
    """

    def __init__(self, content_type: str, size: int, open: Callable[[], IO[bytes]]):
        self.content_type = content_type
        self.size = size
        self.open = open


@dataclass
class Request:
    method: str
    path: str
    query: Query = field(default_factory=dict)
    body: Optional[Body] = None
    headers: Mapping[str, str] = field(default_factory=dict)
    #: A second time changes nothing: a read, or a write with an Idempotency-Key.
    idempotent: bool = True


class Answer:
    """An answer of success, read as it arrives. The connection goes back once it was read to its end."""

    def __init__(
        self, transport: Transport, connection: http.client.HTTPConnection, response: http.client.HTTPResponse
    ):
        self._transport = transport
        self._connection: Optional[http.client.HTTPConnection] = connection
        self._response = response
        self.status = response.status
        self.headers = response.headers

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces. Raises when it ends before its end."""
        try:
            while piece := self._response.read(_CHUNK_BYTES):
                yield piece
            # A body cut short by Content-Length ends `read(n)` without a word.
            if self._response.length:
                raise http.client.IncompleteRead(b"", self._response.length)
        except BaseException:
            self.close()
            raise
        self._give_back()

    def read(self) -> bytes:
        return b"".join(self.chunks())

    def json(self) -> Any:
        text = self.read()
        return json.loads(text) if text else None

    def close(self) -> None:
        """Drops an answer that is not wanted to its end."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()

    def _give_back(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            if self._response.will_close:
                connection.close()
            else:
                self._transport.keep(connection)


class Transport:
    """Sends requests to one portal. Threads may share it."""

    def __init__(
        self,
        url: str,
        api_key: str,
        *,
        timeout: float,
        retries: int,
        sleep: Callable[[float], None] = time.sleep,
    ):
        parts = urllib.parse.urlsplit(url if "//" in url else f"http://{url}")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise ConfigurationError(f"The portal's address is an http or https URL, not {url!r}.")
        self._scheme = parts.scheme
        self._host = parts.hostname
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._authority = parts.netloc.rpartition("@")[2]
        base = parts.path.rstrip("/")
        self._base = base[: -len("/api/v1")] if base.endswith("/api/v1") else base
        self.url = f"{self._scheme}://{self._authority}{self._base}"
        self._api_key = api_key
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep
        self._proxy = self._find_proxy()
        self._idle: list[http.client.HTTPConnection] = []
        self._lock = threading.Lock()

    def send(self, request: Request) -> Answer:
        """The answer of success, its body unread. Raises ProblemError and ConnectionFailedError."""
        attempt = 0
        while True:
            try:
                answer = self._exchange(request)
            except _BROKEN as cause:
                if not request.idempotent or not _is_passing(cause) or attempt >= self._retries:
                    raise self._no_answer(request, cause, attempt) from cause
                pause = self._pause(attempt)
            else:
                if 200 <= answer.status < 300:
                    _warn_of_deprecation(answer)
                    return answer
                error = _problem(answer)
                if not self._passes(error, request) or attempt >= self._retries:
                    raise error
                pause = self._pause(attempt) if error.retry_after is None else error.retry_after
                if pause > _LONGEST_RETRY_AFTER_SECONDS:
                    raise error
            self._sleep(pause)
            attempt += 1

    def retry(self, request: Request, work: Callable[[Answer], Any]) -> Any:
        """Sends, and lets `work` read the answer; starts anew when the answer breaks off while it is read."""
        attempt = 0
        while True:
            answer = self.send(request)
            try:
                return work(answer)
            except _BROKEN as cause:
                answer.close()
                if not isinstance(cause, _OF_THE_NETWORK):
                    raise  # a full disk, for one, is not the portal's doing
                if not request.idempotent or not _is_passing(cause) or attempt >= self._retries:
                    raise self._no_answer(request, cause, attempt) from cause
            self._sleep(self._pause(attempt))
            attempt += 1

    def json(self, request: Request) -> Any:
        return self.retry(request, Answer.json)

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def __del__(self) -> None:
        for connection in getattr(self, "_idle", ()):
            connection.close()

    def keep(self, connection: http.client.HTTPConnection) -> None:
        with self._lock:
            self._idle.append(connection)

    @staticmethod
    def _passes(error: ProblemError, request: Request) -> bool:
        """Whether waiting can help: overload, or the first request with this key still runs."""
        return request.idempotent and (error.status in _PASSING or error.code == "in_progress")

    @staticmethod
    def _pause(attempt: int) -> float:
        """Exponential with full jitter, so that many clients do not come back together."""
        most = min(_LONGEST_PAUSE_SECONDS, _FIRST_PAUSE_SECONDS * float(2**attempt))
        return most * (0.5 + random.random() / 2)

    def _no_answer(self, request: Request, cause: BaseException, attempt: int) -> ConnectionFailedError:
        tries = "once" if attempt == 0 else f"{attempt + 1} times"
        why = f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
        return ConnectionFailedError(
            f"No whole answer from {self.url} to {request.method} {request.path}, tried {tries}: {why}"
        )

    def _exchange(self, request: Request) -> Answer:
        """One attempt. A kept connection that the portal has closed meanwhile is replaced without counting as one."""
        with self._lock:
            kept = self._idle.pop() if self._idle else None
        if kept:
            try:
                return self._on(kept, request)
            except _BROKEN:
                kept.close()
                if not request.idempotent:
                    raise
        connection = self._connect()
        try:
            return self._on(connection, request)
        except BaseException:
            connection.close()
            raise

    def _on(self, connection: http.client.HTTPConnection, request: Request) -> Answer:
        headers = {
            "Host": self._authority,
            "Accept": "application/json",
            "Authorization": f"Bearer {self._api_key}",
            "User-Agent": f"almanac-python/{VERSION}",
            **request.headers,
        }
        target = self._base + request.path + _query_text(request.query)
        if self._proxy and self._scheme == "http":
            target = f"http://{self._authority}{target}"
            headers.update(self._proxy[2])
        if request.body is None:
            connection.request(request.method, target, headers=headers)
        else:
            headers["Content-Type"] = request.body.content_type
            headers["Content-Length"] = str(request.body.size)
            with request.body.open() as stream:
                try:
                    connection.request(request.method, target, body=_Blocks(stream), headers=headers)
                except (BrokenPipeError, ConnectionResetError):
                    # The portal may refuse before it has heard all: its reason is worth more than the broken pipe.
                    return self._early_answer(connection)
        return Answer(self, connection, connection.getresponse())

    def _early_answer(self, connection: http.client.HTTPConnection) -> Answer:
        response = http.client.HTTPResponse(connection.sock)
        response.begin()
        response.will_close = True
        return Answer(self, connection, response)

    def _connect(self) -> http.client.HTTPConnection:
        host, port = (self._proxy[0], self._proxy[1]) if self._proxy else (self._host, self._port)
        if self._scheme == "http":
            connection = http.client.HTTPConnection(host, port, timeout=self._timeout)
        else:
            context = ssl.create_default_context()
            connection = http.client.HTTPSConnection(host, port, timeout=self._timeout, context=context)
            if self._proxy:
                connection.set_tunnel(self._host, self._port, self._proxy[2])
        connection.connect()
        # Headers and body go out as two writes; without this the second waits for the first one's echo.
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def _find_proxy(self) -> Optional[tuple[str, int, dict[str, str]]]:
        """What HTTP_PROXY, HTTPS_PROXY and NO_PROXY ask for."""
        if urllib.request.proxy_bypass(self._host):
            return None
        text = urllib.request.getproxies().get(self._scheme)
        if not text:
            return None
        parts = urllib.parse.urlsplit(text if "//" in text else f"http://{text}")
        if not parts.hostname:
            raise ConfigurationError(f"The proxy {text!r} is no address.")
        headers = {}
        if parts.username:
            pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
            headers["Proxy-Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        return parts.hostname, parts.port or 80, headers


def _is_passing(cause: BaseException) -> bool:
    """Whether another attempt may go better. A read that took too long once would only be asked for again."""
    return not isinstance(cause, (socket.timeout, socket.gaierror, ssl.SSLCertVerificationError))


class _Blocks:
    """A stream in larger pieces than http.client's own 8 kB."""

    def __init__(self, stream: IO[bytes]):
        self._stream = stream

    def __iter__(self) -> Iterator[bytes]:
        while piece := self._stream.read(_CHUNK_BYTES):
            yield piece


def _query_text(query: Query) -> str:
    pairs = [(name, value) for name, value in query.items() if value is not None]
    texts = [(name, str(value).lower() if isinstance(value, bool) else value) for name, value in pairs]
    return "?" + urllib.parse.urlencode(texts, doseq=True) if texts else ""


def _problem(answer: Answer) -> ProblemError:
    try:
        text = answer.read()
    except _BROKEN:
        text = b""
    try:
        problem = json.loads(text)
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        # Not the portal's own words: a proxy's page, or an answer that broke off.
        problem = {"detail": f"HTTP {answer.status}: {text[:500].decode('utf-8', 'replace')}"}
    problem.setdefault("request_id", answer.headers.get("X-Request-Id"))
    return error_of(answer.status, problem, _retry_after(answer.headers.get("Retry-After")))


def _retry_after(text: Optional[str]) -> Optional[float]:
    """Seconds; the other form, a date, is one that the portal does not send."""
    try:
        seconds = float(text) if text else None
    except ValueError:
        return None
    return seconds if seconds is not None and seconds >= 0 else None


def _warn_of_deprecation(answer: Answer) -> None:
    if not answer.headers.get("Deprecation"):
        return
    sunset = answer.headers.get("Sunset")
    link = answer.headers.get("Link")
    told = "What was read is deprecated."
    if link and "successor-version" in link:
        told += f" Successor: {link.split('>')[0].lstrip('<')}."
    if sunset:
        told += f" Reads are refused from {sunset}."
    warnings.warn(told, AlmanacDeprecationWarning, stacklevel=_callers_level())


def _callers_level() -> int:
    """The line of the caller's own code, however deep in the client it came from."""
    frame, level = sys._getframe(1), 1
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == "almanac":
        frame, level = frame.f_back, level + 1
    return level
