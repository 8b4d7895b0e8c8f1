"""Training datasets: immutable, proved, read by ranges over HTTP."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Mapping, Optional, Sequence, Union

from . import optional
from .base import API, segment
from .commits import Commits
from .data import PARQUET, data_of, file_body
from .errors import ConfigurationError, DataError, NotFoundError
from .frames import frame_of, frame_of_table, output_of, rows_of_table
from .transport import Body, Request
from .types import decode, time_text

if TYPE_CHECKING:
    PathLike = Union[str, os.PathLike[str]]

_BLOCK_BYTES = 1 << 20
#: What a spine can be besides data: rows that the portal has.
_SPINE_WORDS = frozenset({"group", "from", "to", "dataset", "upload"})


class TrainingDataset:
    """One version of a training dataset. It never changes; its files can be deleted and made again."""

    def __init__(self, store: Datasets, resource: Mapping[str, Any]):
        self._store = store
        #: The whole resource, as the interface answers it.
        self.resource = dict(resource)
        self.name: str = resource["dataset"]
        self.version: int = resource["version"]
        self.state: str = resource["state"]
        self.rows: Optional[int] = resource["rows"]
        self.content_hash: Optional[str] = resource["content_hash"]
        self.known_at: str = resource["known_at"]
        #: Type by column: the spine's, the features, the label.
        self.types: dict[str, Optional[str]] = {one["name"]: one["type"] for one in resource["columns"]}
        #: Names of the features, and of the label.
        self.features: list[str] = [one["name"] for one in resource["columns"] if one["role"] == "feature"]
        self.labels: list[str] = [one["name"] for one in resource["columns"] if one["role"] == "label"]
        #: Names of the Parquet files: one for each part of the split.
        self.files: list[str] = [one["name"] for one in resource["files"]]

    def __repr__(self) -> str:
        rows = "" if self.rows is None else f", {self.rows:,} rows"
        return f"TrainingDataset({self.name}@{self.version}, {self.state}{rows})"

    def read(self, file: Optional[str] = None, *, output: Optional[str] = None) -> Any:
        """A file, such as "train", or all of them one after the other: a DataFrame, an Arrow table or rows."""
        wanted = output_of(output or self._store._output)
        names = self.files if file is None else [self._named(file)]
        if optional.pyarrow() is None:
            return self._read_json(names, wanted)
        import pyarrow as pa
        import pyarrow.parquet as pq

        contents = [self._store._download(self._request(name), f"{self.name} {name}") for name in names]
        table = pa.concat_tables([pq.read_table(io.BytesIO(content)) for content in contents])
        if wanted == "arrow":
            return table
        return frame_of_table(table, self.types) if wanted == "pandas" else rows_of_table(table, self.types)

    def to_df(self, file: Optional[str] = None) -> Any:
        return self.read(file, output="pandas")

    def download(self, folder: PathLike, file_format: str = "parquet") -> list[Path]:
        """
        All files into a folder, for what reads folders: Spark, DuckDB, polars, pyarrow.dataset. `file_format`:
        "parquet", "arrow" (a stream), "csv", "ndjson" or "json".
        """
        Path(folder).mkdir(parents=True, exist_ok=True)
        saved = []
        for name in self.files:
            request = self._request(name)
            request.query = {"format": file_format}
            target = Path(folder, f"{name.removesuffix('.parquet')}.{file_format}")
            saved.append(self._store._save(request, target, f"{self.name} {target.name}"))
        return saved

    def open(self, file: Optional[str] = None) -> io.BufferedReader:
        """
        A file to read from and to seek in: only the ranges that are read travel. `pyarrow.parquet.ParquetFile` of it
        reads single columns and row groups of what is far larger than memory.
        """
        if file is None and len(self.files) != 1:
            raise DataError(f"{self.name}@{self.version} has the files {', '.join(self.files)}: name one.")
        name = self._named(self.files[0] if file is None else file)
        known = next(one for one in self.resource["files"] if one["name"] == name)
        return io.BufferedReader(RangeFile(self._store, self._request(name), known["bytes"]), _BLOCK_BYTES)

    def certificate(self) -> dict[str, Any]:
        """What was proved: that no value is newer than its row's time. `holds`, `clauses`, `parts`."""
        found: dict[str, Any] = self._store._get(f"{self._path}/certificate")
        return found

    def statistics(self) -> list[dict[str, Any]]:
        columns: list[dict[str, Any]] = self._store._get(f"{self._path}/statistics")["columns"]
        return columns

    def verify(self) -> dict[str, Any]:
        """Hashes files and content again and asks the history again: `equal`, `differences`."""
        self._store.wait_for_job(self._store._act("POST", f"{self._path}/verify", {})["job"])
        found: dict[str, Any] = self._store.get_training_dataset(self.name, self.version).resource["verification"]
        return found

    def delete_files(self, reason: str) -> TrainingDataset:
        """
        Deletes the files; what is known about the version stays. `recreate` makes them again. Raises PreconditionError
        when somebody changed the version since it was read.
        """
        query = {"environment": self._store.environment}
        asked = {"reason": reason}
        self._store._act("DELETE", f"{self._path}/files", asked, query, If_Match=self.resource["etag"])
        return self._store.get_training_dataset(self.name, self.version)

    def recreate(self, *, wait: bool = True) -> TrainingDataset:
        """
        Makes deleted files again, to the same content hash. Raises ConflictError where the history no longer allows it,
        and JobFailedError where it turns out so.
        """
        job = self._store._act("POST", f"{self._path}/recreate", {})["job"]
        if wait:
            self._store.wait_for_job(job)
        return self._store.get_training_dataset(self.name, self.version)

    def compare(self, other: int) -> dict[str, Any]:
        """Rows, columns, specification and distributions of this version beside another's."""
        found: dict[str, Any] = self._store._get(f"{self._path}/compare/{other}")
        return found

    @property
    def _path(self) -> str:
        return f"/training-datasets/{segment(self.name)}/versions/{self.version}"

    def _request(self, file: str) -> Request:
        return Request("GET", f"{API}{self._path}/files/{segment(file)}", headers={"Accept": PARQUET})

    def _named(self, file: str) -> str:
        for name in (file, f"{file}.parquet"):
            if name in self.files:
                return name
        raise DataError(f"{self.name}@{self.version} has no file {file}; it has {', '.join(self.files) or 'none'}.")

    def _read_json(self, names: Sequence[str], wanted: str) -> Any:
        if wanted == "arrow":
            raise ConfigurationError('pyarrow is not installed: pip install "almanac[arrow]".')
        rows: list[Mapping[str, Any]] = []
        for name in names:
            answer = self._store._get(f"{self._path}/files/{segment(name)}", format="json")
            rows += answer["rows"]
        columns = {name: decode(kind, [row[name] for row in rows]) for name, kind in self.types.items()}
        if wanted == "pandas":
            return frame_of(columns, self.types)
        return [dict(zip(columns, row)) for row in zip(*columns.values())]


