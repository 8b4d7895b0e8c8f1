"""The portal's types: what a Python value is to it, and what its JSON is to Python."""

from __future__ import annotations

import base64
import datetime as dt
import decimal
import json
import math
import re
import struct
import uuid
from typing import Any, Callable, Iterable, Optional

from .errors import DataError

_INT64 = (-(2**63), 2**63 - 1)
_ARRAY = re.compile(r"^array<\s*(.+?)\s*>$")
_SPECIAL = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_FRACTION = re.compile(r"\.(\d+)")

Decoder = Callable[[Any], Any]


def is_missing(value: Any) -> bool:
    """None, and the markers that pandas has for the same: NA and NaT. A NaN is a value."""
    return value is None or type(value).__name__ in ("NAType", "NaTType")


def plain(value: Any) -> Any:
    """A value without numpy's or pandas' dress: their scalars and arrays as Python's own."""
    if type(value).__module__.partition(".")[0] == "numpy":
        return value.tolist() if hasattr(value, "tolist") else value.item()
    return value


def instant_text(value: dt.datetime) -> str:
    """RFC 3339 in UTC; without a zone it is UTC already. Finer than a microsecond is refused, not cut."""
    if getattr(value, "nanosecond", 0):
        raise DataError(
            f"{value} is finer than a microsecond, which is the finest that is kept: round it first."
        )
    if value.tzinfo is None:
        value = value.replace(tzinfo=dt.timezone.utc)
    utc = value.astimezone(dt.timezone.utc)
    return f"{utc.year:04}-{utc:%m-%dT%H:%M:%S}.{utc.microsecond:06}Z"


def time_text(value: Any) -> Optional[str]:
    """A time of a request: a datetime, a date or a text that is sent as it stands."""
    value = plain(value)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return instant_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    raise DataError(f"{value!r} is no time: a datetime, a date or a text such as 2026-01-31T08:30:00Z.")


def to_json(value: Any) -> Any:
    """What `json.dumps` writes exactly: integers bare, decimals as text, bytes as base64, times in RFC 3339."""
    value = plain(value)
    if is_missing(value):
        return None
    if isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {str(name): to_json(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(one) for one in value]
    if isinstance(value, dt.datetime):
        return instant_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return format(value, "f") if value.is_finite() else str(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return base64.b64encode(value).decode()
    if isinstance(value, uuid.UUID):
        return str(value)
    raise DataError(f"A value of {type(value).__name__} cannot be sent: {value!r:.80}")


def json_text(value: Any) -> str:
    return json.dumps(to_json(value), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def parse_instant(text: str) -> dt.datetime:
    """What the portal prints (RFC 3339, Z, six digits) as an aware datetime."""
    text = _FRACTION.sub(lambda found: "." + found.group(1)[:6].ljust(6, "0"), text.replace("Z", "+00:00"))
    return dt.datetime.fromisoformat(text).astimezone(dt.timezone.utc)


def _float32(value: Any) -> Any:
    """The double that the float32 is, so that JSON's shortest text and Parquet's bits are one number."""
    number = _SPECIAL.get(value, value)
    return struct.unpack("<f", struct.pack("<f", number))[0] if isinstance(number, (int, float)) else number


def _float64(value: Any) -> Any:
    number = _SPECIAL.get(value, value) if isinstance(value, str) else value
    return float(number) if isinstance(number, int) else number


_DECODERS: dict[str, Decoder] = {
    "float32": _float32,
    "float64": _float64,
    "bytes": lambda value: base64.b64decode(value),
    "date": lambda value: dt.date.fromisoformat(value),
    "timestamp": parse_instant,
}


def decoder_of(type_text: Optional[str]) -> Optional[Decoder]:
    """How a JSON value of a type becomes Python's; None when it is that already. Nulls are not given to it."""
    if type_text is None:
        return None
    if type_text in _DECODERS:
        return _DECODERS[type_text]
    if type_text.startswith("decimal"):
        return lambda value: decimal.Decimal(str(value))
    if type_text.startswith("embedding"):
        return lambda values: [_float32(one) for one in values]
    array = _ARRAY.match(type_text)
    element = decoder_of(array.group(1)) if array else None
    if element is None:
        return None
    inner: Decoder = element
    return lambda values: [None if one is None else inner(one) for one in values]


def decode(type_text: Optional[str], values: Iterable[Any]) -> list[Any]:
    decoder = decoder_of(type_text)
    if decoder is None:
        return list(values)
    return [None if value is None else decoder(value) for value in values]


def infer_values(name: str, values: Iterable[Any]) -> Optional[str]:
    """The type of a column of Python values; None when all are null. Raises DataError when no type holds all."""
    found: Optional[str] = None
    for value in values:
        value = plain(value)
        if is_missing(value):
            continue
        kind = _type_of(name, value)
        if kind is None:
            continue
        joined = kind if found is None else _join(found, kind)
        if joined is None:
            raise DataError(
                f"Column {name!r} holds {found} and {kind}: make it one type, or state it in `features`."
            )
        found = joined
    return found


def _type_of(name: str, value: Any) -> Optional[str]:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        if not _INT64[0] <= value <= _INT64[1]:
            raise DataError(f"Column {name!r} holds {value}, which int64 does not: use a decimal or a text.")
        return "int64"
    if isinstance(value, float):
        return "float64"
    if isinstance(value, (str, uuid.UUID)):
        return "string"
    if isinstance(value, dt.datetime):
        return "timestamp"
    if isinstance(value, dt.date):
        return "date"
    if isinstance(value, decimal.Decimal):
        return _decimal_type(name, value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "bytes"
    if isinstance(value, dict):
        return "json"
    if isinstance(value, (list, tuple)):
        element = infer_values(name, value)
        return "json" if element == "json" else f"array<{element}>" if element else "array<>"
    raise DataError(f"Column {name!r} holds {type(value).__name__}, which no type of the portal is.")


def _decimal_type(name: str, value: decimal.Decimal) -> str:
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        raise DataError(f"Column {name!r} holds the decimal {value}, which no decimal of the portal is.")
    scale = max(0, -exponent)
    return f"decimal({max(len(digits) + max(0, exponent), scale, 1)},{scale})"


def _join(one: str, other: str) -> Optional[str]:
    """The narrowest type that holds both exactly, as far as types can say; None when there is none."""
    if one == other:
        return one
    if {one, other} == {"int64", "float64"}:
        return "float64"
    if one.startswith("array<") and other.startswith("array<"):
        if "array<>" in (one, other):
            return one if other == "array<>" else other
        element = _join(one[6:-1], other[6:-1])
        return f"array<{element}>" if element else None
    sizes = [re.match(r"decimal\((\d+),(\d+)\)", kind) for kind in (one, other)]
    if sizes[0] and sizes[1]:
        scale = max(int(size.group(2)) for size in sizes if size)
        whole = max(int(size.group(1)) - int(size.group(2)) for size in sizes if size)
        return f"decimal({whole + scale},{scale})"
    return None
