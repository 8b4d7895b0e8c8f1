"""Progress for people who wait: one line on standard error that draws itself again, where that is a terminal."""

from __future__ import annotations

import os
import sys
import time
from typing import Callable, Optional, Union

#: (done, total or None, what): called as work goes on.
ProgressCallback = Callable[[int, Optional[int], str], None]
#: None: on a terminal only. True or False: always or never. Or a function of one's own.
ProgressSetting = Union[None, bool, ProgressCallback]

_WIDTH = 24
_SECONDS_BETWEEN = 0.1
#: What ends sooner needs no bar.
_PATIENCE_SECONDS = 0.4


def _amount(number: int, unit: str) -> str:
    if unit != "bytes":
        return f"{number:,} {unit}"
    size = float(number)
    for name in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {name}" if name == "B" else f"{size:.1f} {name}"
        size /= 1000
    return f"{size:.2f} GB"


class Progress:
    """`with Progress(setting, "what", total, "rows") as progress: progress.add(1000)`"""

    def __init__(self, setting: ProgressSetting, what: str, total: Optional[int] = None, unit: str = "rows"):
        self.what = what
        self.total = total
        self.unit = unit
        self.done = 0
        self._callback = setting if callable(setting) else None
        self._draws = setting is True or (
            setting is None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        )
        self._since = time.monotonic()
        self._drawn_at = 0.0
        self._has_drawn = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._has_drawn:
            self._draw(final=kind is None)
            sys.stderr.write("\n")
            sys.stderr.flush()

    def add(self, amount: int) -> None:
        self.set(self.done + amount)

    def set(self, done: int) -> None:
        """Sets what is done; a retry may set it back."""
        self.done = done
        if self._callback:
            self._callback(done, self.total, self.what)
        elif self._draws:
            now = time.monotonic()
            if now - self._since >= _PATIENCE_SECONDS and now - self._drawn_at >= _SECONDS_BETWEEN:
                self._drawn_at = now
                self._draw()

    def _draw(self, final: bool = False) -> None:
        seconds = time.monotonic() - self._since
        if self.total:
            share = min(1.0, self.done / self.total)
            filled = round(share * _WIDTH)
            bar = f" {'█' * filled}{'░' * (_WIDTH - filled)} {share:4.0%}"
            count = (
                f"{self.done:,} of {_amount(self.total, self.unit)}"
                if self.unit != "bytes"
                else (f"{_amount(self.done, 'bytes')} of {_amount(self.total, 'bytes')}")
            )
            left = seconds / share - seconds if 0 < share < 1 else 0
            rest = f" · {left:.0f} s left" if left >= 1 and not final else f" · {seconds:.1f} s"
        else:
            bar, count, rest = "", _amount(self.done, self.unit), f" · {seconds:.1f} s"
        sys.stderr.write(f"\r\x1b[2K{self.what}{bar} · {count}{rest}")
        sys.stderr.flush()
        self._has_drawn = True
