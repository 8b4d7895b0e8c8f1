"""Data on its way to the portal: DataFrames, Arrow tables and rows, their types, and the bytes that carry them."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any, Iterable, Mapping, Optional, Protocol, Sequence, Union

from . import optional
from .errors import DataError
from .transport import Body
from .types import infer_values, is_missing, json_text, plain

NDJSON = "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"

#: What pandas' NaN means: "null", as pandas itself has it, or "keep": the float that is not a number.
NanSetting = str

_FILE_TYPES = {
    ".csv": "text/csv",
    ".ndjson": NDJSON,
    ".jsonl": NDJSON,
    ".parquet": PARQUET,
    ".json": "application/json",
    ".arrow": "application/vnd.apache.arrow.stream",
    ".arrows": "application/vnd.apache.arrow.stream",
}


class Data(Protocol):
    """Columns of equal length."""

    @property
    def names(self) -> Sequence[str]:
        """In the order of the columns."""

    @property
    def rows(self) -> int:
        """How many."""

    def type_of(self, name: str) -> Optional[str]:
        """The type that the column's values say; None when all are null. Raises DataError when none holds them."""

    def values(self, name: str) -> Sequence[Any]:
        """A column as Python values."""

    def body(self, start: int, stop: int, types: Mapping[str, str]) -> Body:
        """Some rows as a request's body; `types` are those of the feature group, where it is known."""


def data_of(source: Any, nan: NanSetting = "null") -> Data:
    """A DataFrame (pandas, polars), an Arrow table, a list of dicts or a dict of lists as columns to send."""
    if nan not in ("null", "keep"):
        raise DataError(f'`nan` is "null" or "keep", not {nan!r}.')
    pandas, arrow = optional.pandas(), optional.pyarrow()
    if pandas is not None and isinstance(source, pandas.DataFrame):
        frame = with_index(source)
        _check_names(list(frame.columns))
        if arrow is not None:
            from .arrow import arrow_of_frame

            return arrow_of_frame(frame, nan)
        return ColumnData({name: _values(frame[name], nan) for name in frame.columns})
    if arrow is not None and hasattr(source, "__arrow_c_stream__"):
        from .arrow import ArrowData

        return ArrowData(arrow.table(source))
    if hasattr(source, "to_dicts"):  # polars, where pyarrow is not
        source = source.to_dicts()
    if isinstance(source, Mapping):
        return ColumnData({name: list(values) for name, values in source.items()})
    if isinstance(source, Iterable) and not isinstance(source, (str, bytes)):
        return RowData(list(source))
    raise DataError(
        f"Data is a DataFrame, an Arrow table, a list of dicts or a dict of lists, not {type(source).__name__}."
    )


def file_body(path: Union[str, "os.PathLike[str]"]) -> Body:
    """A file as it stands, read as it is sent."""
    file = Path(path)
    content_type = _FILE_TYPES.get(file.suffix.lower())
    if content_type is None:
        raise DataError(f"{file.name}: files are {', '.join(_FILE_TYPES)}.")
    return Body(content_type, file.stat().st_size, lambda: file.open("rb"))


def bytes_body(content_type: str, content: bytes) -> Body:
    return Body(content_type, len(content), lambda: io.BytesIO(content))


def json_body(document: Any) -> Body:
    return bytes_body("application/json", json_text(document).encode())


class RowData:
    """Rows as dicts. A row may lack columns: they are null."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]):
        for place, row in enumerate(rows, 1):
            if not isinstance(row, Mapping):
                raise DataError(f"Row {place} is {type(row).__name__}, not a dict.")
        self._rows = rows
        names: dict[str, None] = {}
        for row in rows:
            names.update(dict.fromkeys(row))
        self.names: Sequence[str] = list(names)
        _check_names(self.names)
        self.rows = len(rows)

    def type_of(self, name: str) -> Optional[str]:
        return _finished(infer_values(name, self.values(name)))

    def values(self, name: str) -> Sequence[Any]:
        return [row.get(name) for row in self._rows]

    def body(self, start: int, stop: int, types: Mapping[str, str]) -> Body:
        return _ndjson(self._rows[start:stop])

    def to_rows(self) -> Sequence[Mapping[str, Any]]:
        return self._rows


class ColumnData:
    """Lists of equal length by name."""

    def __init__(self, columns: Mapping[str, list[Any]]):
        self._columns = columns
        self.names: Sequence[str] = list(columns)
        _check_names(self.names)
        lengths = {name: len(values) for name, values in columns.items()}
        if len(set(lengths.values())) > 1:
            raise DataError(f"Columns differ in length: {lengths}.")
        self.rows = next(iter(lengths.values()), 0)

    def type_of(self, name: str) -> Optional[str]:
        return _finished(infer_values(name, self._columns[name]))

    def values(self, name: str) -> Sequence[Any]:
        return self._columns[name]

    def body(self, start: int, stop: int, types: Mapping[str, str]) -> Body:
        return _ndjson(self._slice(start, stop))

    def to_rows(self) -> Sequence[Mapping[str, Any]]:
        return list(self._slice(0, self.rows))

    def _slice(self, start: int, stop: int) -> Iterable[Mapping[str, Any]]:
        parts = [values[start:stop] for values in self._columns.values()]
        return (dict(zip(self._columns, row)) for row in zip(*parts))


def _ndjson(rows: Iterable[Mapping[str, Any]]) -> Body:
    return bytes_body(NDJSON, "".join(json_text(row) + "\n" for row in rows).encode())


def _finished(inferred: Optional[str]) -> Optional[str]:
    """An array of which every list is empty says nothing about its elements."""
    return None if inferred is None or "array<>" in inferred else inferred


def _check_names(names: Sequence[Any]) -> None:
    odd = [name for name in names if not isinstance(name, str)]
    if odd:
        raise DataError(f"Columns are named by texts; {odd[0]!r} is {type(odd[0]).__name__}.")
    twice = sorted({name for name in names if list(names).count(name) > 1})
    if twice:
        raise DataError(f"More than one column is named {', '.join(twice)}.")


def with_index(frame: Any) -> Any:
    """A named index holds data, most often the key; an unnamed one only counts the rows."""
    named = all(name is not None for name in frame.index.names)
    return frame.reset_index() if named else frame


def _values(series: Any, nan: NanSetting) -> list[Any]:
    """A pandas column as Python values, without pyarrow."""
    values = [None if is_missing(value) else plain(value) for value in series.tolist()]
    if nan == "null":
        values = [None if isinstance(value, float) and value != value else value for value in values]
    return values


def parse_json_cell(value: Any) -> Any:
    """A json value as Parquet carries it: its text."""
    return json.loads(value) if isinstance(value, str) else value
