"""History: the rows of a group, and features joined to rows as they were at each row's time."""

from __future__ import annotations

import io
import os
import uuid
from pathlib import Path
from typing import IO, Any, Mapping, Optional, Sequence, Union

from . import optional
from .base import API, segment
from .data import PARQUET, Data, data_of, file_body, json_body, with_index
from .errors import AlmanacError, ConfigurationError, ConnectionFailedError, DataError
from .frames import frame_of, frame_of_table, output_of, rows_of_table
from .online import OnlineReads
from .transport import Answer, Body, Request
from .types import decode, json_text, time_text

KnownAt = Any
PathLike = Union[str, "os.PathLike[str]"]

_ACCEPT = {
    ".parquet": PARQUET,
    ".arrow": "application/vnd.apache.arrow.stream",
    ".csv": "text/csv",
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
    ".json": "application/json",
}


class HistoricalReads(OnlineReads):
    def get_training_data(
        self,
        feature_group_name: str,
        start_date: Any = None,
        end_date: Any = None,
        features: Optional[Sequence[str]] = None,
        *,
        version: Optional[int] = None,
        latest: bool = False,
        known_at: KnownAt = None,
        output: Optional[str] = None,
    ) -> Any:
        """
        All rows of a group with event times from `start_date` to `end_date`, both inclusive (a date as the end is its
        whole day): keys, event time and features, in the order of event time. `latest=True`: only the newest row of
        each key. Times are datetimes, dates or texts; a datetime without a zone is UTC. A DataFrame, unless `output`
        says "arrow" or "rows".
        """
        request = self._range_request(
            feature_group_name, start_date, end_date, features, version, latest, known_at
        )
        types = self._schema(feature_group_name, version).types()
        return self._read_columns(request, types, output_of(output or self._output), feature_group_name)

    def save_training_data(
        self,
        path: PathLike,
        feature_group_name: str,
        start_date: Any = None,
        end_date: Any = None,
        features: Optional[Sequence[str]] = None,
        *,
        version: Optional[int] = None,
        latest: bool = False,
        known_at: KnownAt = None,
    ) -> Path:
        """As `get_training_data`, into a file (.parquet, .csv, .ndjson or .json) and not through memory."""
        request = self._range_request(
            feature_group_name, start_date, end_date, features, version, latest, known_at
        )
        return self._save(request, path, feature_group_name)

    def get_historical_features(
        self,
        spine: Any,
        features: Optional[Sequence[str]] = None,
        feature_service: Optional[str] = None,
        *,
        timestamp_column: str = "event_timestamp",
        known_at: KnownAt = None,
        full_feature_names: Optional[bool] = None,
        join_keys: Optional[Mapping[str, Any]] = None,
        service_version: Optional[int] = None,
        purpose: Optional[str] = None,
        output: Optional[str] = None,
        nan: str = "null",
    ) -> Any:
        """
        The spine (keys and a time in each row: a DataFrame, an Arrow table, a list of dicts, a file) with the values
        that each feature had at each row's time. One row for each row of the spine, in its order, its own columns
        untouched but for the time, which is UTC. What was not known then is missing.

        Either `features` ("group:feature", "group@2:feature") or `feature_service`. `known_at`: only rows that had
        arrived by that instant, or by each row's own time ("event"). `join_keys` names the spine's columns where they
        are not called as the keys: {"airport_delays": {"airport_code": "origin"}}; or joins a group in a role:
        {"origin": {"group": "airport_delays", "keys": {"airport_code": "origin"}}}, read as "origin:mean_delay_7d".
        """
        asked = self._asked(
            features,
            feature_service,
            timestamp_column,
            known_at,
            full_feature_names,
            join_keys,
            service_version,
            purpose,
        )
        wanted = output_of(output or self._output)
        if _is_path(spine):
            request = self._join_request(asked, file_body(spine))
            return self._read_columns(request, self._feature_types(asked), wanted, "historical features")
        data = data_of(spine, nan)
        request = self._join_request(asked, data)
        types = {**self._feature_types(asked), timestamp_column: "timestamp"}
        joined = self._read_columns(request, types, wanted, "historical features", expected_rows=data.rows)
        return _with_own_columns(joined, spine, data, timestamp_column)

    def save_historical_features(
        self,
        path: PathLike,
        spine: Any,
        features: Optional[Sequence[str]] = None,
        feature_service: Optional[str] = None,
        *,
        timestamp_column: str = "event_timestamp",
        known_at: KnownAt = None,
        full_feature_names: Optional[bool] = None,
        join_keys: Optional[Mapping[str, Any]] = None,
        service_version: Optional[int] = None,
        purpose: Optional[str] = None,
        nan: str = "null",
    ) -> Path:
        """As `get_historical_features`, into a file (.parquet, .csv, .ndjson or .json) and not through memory."""
        asked = self._asked(
            features,
            feature_service,
            timestamp_column,
            known_at,
            full_feature_names,
            join_keys,
            service_version,
            purpose,
        )
        source = file_body(spine) if _is_path(spine) else data_of(spine, nan)
        return self._save(self._join_request(asked, source), path, "historical features")

    def _range_request(
        self,
        group: str,
        start: Any,
        end: Any,
        features: Optional[Sequence[str]],
        version: Optional[int],
        latest: bool,
        known_at: KnownAt,
    ) -> Request:
        query = {
            "environment": self.environment,
            "version": version,
            "start": time_text(start),
            "end": time_text(end),
            "features": None if features is None else ",".join(features),
            "latest": latest or None,
            "known_at": time_text(known_at),
        }
        return Request("GET", f"{API}/feature-groups/{segment(group)}/training-data", query)

    def _asked(
        self,
        features: Optional[Sequence[str]],
        feature_service: Optional[str],
        timestamp_column: str,
        known_at: KnownAt,
        full_feature_names: Optional[bool],
        join_keys: Optional[Mapping[str, Any]],
        service_version: Optional[int],
        purpose: Optional[str],
    ) -> dict[str, Any]:
        if (features is None) == (feature_service is None):
            raise DataError("Name what to join: `features` or `feature_service`, one of them.")
        asked = {
            "features": None if features is None else list(features),
            "feature_service": feature_service,
            "service_version": service_version,
            "timestamp_column": timestamp_column,
            "known_at": time_text(known_at),
            "full_feature_names": full_feature_names,
            "join_keys": join_keys,
            "environment": self.environment,
            "purpose": purpose,
        }
        return {name: value for name, value in asked.items() if value is not None}

    @staticmethod
    def _join_request(asked: Mapping[str, Any], spine: Union[Data, Body]) -> Request:
        path = f"{API}/historical-features"
        if isinstance(spine, Body):
            return Request("POST", path, body=_multipart(asked, spine))
        if hasattr(spine, "to_rows"):
            # Types of JSON are plain; those of a text file would be guessed from its texts.
            return Request("POST", path, body=json_body({**asked, "spine": {"rows": spine.to_rows()}}))
        return Request("POST", path, body=_multipart(asked, spine.body(0, spine.rows, {})))

    def _feature_types(self, asked: Mapping[str, Any]) -> dict[str, str]:
        """Types of the features by the names of their columns; where a reader may not see them, none."""
        roles = asked.get("join_keys") or {}
        types: dict[str, str] = {}
        try:
            for reference in self._references_of(asked, asked.get("service_version")):
                alias, _, feature = reference.partition(":")
                role = roles.get(alias)
                is_role = isinstance(role, Mapping) and isinstance(role.get("keys"), Mapping)
                group = role["group"] if is_role and role else alias
                kind = self._schema_of(f"{group}:{feature}").types().get(feature)
                if kind:
                    types[feature] = types[f"{alias.partition('@')[0]}__{feature}"] = kind
        except AlmanacError:
            return {}
        return types

    def _read_columns(
        self,
        request: Request,
        types: Mapping[str, Optional[str]],
        output: str,
        what: str,
        expected_rows: Optional[int] = None,
    ) -> Any:
        if optional.pyarrow() is None:
            return self._read_json(request, output, expected_rows)
        import pyarrow.parquet as pq

        request.headers = {**request.headers, "Accept": PARQUET}
        content = self._download(request, what)
        table = pq.read_table(io.BytesIO(content))
        _check_rows(table.num_rows, expected_rows)
        if output == "arrow":
            return table
        return frame_of_table(table, types) if output == "pandas" else rows_of_table(table, types)

    def _read_json(self, request: Request, output: str, expected_rows: Optional[int]) -> Any:
        if output == "arrow":
            raise ConfigurationError('pyarrow is not installed: pip install "almanac[arrow]".')
        answer = self._transport.json(request)
        types: dict[str, Optional[str]] = {one["name"]: one["type"] for one in answer["columns"]}
        rows = answer["rows"]
        _check_rows(len(rows), expected_rows)
        columns = {name: decode(kind, [row[name] for row in rows]) for name, kind in types.items()}
        if output == "pandas":
            return frame_of(columns, types)
        return [dict(zip(columns, row)) for row in zip(*columns.values())]

    def _download(self, request: Request, what: str) -> bytes:
        def read(answer: Answer) -> bytes:
            sink = io.BytesIO()
            self._copy(answer, sink, what)
            return sink.getvalue()

        content: bytes = self._transport.retry(request, read)
        return content

    def _save(self, request: Request, path: PathLike, what: str) -> Path:
        target = Path(path)
        accept = _ACCEPT.get(target.suffix.lower())
        if accept is None:
            raise DataError(f"{target.name}: files are {', '.join(_ACCEPT)}.")
        request.headers = {**request.headers, "Accept": accept}
        part = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")

        def read(answer: Answer) -> None:
            with part.open("wb") as sink:
                self._copy(answer, sink, what)

        try:
            self._transport.retry(request, read)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        return target

    def _copy(self, answer: Answer, sink: IO[bytes], what: str) -> None:
        length = answer.headers.get("Content-Length")
        with self._progress(what, int(length) if length else None, "bytes") as progress:
            for piece in answer.chunks():
                sink.write(piece)
                progress.add(len(piece))