class RangeFile(io.RawIOBase):
    """A file at the portal, read by ranges."""

    def __init__(self, store: Datasets, request: Request, size: int):
        super().__init__()
        self._store = store
        self._request = request
        self._size = size
        self._at = 0
        self._etag: Optional[str] = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError(f"The file begins at 0, not at {base + offset}.")
        self._at = base + offset
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        headers = {**self._request.headers, "Range": f"bytes={self._at}-{self._at + wanted - 1}"}
        if self._etag:
            headers["If-Range"] = self._etag
        request = Request("GET", self._request.path, self._request.query, headers=headers)
        piece: bytes = self._store._transport.retry(request, self._take)
        if len(piece) != wanted:
            raise OSError(f"{len(piece)} bytes came where {wanted} were asked for: the file has changed.")
        buffer[:wanted] = piece
        self._at += wanted
        return wanted

    def _take(self, answer: Any) -> bytes:
        if answer.status != 206:
            answer.close()
            raise OSError("The file was answered whole where a range was asked for: it has changed.")
        self._etag = answer.headers.get("ETag") or self._etag
        piece: bytes = answer.read()
        return piece


class Datasets(Commits):
    def create_training_dataset(
        self,
        name: str,
        spine: Any,
        features: Optional[Sequence[str]] = None,
        feature_service: Optional[str] = None,
        *,
        label: Union[None, str, Mapping[str, Any]] = None,
        timestamp_column: Optional[str] = None,
        known_at: Any = None,
        split: Optional[Mapping[str, Any]] = None,
        full_feature_names: Optional[bool] = None,
        join_keys: Optional[Mapping[str, Any]] = None,
        service_version: Optional[int] = None,
        description: Optional[str] = None,
        owner_team: Optional[str] = None,
        purpose: Optional[str] = None,
        wait: bool = True,
        nan: str = "null",
    ) -> TrainingDataset:
        """
        Joins the spine as `get_historical_features` does, and keeps the result as a dataset, or as the next version of
        one: with hashes, statistics and a certificate that nothing leaked.

        The spine is data, a file, or rows that the portal has: {"group": "flight_outcome", "from": "2026-04-01",
        "to": "2026-04-28"}, {"dataset": "name@2"}. `label`: "group:feature" in the role label. `split`: {"by": "time",
        "test_from": "2026-04-21"} or {"by": "fraction", "test": 0.2, "seed": 1}. With `wait=False` the version is
        answered while it is being built.
        """
        if (features is None) == (feature_service is None):
            raise DataError("Name what to join: `features` or `feature_service`, one of them.")
        asked = {
            "name": name,
            "description": description,
            "owner_team": owner_team,
            "spine": self._spine(spine, nan),
            "features": None if features is None else list(features),
            "feature_service": feature_service,
            "service_version": service_version,
            "timestamp_column": timestamp_column,
            "known_at": time_text(known_at),
            "full_feature_names": full_feature_names,
            "join_keys": join_keys,
            "label": label,
            "split": split,
            "environment": self.environment,
            "purpose": purpose,
        }
        given = {member: value for member, value in asked.items() if value is not None}
        build = self._act("POST", "/training-datasets", given)
        if wait:
            self.wait_for_job(build["job"])
        return self.get_training_dataset(build["dataset"], build["version"])

    def get_training_dataset(self, name: str, version: Optional[int] = None) -> TrainingDataset:
        """A version, the newest that is ready when none is named. `name@2` names one too."""
        stem, _, number = name.partition("@")
        wanted = version if version is not None else int(number) if number else None
        path = f"/training-datasets/{segment(stem)}"
        if wanted is not None:
            return TrainingDataset(self, self._get(f"{path}/versions/{wanted}", environment=self.environment))
        latest = self._get(path, environment=self.environment)["latest"]
        if latest is None:
            problem = {"code": "not_found", "detail": f"Training dataset {stem} has no version in {self.environment}."}
            raise NotFoundError(404, problem)
        return TrainingDataset(self, latest)

    def list_training_datasets(self, **filters: Any) -> list[dict[str, Any]]:
        return self._all("/training-datasets", environment=self.environment, **filters)

    def _spine(self, spine: Any, nan: str) -> Mapping[str, Any]:
        if isinstance(spine, Mapping) and spine and set(spine) <= _SPINE_WORDS and not _holds_lists(spine):
            return {word: time_text(value) if word in ("from", "to") else value for word, value in spine.items()}
        if isinstance(spine, (str, os.PathLike)):
            return {"upload": self._upload(file_body(spine))}
        data = data_of(spine, nan)
        if hasattr(data, "to_rows"):
            return {"rows": data.to_rows()}
        return {"upload": self._upload(data.body(0, data.rows, {}))}

    def _upload(self, body: Body) -> str:
        request = Request("POST", f"{API}/spines", {"environment": self.environment}, body)
        upload: str = self._transport.json(request)["upload"]
        return upload


def _holds_lists(spine: Mapping[str, Any]) -> bool:
    return any(hasattr(value, "__len__") and not isinstance(value, str) for value in spine.values())
