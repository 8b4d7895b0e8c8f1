"""Rows on their way in: chunks that are safe to send again, tombstones."""

from __future__ import annotations

import hashlib
import os
import uuid
from typing import Any, Mapping, Optional

from .base import API, segment
from .data import Data, data_of, file_body, json_body
from .errors import AlmanacError, FieldError, IngestError, ProblemError
from .historical import HistoricalReads, PathLike
from .results import IngestResult
from .transport import Body, Request

#: The portal brings up to this many rows into history and online in one transaction.
CHUNK_ROWS = 100_000


class Ingestion(HistoricalReads):
    def ingest(
        self,
        feature_group_name: str,
        data: Any,
        *,
        mode: str = "strict",
        unknown: str = "refuse",
        to: str = "both",
        version: Optional[int] = None,
        chunk_rows: Optional[int] = CHUNK_ROWS,
        idempotency_key: Optional[str] = None,
        nan: str = "null",
    ) -> IngestResult:
        """
        Adds rows: a DataFrame, an Arrow table, a list of dicts, or a file's path (.parquet, .csv, .ndjson, .json).

        A chunk of `chunk_rows` rows is one commit: stored as a whole or not at all; None makes everything one commit,
        as a file is. `mode="strict"`: one bad row and its chunk is refused, with every fault by row and column.
        `mode="quarantine"`: good rows are stored, bad ones kept aside. `unknown="ignore"` drops columns that the
        group does not have. `to="offline"` leaves the online store as it is.

        Each chunk has an Idempotency-Key, made of its place and its bytes, so retries never store it twice; with an
        `idempotency_key` of your own a whole second call, too, stores only the chunks that the first did not. (A file
        goes under that key itself.) `nan`: whether pandas' NaN is null or a NaN.

        Raises InvalidError (nothing was stored), or IngestError when chunks before the refused one were.
        """
        query = {
            "environment": self.environment,
            "version": version,
            "mode": mode,
            "unknown": unknown,
            "to": to,
        }
        key = idempotency_key or str(uuid.uuid4())
        if isinstance(data, (str, os.PathLike)):
            return self._ingest_file(feature_group_name, data, query, key)
        columns = data_of(data, nan)
        types = self._schema(feature_group_name, version).types()
        return self._ingest_chunks(feature_group_name, columns, types, query, key, chunk_rows)

    def push(self, feature_group_name: str, data: Any, **options: Any) -> IngestResult:
        """The same as `ingest`, by the name that it has elsewhere."""
        return self.ingest(feature_group_name, data, **options)

    def delete_rows(
        self, feature_group_name: str, data: Any, *, to: str = "both", version: Optional[int] = None
    ) -> IngestResult:
        """
        Ends keys: rows of the key columns and the event time from which on the key has no values. What was before
        stays in the history.
        """
        columns = data_of(data)
        query = {"environment": self.environment, "version": version, "to": to}
        listed = {name: columns.values(name) for name in columns.names}
        rows = [dict(zip(listed, row)) for row in zip(*listed.values())]
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        path = f"{API}/feature-groups/{segment(feature_group_name)}/rows"
        answer = self._transport.json(Request("DELETE", path, query, json_body({"rows": rows}), headers))
        result = IngestResult(superseded=0)
        result.add(answer, 0)
        return result

    def _ingest_file(self, group: str, path: PathLike, query: Mapping[str, Any], key: str) -> IngestResult:
        result = IngestResult(superseded=0)
        body = file_body(path)
        with self._progress(f"{group} ← {os.path.basename(path)}", body.size, "bytes") as progress:
            result.add(self._send_rows(group, _counted(body, progress.set), query, key), 0)
        return result

    def _ingest_chunks(
        self,
        group: str,
        data: Data,
        types: Mapping[str, str],
        query: Mapping[str, Any],
        key: str,
        chunk_rows: Optional[int],
    ) -> IngestResult:
        result = IngestResult(superseded=0)
        step = max(1, data.rows if chunk_rows is None else chunk_rows)
        with self._progress(group, data.rows) as progress:
            for place, start in enumerate(range(0, max(1, data.rows), step)):
                stop = min(start + step, data.rows)
                try:
                    body = data.body(start, stop, types)
                    answer = self._send_rows(group, body, query, f"{key}-{place}-{_digest(body)}")
                except AlmanacError as cause:
                    if isinstance(cause, ProblemError):
                        cause.errors = tuple(
                            FieldError.of(one, start) for one in cause.problem.get("errors") or ()
                        )
                    if not result.commits:
                        raise
                    raise IngestError(cause, result, key) from cause
                result.add(answer, start)
                progress.set(stop)
        return result

    def _send_rows(self, group: str, body: Body, query: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        path = f"{API}/feature-groups/{segment(group)}/rows"
        request = Request("POST", path, query, body, {"Idempotency-Key": key})
        answer: Mapping[str, Any] = self._transport.json(request)
        if "accepted" in answer:
            return answer
        # 202: a job stores them.
        return self.wait_for_job(str(answer["id"]))["result"] or {}


def _digest(body: Body) -> str:
    """A refusal is kept under its key too: corrected rows are another chunk, the same rows are the same."""
    with body.open() as stream:
        return hashlib.sha256(stream.read()).hexdigest()[:16]


class _Counted:
    def __init__(self, stream: Any, tell: Any):
        self._stream = stream
        self._tell = tell
        self._sent = 0

    def read(self, size: int) -> bytes:
        piece: bytes = self._stream.read(size)
        self._sent += len(piece)
        self._tell(self._sent)
        return piece

    def __enter__(self) -> _Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()


def _counted(body: Body, tell: Any) -> Body:
    return Body(body.content_type, body.size, lambda: _Counted(body.open(), tell))  # type: ignore[arg-type,return-value]
