"""What the client's methods answer with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Iterator, Mapping, Optional, Sequence

from .errors import FieldError


@dataclass(frozen=True)
class Feature:
    name: str
    type: str
    role: str = "feature"


@dataclass(frozen=True)
class GroupSchema:
    """Columns of one version of a feature group, as the portal has them."""

    group: str
    version: int
    keys: Sequence[Feature]
    timestamp_key: str
    features: Sequence[Feature]
    inputs: Sequence[Feature]
    state: str
    #: The whole resource, for what is not named here.
    resource: Mapping[str, Any]

    @classmethod
    def of(cls, resource: Mapping[str, Any]) -> GroupSchema:
        def columns(member: str) -> Sequence[Feature]:
            given = resource.get(member) or ()
            return tuple(Feature(one["name"], one["type"], one.get("role", "feature")) for one in given)

        return cls(
            group=resource.get("group") or resource["name"],
            version=resource["version"],
            keys=columns("keys"),
            timestamp_key=resource["timestamp_key"],
            features=columns("features"),
            inputs=columns("inputs"),
            state=resource["state"],
            resource=resource,
        )

    def types(self) -> dict[str, str]:
        """Type by name, of every column that rows may have."""
        columns = {one.name: one.type for one in (*self.keys, *self.features, *self.inputs)}
        return {**columns, self.timestamp_key: "timestamp"}


@dataclass
class IngestResult:
    """What was committed, over all chunks. Rows in `errors` count from 1 over all that was sent."""

    accepted: int = 0
    rejected: int = 0
    quarantined: int = 0
    #: Accepted rows that did not become the newest of their key online; None while that is not known yet.
    superseded: Optional[int] = 0
    commits: list[str] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)
    #: `done`, `pending`, `offline_only` or `not_online`; with the watermark of the last commit.
    online: Mapping[str, Any] = field(default_factory=dict)

    def add(self, answer: Mapping[str, Any], row_offset: int) -> None:
        self.accepted += answer.get("accepted", 0)
        self.rejected += answer.get("rejected", 0)
        self.quarantined += answer.get("quarantined", 0)
        superseded = answer.get("superseded")
        self.superseded = (
            None if superseded is None or self.superseded is None else self.superseded + superseded
        )
        if answer.get("commit"):
            self.commits.append(answer["commit"])
        self.errors += [FieldError.of(one, row_offset) for one in answer.get("errors") or ()]
        self.online = answer.get("online") or self.online


@dataclass(frozen=True)
class Registration:
    """A group and, where data came with it, what was ingested."""

    group: GroupSchema
    created: bool
    ingested: Optional[IngestResult]


class OnlineFeatures(Mapping[str, Any]):
    """The newest values of one key, by feature name. A key that is not there has None throughout."""

    def __init__(
        self,
        values: Mapping[str, Any],
        statuses: Mapping[str, str],
        event_times: Mapping[str, Optional[dt.datetime]],
        key: Mapping[str, Any],
    ):
        self._values = dict(values)
        #: PRESENT, NULL_VALUE, NOT_FOUND or OUTSIDE_MAX_AGE, by feature name.
        self.statuses = dict(statuses)
        #: When each value was true, by feature name; None for NOT_FOUND.
        self.event_times = dict(event_times)
        self.key = dict(key)

    @property
    def found(self) -> bool:
        """Whether there is a row for the key in any of the groups read."""
        return any(status != "NOT_FOUND" for status in self.statuses.values())

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"OnlineFeatures({self._values!r})"


class OnlineTable(Mapping[str, "list[Any]"]):
    """
    The newest values of many keys, column by column: key columns first, then the features in the order asked; the
    rows in the order of the keys, duplicates answered twice.
    """

    def __init__(
        self,
        columns: Mapping[str, list[Any]],
        features: Sequence[str],
        statuses: Mapping[str, list[str]],
        event_times: Mapping[str, list[Optional[dt.datetime]]],
        types: Mapping[str, Optional[str]],
        meta: Mapping[str, Any],
    ):
        self._columns = dict(columns)
        self.features = tuple(features)
        self.statuses = dict(statuses)
        self.event_times = dict(event_times)
        self.types = dict(types)
        self.meta = dict(meta)

    def __getitem__(self, name: str) -> list[Any]:
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        rows = len(next(iter(self._columns.values()), []))
        return f"OnlineTable({rows} rows of {', '.join(self._columns)})"

    def to_rows(self) -> list[dict[str, Any]]:
        return [dict(zip(self._columns, row)) for row in zip(*self._columns.values())]

    def to_df(self) -> Any:
        """A pandas DataFrame with the dtypes that historical reads have."""
        from .frames import frame_of

        return frame_of(self._columns, self.types)
