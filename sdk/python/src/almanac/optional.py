"""pandas and pyarrow, where they are installed. The client works without either."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import Any, Optional


@lru_cache(maxsize=None)
def _module(name: str) -> Optional[Any]:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def pandas() -> Optional[Any]:
    return _module("pandas")


def pyarrow() -> Optional[Any]:
    """With its Parquet part, or not at all."""
    return _module("pyarrow") if _module("pyarrow.parquet") else None
