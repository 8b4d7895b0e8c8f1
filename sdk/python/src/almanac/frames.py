"""Answers as people want them: a DataFrame, an Arrow table, or rows."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence

from . import optional
from .data import parse_json_cell
from .errors import ConfigurationError

OUTPUTS = ("pandas", "arrow", "rows")

Types = Mapping[str, Optional[str]]


def output_of(wanted: Optional[str]) -> str:
    """Where nothing is said: a DataFrame where pandas is installed, else rows."""
    if wanted is None:
        return "pandas" if optional.pandas() is not None else "rows"
    if wanted not in OUTPUTS:
        raise ConfigurationError(f"`output` is one of {', '.join(OUTPUTS)}, not {wanted!r}.")
    if wanted == "pandas" and optional.pandas() is None:
        raise ConfigurationError('pandas is not installed: pip install "almanac[pandas]", or output="rows".')
    if wanted == "arrow" and optional.pyarrow() is None:
        raise ConfigurationError('pyarrow is not installed: pip install "almanac[arrow]", or output="rows".')
    return wanted


def frame_of(columns: Mapping[str, Sequence[Any]], types: Types) -> Any:
    """
    A DataFrame of decoded Python values. Integers and truth values stay what they are where some are missing
    (Int64, boolean); floats have NaN there; times are UTC.
    """
    pandas = _pandas()
    series = {name: _series(pandas, values, types.get(name)) for name, values in columns.items()}
    return pandas.DataFrame(series, columns=list(columns))


def _series(pandas: Any, values: Sequence[Any], kind: Optional[str]) -> Any:
    has_missing = any(value is None for value in values)
    if kind in ("int32", "int64"):
        return (
            pandas.array(list(values), dtype=kind.capitalize())
            if has_missing
            else pandas.Series(values, dtype=kind)
        )
    if kind == "bool":
        return (
            pandas.array(list(values), dtype="boolean")
            if has_missing
            else pandas.Series(values, dtype="bool")
        )
    if kind in ("float32", "float64"):
        return pandas.Series([float("nan") if value is None else value for value in values], dtype=kind)
    if kind == "timestamp":
        return pandas.Series(values, dtype="datetime64[us, UTC]")
    return pandas.Series(list(values), dtype="object")


def frame_of_table(table: Any, types: Types) -> Any:
    """The same of an Arrow table."""
    pandas = _pandas()
    columns = {
        name: _series_of_column(pandas, table.column(name), types.get(name)) for name in table.column_names
    }
    return pandas.DataFrame(columns, columns=table.column_names)


def _series_of_column(pandas: Any, column: Any, kind: Optional[str]) -> Any:
    import pyarrow as pa

    if kind == "json":
        return pandas.Series([parse_json_cell(value) for value in column.to_pylist()], dtype="object")
    if pa.types.is_nested(column.type) or pa.types.is_large_string(column.type):
        # Arrow would make arrays of floats of lists of integers with nulls.
        return pandas.Series(column.to_pylist(), dtype="object")
    if column.null_count == 0 or not (pa.types.is_integer(column.type) or pa.types.is_boolean(column.type)):
        return column.to_pandas()
    nullable = "boolean" if pa.types.is_boolean(column.type) else _nullable_integer(str(column.type))
    return column.to_pandas(types_mapper=lambda _: pandas.api.types.pandas_dtype(nullable))


def _nullable_integer(arrow_name: str) -> str:
    return arrow_name.replace("uint", "UInt") if arrow_name.startswith("u") else arrow_name.capitalize()


def rows_of_table(table: Any, types: Types) -> list[dict[str, Any]]:
    columns = {name: _cells(table.column(name).to_pylist(), types.get(name)) for name in table.column_names}
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def _cells(values: list[Any], kind: Optional[str]) -> list[Any]:
    return [parse_json_cell(value) for value in values] if kind == "json" else values


def _pandas() -> Any:
    pandas = optional.pandas()
    if pandas is None:
        raise ConfigurationError('pandas is not installed: pip install "almanac[pandas]".')
    return pandas