def _multipart(asked: Mapping[str, Any], spine: Body) -> Body:
    """The parts `request` and `spine`, the second read as it is sent."""
    mark = uuid.uuid4().hex
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="request"\r\nContent-Type: application/json\r\n\r\n'
        f'{json_text(asked)}\r\n--{mark}\r\nContent-Disposition: form-data; name="spine"; filename="spine"\r\n'
        f"Content-Type: {spine.content_type}\r\n\r\n"
    ).encode()
    tail = f"\r\n--{mark}--\r\n".encode()
    size = len(head) + spine.size + len(tail)
    return Body(f"multipart/form-data; boundary={mark}", size, lambda: _Joined(head, spine.open(), tail))  # type: ignore[arg-type,return-value]


class _Joined:
    """Bytes, a stream and bytes as one stream."""

    def __init__(self, head: bytes, middle: IO[bytes], tail: bytes):
        self._parts: list[IO[bytes]] = [io.BytesIO(head), middle, io.BytesIO(tail)]

    def read(self, size: int) -> bytes:
        while self._parts:
            piece = self._parts[0].read(size)
            if piece:
                return piece
            self._parts.pop(0).close()
        return b""

    def __enter__(self) -> _Joined:
        return self

    def __exit__(self, *_: object) -> None:
        for part in self._parts:
            part.close()


def _is_path(spine: Any) -> bool:
    return isinstance(spine, (str, os.PathLike))


def _check_rows(found: int, expected: Optional[int]) -> None:
    if expected is not None and found != expected:
        raise ConnectionFailedError(
            f"The answer has {found:,} rows for a spine of {expected:,}: it is not whole."
        )


def _with_own_columns(joined: Any, spine: Any, data: Data, timestamp_column: str) -> Any:
    """
    The spine's columns exactly as they were given, and a DataFrame's index: a file or JSON on the way has fewer types
    than Python. The time stays as the portal read it.
    """
    own = [name for name in data.names if name != timestamp_column]
    pandas = optional.pandas()
    if isinstance(joined, list):
        columns = {name: data.values(name) for name in own}
        return [{**row, **{name: columns[name][place] for name in own}} for place, row in enumerate(joined)]
    if pandas is not None and isinstance(joined, pandas.DataFrame):
        given = with_index(spine) if isinstance(spine, pandas.DataFrame) else None
        if given is not None:
            joined.index = given.index
            for name in own:
                joined[name] = given[name]
        return joined
    table: Any = getattr(data, "table", None)
    for name in () if table is None else own:
        joined = joined.set_column(joined.column_names.index(name), name, table.column(name))
    return joined
