"""The newest values of features, for keys."""

from __future__ import annotations

from typing import Any, Mapping, Optional, Sequence, Union, overload

from .base import API, Client, segment
from .data import data_of, json_body
from .errors import AlmanacError, DataError, TooLargeError
from .results import GroupSchema, OnlineFeatures, OnlineTable
from .transport import Request
from .types import decode, plain, to_json

#: Of one request; more keys go in several.
_MOST_KEYS = 5_000

EntityKey = Any
Entities = Any


class OnlineReads(Client):
    @overload
    def get_online_features(
        self,
        feature_group_name: Optional[str] = None,
        entity_key: EntityKey = None,
        *,
        features: Optional[Sequence[str]] = None,
        feature_service: Optional[str] = None,
        entities: None = None,
        version: Optional[int] = None,
        full_feature_names: Optional[bool] = None,
        stale: Optional[str] = None,
        purpose: Optional[str] = None,
    ) -> OnlineFeatures: ...

    @overload
    def get_online_features(
        self,
        feature_group_name: Optional[str] = None,
        entity_key: None = None,
        *,
        features: Optional[Sequence[str]] = None,
        feature_service: Optional[str] = None,
        entities: Entities,
        version: Optional[int] = None,
        full_feature_names: Optional[bool] = None,
        stale: Optional[str] = None,
        purpose: Optional[str] = None,
    ) -> OnlineTable: ...

    def get_online_features(
        self,
        feature_group_name: Optional[str] = None,
        entity_key: EntityKey = None,
        *,
        features: Optional[Sequence[str]] = None,
        feature_service: Optional[str] = None,
        entities: Entities = None,
        version: Optional[int] = None,
        full_feature_names: Optional[bool] = None,
        stale: Optional[str] = None,
        purpose: Optional[str] = None,
    ) -> Union[OnlineFeatures, OnlineTable]:
        """
        What to read is a group, with `features` as names of its features or all of them; or a `feature_service`; or
        `features=["group:feature", "group@2:feature"]`. `version` is the group's or the service's.

        One key: `get_online_features(feature_group_name="customer_engagement", entity_key=1001)` answers a mapping by
        feature name. A composite key is a tuple in the order of the primary key, or a dict by key column.

        Many: `get_online_features(feature_service="churn_model_v1", entities={"customer_id": [1001, 1002]})` answers
        the columns. `entities` is a dict of lists, a list of dicts or a DataFrame.

        An unknown key has None throughout, with the status NOT_FOUND. `stale="return"` answers values older than the
        group's ttl too, which are None otherwise.
        """
        given = {"full_feature_names": full_feature_names, "stale": stale, "purpose": purpose}
        options: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
        if entities is not None and entity_key is not None:
            raise DataError("Either `entity_key`, for one key, or `entities`, for many; not both.")
        if feature_group_name is not None:
            if feature_service is not None:
                raise DataError("Either `feature_group_name` or `feature_service`, not both.")
            if entities is None:
                return self._one_key(feature_group_name, entity_key, features, version, options)
            options["features"] = _references(self._schema(feature_group_name, version), features)
        elif (feature_service is None) == (features is None):
            raise DataError(
                "Name what to read: `feature_group_name`, `feature_service` or `features`, one of them."
            )
        elif feature_service is not None:
            options["feature_service"] = feature_service
            options.update({} if version is None else {"service_version": version})
        else:
            options["features"] = list(features or ())
        if entities is not None:
            return self._many_keys(_key_columns(entities), options)
        references = self._references_of(options, version)
        key = _key_of(feature_service or "these features", list(self._key_types(references)), entity_key)
        return _only_row(self._many_keys({name: [value] for name, value in key.items()}, options), key)

    def _one_key(
        self,
        group: str,
        entity_key: EntityKey,
        features: Optional[Sequence[str]],
        version: Optional[int],
        options: Mapping[str, Any],
    ) -> OnlineFeatures:
        schema = self._schema(group, version)
        key = _key_of(group, [one.name for one in schema.keys], entity_key)
        texts = [_key_text(value) for value in key.values()]
        if features is not None or options or any(text in ("", ".", "..") for text in texts):
            columns = {name: [value] for name, value in key.items()}
            asked = {"features": _references(schema, features), **options}
            return _only_row(self._many_keys(columns, asked), key)
        path = "/".join([f"/feature-groups/{segment(group)}/online", *(segment(text) for text in texts)])
        answer = self._get(path, environment=self.environment, version=version)
        types = self._schema(group, answer["version"] if version is None else version).types()
        instant = decode("timestamp", [answer["event_time"]])[0]
        values = {name: decode(types.get(name), [value])[0] for name, value in answer["values"].items()}
        statuses = answer["statuses"]
        times = {name: None if status == "NOT_FOUND" else instant for name, status in statuses.items()}
        return OnlineFeatures(values, statuses, times, key)

    def _many_keys(self, keys: Mapping[str, list[Any]], asked: Mapping[str, Any]) -> OnlineTable:
        count = len(next(iter(keys.values()), []))
        parts: list[Mapping[str, Any]] = []
        start, step = 0, _MOST_KEYS
        while start < count or not parts:
            part = {
                name: [to_json(value) for value in values[start : start + step]]
                for name, values in keys.items()
            }
            body = {**asked, "entities": part, "environment": self.environment, "metadata": True}
            try:
                answer = self._transport.json(Request("POST", API + "/online-features", body=json_body(body)))
            except TooLargeError:
                # How many features a service has is the portal's to know: keys times features has a bound too.
                if step == 1:
                    raise
                step //= 2
                continue
            parts.append(answer)
            start += step
        return self._table(parts, asked)

    def _table(self, parts: Sequence[Mapping[str, Any]], asked: Mapping[str, Any]) -> OnlineTable:
        first = parts[0]
        names: list[str] = first["features"]
        types = self._online_types(first, asked)
        columns: dict[str, list[Any]] = {}
        for name in first["entities"]:
            values = [value for part in parts for value in part["entities"][name]]
            columns[name] = decode(types.get(name), values)
        statuses: dict[str, list[str]] = {}
        times: dict[str, list[Any]] = {}
        for place, name in enumerate(names):
            columns[name] = decode(
                types.get(name), [value for part in parts for value in part["values"][place]]
            )
            statuses[name] = [status for part in parts for status in part["statuses"][place]]
            times[name] = decode("timestamp", [time for part in parts for time in part["event_times"][place]])
        return OnlineTable(columns, names, statuses, times, types, first["meta"])

    def _online_types(self, answer: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Optional[str]]:
        """Types of the answer's columns, in their order; None where the reader may not see the schema."""
        try:
            references = self._references_of(asked, answer["meta"].get("service_version"))
            kinds = list(self._types_by_reference(references))
            keys = self._key_types(references)
        except AlmanacError:
            kinds, keys = [], {}
        names: Sequence[str] = answer["features"]
        features = dict(zip(names, kinds)) if len(kinds) == len(names) else {}
        return {
            **{name: keys.get(name) for name in answer["entities"]},
            **{name: features.get(name) for name in names},
        }

    def _references_of(self, asked: Mapping[str, Any], service_version: Optional[int] = None) -> list[str]:
        """`group@version:feature` of a selection."""
        service = asked.get("feature_service")
        if not service:
            return list(asked["features"])
        path = f"/feature-services/{segment(service)}"
        if service_version is not None:
            path += f"/versions/{service_version}"
        kept = self._services.get(path)
        if kept is None:
            kept = self._services[path] = list(self._get(path)["features"])
        return kept

    def _types_by_reference(self, references: Sequence[str]) -> Sequence[Optional[str]]:
        return [self._schema_of(one).types().get(one.partition(":")[2]) for one in references]

    def _key_types(self, references: Sequence[str]) -> dict[str, str]:
        return {key.name: key.type for one in references for key in self._schema_of(one).keys}

    def _schema_of(self, reference: str) -> GroupSchema:
        name, _, version = reference.partition(":")[0].partition("@")
        return self._schema(name, int(version) if version else None)


