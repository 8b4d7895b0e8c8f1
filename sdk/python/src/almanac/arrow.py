"""Arrow tables in and out. Imported only where pyarrow is installed."""

from __future__ import annotations

import io
from typing import Any, Mapping, Optional, Sequence

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .data import PARQUET, NanSetting, bytes_body
from .errors import DataError
from .transport import Body
from .types import infer_values, is_missing, json_text, plain

_LARGEST_EXACT = 2**53


class ArrowData:
    """An Arrow table. `values` are the columns whose cells are Python values, of which json is made when asked."""

    def __init__(self, table: pa.Table, values: Optional[Mapping[str, list[Any]]] = None):
        if len(set(table.column_names)) < table.num_columns:
            raise DataError("More than one column has the same name.")
        self._table = table
        self._values = dict(values or {})
        self.names: Sequence[str] = table.column_names
        self.rows: int = table.num_rows

    @property
    def table(self) -> pa.Table:
        return self._table

    def type_of(self, name: str) -> Optional[str]:
        if name in self._values and not pa.types.is_null(self._table.schema.field(name).type):
            inferred = infer_values(name, self._values[name])
            return None if inferred is None or "array<>" in inferred else inferred
        return feature_type(name, self._table.schema.field(name).type)

    def values(self, name: str) -> Sequence[Any]:
        own = self._values.get(name)
        return own if own is not None else self._table.column(name).to_pylist()

    def body(self, start: int, stop: int, types: Mapping[str, str]) -> Body:
        part = self._table.slice(start, stop - start)
        for place, name in enumerate(part.column_names):
            column = self._sendable(name, part.column(name), types.get(name), start, stop)
            part = part.set_column(place, name, column)
        sink = io.BytesIO()
        pq.write_table(part, sink, compression="zstd", store_schema=False)
        return bytes_body(PARQUET, sink.getvalue())

    def _sendable(self, name: str, column: Any, wanted: Optional[str], start: int, stop: int) -> Any:
        kind = column.type
        if wanted == "json" and name in self._values:
            cells = self._values[name][start:stop]
            return pa.array([None if is_missing(one) else json_text(one) for one in cells], pa.string())
        if pa.types.is_struct(kind) or pa.types.is_map(kind):
            return pa.array(
                [None if one is None else json_text(one) for one in column.to_pylist()], pa.string()
            )
        if pa.types.is_floating(kind) and wanted in ("int32", "int64"):
            _refuse_lost_digits(name, column)
        return _cast(name, column)


def arrow_of_frame(frame: Any, nan: NanSetting) -> ArrowData:
    """A pandas DataFrame as an Arrow table; NaN as `nan` says."""
    columns: dict[str, Any] = {}
    values: dict[str, list[Any]] = {}
    for name in frame.columns:
        series = frame[name]
        if str(series.dtype) in ("object", "str", "string"):
            cells = [None if is_missing(one) else plain(one) for one in series.tolist()]
            if nan == "null":
                cells = [None if isinstance(one, float) and one != one else one for one in cells]
            values[name] = cells
            columns[name] = _array_of(name, cells)
        else:
            columns[name] = _array_of_series(name, series, nan)
    return ArrowData(pa.table(columns), values)


def _array_of(name: str, cells: list[Any]) -> Any:
    """Python values as an array; dicts, and what Arrow has no type for, as JSON text."""
    inferred = infer_values(name, cells)
    if inferred == "json":
        return pa.array([None if one is None else json_text(one) for one in cells], pa.string())
    if inferred == "string":
        cells = [None if one is None else str(one) for one in cells]
    if inferred == "float64":
        cells = [None if one is None else float(one) for one in cells]
    try:
        return pa.array(cells, pa.timestamp("us", "UTC") if inferred == "timestamp" else None)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as cause:
        raise DataError(f"Column {name!r}: {cause}") from cause


def _array_of_series(name: str, series: Any, nan: NanSetting) -> Any:
    is_plain_float = getattr(series.dtype, "kind", "") == "f" and type(series.dtype).__module__.startswith(
        "numpy"
    )
    try:
        if is_plain_float and nan == "keep":
            return pa.array(series.to_numpy(), from_pandas=False)
        return pa.array(series, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as cause:
        raise DataError(f"Column {name!r} ({series.dtype}): {cause}") from cause


def _refuse_lost_digits(name: str, column: Any) -> None:
    most = pc.max(pc.abs(column.cast(pa.float64()))).as_py()
    if most is not None and most > _LARGEST_EXACT:
        raise DataError(
            f"Column {name!r} holds integers as floats, and {most:.0f} is beyond what a float tells apart: its last "
            "digits may be gone. Read it as Int64, so that missing values do not make floats of integers."
        )


def _cast(name: str, column: Any) -> Any:
    """What Parquet and the portal both have."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return column.cast(kind.value_type)
    if pa.types.is_float16(kind):
        return column.cast(pa.float32())
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind) and kind.unit != "us":
        try:
            return column.cast(pa.timestamp("us", kind.tz))
        except pa.ArrowInvalid as cause:
            raise DataError(
                f"Column {name!r} holds times finer than a microsecond, the finest that is kept: round them first."
            ) from cause
    return column


def feature_type(name: str, kind: Any) -> Optional[str]:
    """The portal's type for an Arrow type; None for a column of nulls."""
    is_ = pa.types
    if is_.is_null(kind):
        return None
    if is_.is_dictionary(kind):
        return feature_type(name, kind.value_type)
    if is_.is_boolean(kind):
        return "bool"
    if is_.is_integer(kind):
        return "int32" if kind.bit_width < 32 or kind == pa.int32() else "int64"
    if is_.is_floating(kind):
        return "float64" if kind == pa.float64() else "float32"
    if is_.is_decimal(kind):
        return f"decimal({kind.precision},{kind.scale})"
    if is_.is_string(kind) or is_.is_large_string(kind) or str(kind) == "string_view":
        return "string"
    if is_.is_binary(kind) or is_.is_large_binary(kind) or is_.is_fixed_size_binary(kind):
        return "bytes"
    if is_.is_date(kind):
        return "date"
    if is_.is_timestamp(kind):
        return "timestamp"
    if is_.is_struct(kind) or is_.is_map(kind):
        return "json"
    if is_.is_list(kind) or is_.is_large_list(kind) or is_.is_fixed_size_list(kind):
        element = feature_type(name, kind.value_type)
        return f"array<{element}>" if element else None
    raise DataError(f"Column {name!r} is {kind}, which no type of the portal is.")
