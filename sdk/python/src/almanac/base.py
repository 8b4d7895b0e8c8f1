"""What all parts of the client share: settings, requests, and the columns of feature groups."""

from __future__ import annotations

import os
import time
import urllib.parse
import uuid
from typing import Any, Callable, Mapping, Optional

from .data import json_body
from .errors import ConfigurationError, JobFailedError
from .frames import output_of
from .progress import Progress, ProgressSetting
from .results import GroupSchema
from .transport import Request, Transport

API = "/api/v1"
_SCHEMA_SECONDS = 60.0
_FIRST_LOOK_SECONDS = 0.2
_LONGEST_LOOK_SECONDS = 3.0


def segment(name: Any) -> str:
    """One path segment."""
    return urllib.parse.quote(str(name), safe="")


class Client:
    """
    `url` and `api_key` come from ALMANAC_URL (else http://localhost:3000) and ALMANAC_KEY (or ALMANAC_API_KEY),
    `environment` from ALMANAC_ENVIRONMENT (else prod), where they are not given. `timeout` is the longest silence
    in seconds, `retries` the most further attempts, `output` what reads answer with: "pandas", "arrow" or "rows".
    """

    def __init__(
        self,
        url: Optional[str] = None,
        api_key: Optional[str] = None,
        environment: Optional[str] = None,
        *,
        timeout: float = 300.0,
        retries: int = 5,
        progress: ProgressSetting = None,
        output: Optional[str] = None,
        sleep: Callable[[float], None] = time.sleep,
    ):
        url = url or os.environ.get("ALMANAC_URL") or "http://localhost:3000"
        api_key = api_key or os.environ.get("ALMANAC_API_KEY") or os.environ.get("ALMANAC_KEY")
        if not api_key:
            raise ConfigurationError(
                "There is no API key. Set ALMANAC_KEY, or pass api_key=. Make one on the portal's page of keys, or "
                "with: npm run almanac -- key create --name my-notebook"
            )
        if any(not " " < sign <= "~" for sign in api_key):
            raise ConfigurationError("The API key holds a character that no key has; was it copied whole?")
        self.environment = environment or os.environ.get("ALMANAC_ENVIRONMENT") or "prod"
        self._output = output
        self._progress_setting = progress
        self._sleep = sleep
        self._transport = Transport(url, api_key, timeout=timeout, retries=retries, sleep=sleep)
        self._schemas: dict[tuple[str, Optional[int]], tuple[float, GroupSchema]] = {}
        self._services: dict[str, list[str]] = {}
        output_of(output)

    @property
    def url(self) -> str:
        return self._transport.url

    def close(self) -> None:
        """Closes the kept connections. The client can go on to be used."""
        self._transport.close()

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.url!r}, environment={self.environment!r})"

    def _get(self, path: str, **query: Any) -> Any:
        return self._transport.json(Request("GET", API + path, query))

    def _act(
        self, method: str, path: str, body: Any, query: Optional[Mapping[str, Any]] = None, **headers: str
    ) -> Any:
        """A write with a key of its own, so that a retry is no second one."""
        given = {
            "Idempotency-Key": str(uuid.uuid4()),
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        return self._transport.json(Request(method, API + path, query or {}, json_body(body), given))

    def _all(self, path: str, **query: Any) -> list[Any]:
        """Every page of a list."""
        found: list[Any] = []
        cursor: Optional[str] = None
        while True:
            page = self._get(path, limit=200, cursor=cursor, **query)
            found += page["data"]
            cursor = (page.get("meta") or {}).get("next_cursor")
            if not cursor:
                return found

    def _progress(self, what: str, total: Optional[int] = None, unit: str = "rows") -> Progress:
        return Progress(self._progress_setting, what, total, unit)

    def _schema(self, group: str, version: Optional[int] = None, fresh: bool = False) -> GroupSchema:
        """Columns of a group's version; kept for a minute."""
        kept = self._schemas.get((group, version))
        if kept and not fresh and kept[0] > time.monotonic():
            return kept[1]
        path = f"/feature-groups/{segment(group)}" + (f"/versions/{version}" if version else "")
        schema = GroupSchema.of(self._get(path, environment=self.environment))
        kept = (time.monotonic() + _SCHEMA_SECONDS, schema)
        self._schemas[group, version] = self._schemas[group, schema.version] = kept
        return schema

    def get_job(self, job: str) -> dict[str, Any]:
        """A job as it is now: `state`, `progress`, `result`, `error`, `log`."""
        found: dict[str, Any] = self._get(f"/jobs/{segment(job)}")
        return found

    def list_jobs(self, **filters: Any) -> list[dict[str, Any]]:
        """Your own jobs and those about groups that you may see, newest first: `state`, `kind`, `resource`."""
        return self._all("/jobs", **filters)

    def cancel_job(self, job: str) -> dict[str, Any]:
        """
        Ends a job before its end: a queued one at once, a running one within seconds; what it has not committed is gone.
        Answers its record, in which `cancel_requested` stands until it has ended.
        """
        ended: dict[str, Any] = self._act("POST", f"/jobs/{segment(job)}/cancel", {})
        return ended

    def wait_for_job(self, job: str) -> dict[str, Any]:
        """The job's record, once it has succeeded. Raises JobFailedError when it failed or was cancelled."""
        path = job if job.startswith("/") else f"{API}/jobs/{segment(job)}"
        pause = _FIRST_LOOK_SECONDS
        with self._progress(f"job {path.rsplit('/', 1)[-1]}", unit="") as progress:
            while True:
                record: dict[str, Any] = self._transport.json(Request("GET", path))
                state = record.get("state")
                if state == "succeeded":
                    return record
                if state in ("failed", "cancelled"):
                    raise JobFailedError(record)
                told = record.get("progress") or {}
                progress.what = told.get("message") or progress.what
                progress.total = told.get("total")
                progress.set(told.get("done") or 0)
                self._sleep(pause)
                pause = min(pause * 1.5, _LONGEST_LOOK_SECONDS)