def _references(schema: GroupSchema, features: Optional[Sequence[str]]) -> list[str]:
    names = (
        list(features)
        if features is not None
        else [one.name for one in schema.features if one.role == "feature"]
    )
    return [name if ":" in name else f"{schema.group}@{schema.version}:{name}" for name in names]


def _key_of(what: str, names: Sequence[str], entity_key: EntityKey) -> dict[str, Any]:
    wanted = f"`entity_key` of {what} is " + (", ".join(names) if names else "not given: it has no key")
    if isinstance(entity_key, Mapping):
        if set(entity_key) != set(names):
            raise DataError(f"{wanted}; given were {', '.join(map(str, entity_key))}.")
        return {name: plain(entity_key[name]) for name in names}
    if entity_key is None:
        values: Sequence[Any] = ()
    else:
        values = entity_key if isinstance(entity_key, (tuple, list)) else (entity_key,)
    if len(values) != len(names):
        raise DataError(f"{wanted}; {len(values)} values were given.")
    return {name: plain(value) for name, value in zip(names, values)}


def _key_text(value: Any) -> str:
    exact = to_json(value)
    return str(exact).lower() if isinstance(exact, bool) else "" if exact is None else str(exact)


def _key_columns(entities: Entities) -> dict[str, list[Any]]:
    data = data_of(entities)
    return {name: [plain(value) for value in data.values(name)] for name in data.names}


def _only_row(table: OnlineTable, key: Mapping[str, Any]) -> OnlineFeatures:
    return OnlineFeatures(
        {name: table[name][0] for name in table.features},
        {name: table.statuses[name][0] for name in table.features},
        {name: table.event_times[name][0] for name in table.features},
        key,
    )
