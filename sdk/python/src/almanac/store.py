"""The client: everything a notebook or a pipeline asks of the portal."""

from __future__ import annotations

import uuid
from typing import Any, Mapping, Optional, Sequence, Union

from .base import segment
from .data import Data, data_of
from .datasets import Datasets
from .errors import ConflictError, DataError, NotFoundError, SchemaMismatchError
from .ingestion import CHUNK_ROWS
from .results import GroupSchema, IngestResult, Registration

Names = Union[str, Sequence[str]]


class FeatureStore(Datasets):
    """
    >>> fs = FeatureStore()                                   # address and key from ALMANAC_URL, ALMANAC_KEY
    >>> fs.register_features("customer_engagement", df, "customer_id", "interaction_date")
    >>> fs.get_training_data("customer_engagement", "2023-01-01", "2023-06-30")
    >>> fs.get_online_features("customer_engagement", entity_key=1001)
    """

    def register_features(
        self,
        feature_group_name: str,
        data: Any = None,
        primary_key: Optional[Names] = None,
        timestamp_key: Optional[str] = None,
        *,
        features: Optional[Mapping[str, Any]] = None,
        labels: Sequence[str] = (),
        entity: Optional[str] = None,
        description: str = "",
        owner_team: Optional[str] = None,
        tags: Sequence[str] = (),
        classification: Optional[str] = None,
        ttl: Optional[str] = None,
        online: Optional[bool] = None,
        new_columns: str = "refuse",
        mode: str = "strict",
        chunk_rows: Optional[int] = CHUNK_ROWS,
        idempotency_key: Optional[str] = None,
        nan: str = "null",
    ) -> Registration:
        """
        Makes the feature group when it is not there, with types inferred from `data`, and adds the rows; when it is
        there already, the rows are added to it. Without `data` only the group is made.

        `features` says more of single columns, or of ones that `data` does not have: a type, `{"score": "float32"}`,
        or what the portal's interface takes, `{"score": {"type": "float32", "description": "…", "contract": {"min": 0}}}`.
        `labels` are columns to be predicted: never served as features. The entity is made with the group unless it is
        named; the owner is the key's team.

        A column that the group does not have is refused; `new_columns="add"` adds it as a nullable feature, a
        compatible revision of the same version.
        """
        if new_columns not in ("refuse", "add"):
            raise DataError(f'`new_columns` is "refuse" or "add", not {new_columns!r}.')
        keys = (
            [primary_key]
            if isinstance(primary_key, str)
            else None
            if primary_key is None
            else list(primary_key)
        )
        columns = None if data is None else data_of(data, nan)
        overrides = {
            name: {"type": one} if isinstance(one, str) else dict(one)
            for name, one in (features or {}).items()
        }
        for name in labels:
            overrides.setdefault(name, {}).update(role="label")
        schema, created = self._find_group(feature_group_name), False
        if schema is None:
            definition = _definition(feature_group_name, columns, keys, timestamp_key, overrides, entity)
            more = {
                "description": description or None,
                "owner_team": owner_team,
                "tags": list(tags) or None,
                "classification": classification,
                "ttl": ttl,
                "online": online,
                "environments": [self.environment],
            }
            definition.update({name: value for name, value in more.items() if value is not None})
            schema, created = self._create_group(definition)
        if not created:
            _check_same(schema, keys, timestamp_key)
            schema = self._with_new_columns(schema, columns, overrides, new_columns)
        ingested: Optional[IngestResult] = None
        if columns is not None:
            query = {"environment": self.environment, "mode": mode}
            ingested = self._ingest_chunks(
                feature_group_name,
                columns,
                schema.types(),
                query,
                idempotency_key or str(uuid.uuid4()),
                chunk_rows,
            )
        return Registration(schema, created, ingested)

    def _find_group(self, name: str) -> Optional[GroupSchema]:
        try:
            return self._schema(name, fresh=True)
        except NotFoundError:
            return None

    def _create_group(self, definition: Mapping[str, Any]) -> tuple[GroupSchema, bool]:
        name = definition["name"]
        try:
            self._act("POST", "/feature-groups", definition)
        except ConflictError:
            # Somebody else made it between the look and the act; if not, the refusal stands.
            found = self._find_group(name)
            if found is None:
                raise
            return found, False
        return self._schema(name, fresh=True), True

    def _with_new_columns(
        self, schema: GroupSchema, data: Optional[Data], overrides: Mapping[str, Any], new_columns: str
    ) -> GroupSchema:
        known = schema.types()
        names = [*(data.names if data is not None else ()), *overrides]
        missing = [name for name in dict.fromkeys(names) if name not in known and name != "_op"]
        if not missing:
            return schema
        if new_columns == "refuse":
            raise SchemaMismatchError(
                f"{schema.group} has no column {', '.join(missing)}; it has {', '.join(known)}. Leave it out, or add it "
                'to the group: register_features(..., new_columns="add").'
            )
        added = [_feature(name, data, overrides.get(name, {})) for name in missing]
        kept = [
            {member: value for member, value in one.items() if value is not None}
            for one in schema.resource["features"]
        ]
        answer = self._act(
            "POST", f"/feature-groups/{segment(schema.group)}/versions", {"features": [*kept, *added]}
        )
        if answer.get("change") != "compatible":
            raise SchemaMismatchError(
                f"{schema.group}: the change needs a new version, {answer.get('version')}, which is {answer.get('state')}."
            )
        return self._schema(schema.group, fresh=True)

    # The registry

    def get_feature_group(self, name: str, version: Optional[int] = None) -> dict[str, Any]:
        return dict(self._schema(name, version, fresh=True).resource)

    def list_feature_groups(self, **filters: Any) -> list[dict[str, Any]]:
        """All groups that you may see; filters as the interface has them: `team`, `entity`, `tag`, `q`, …"""
        return self._all("/feature-groups", **filters)

    def create_feature_service(
        self,
        name: str,
        features: Sequence[str],
        *,
        description: str = "",
        purpose: Optional[str] = None,
        owner_team: Optional[str] = None,
        tags: Sequence[str] = (),
        full_feature_names: bool = False,
    ) -> dict[str, Any]:
        """Saves a selection of features, "group:feature" or "group@2:feature", under a name for a model to read."""
        asked = {
            "name": name,
            "features": list(features),
            "description": description,
            "tags": list(tags),
            "full_feature_names": full_feature_names,
            "environment": self.environment,
        }
        more = {"purpose": purpose, "owner_team": owner_team}
        asked.update({member: value for member, value in more.items() if value is not None})
        service: dict[str, Any] = self._act("POST", "/feature-services", asked)
        return service

    def add_feature_service_version(self, name: str, features: Sequence[str]) -> dict[str, Any]:
        """A new version of a service with this selection; readers of the service get it at once."""
        asked = {"features": list(features), "environment": self.environment}
        added: dict[str, Any] = self._act("POST", f"/feature-services/{segment(name)}/versions", asked)
        return added

    def get_feature_service(self, name: str) -> dict[str, Any]:
        service: dict[str, Any] = self._get(f"/feature-services/{segment(name)}")
        return service

    def list_feature_services(self, **filters: Any) -> list[dict[str, Any]]:
        return self._all("/feature-services", **filters)

    def search(self, q: str = "", *, limit: int = 20, **filters: Any) -> list[dict[str, Any]]:
        """
        Features, groups, services, entities and sources by name and meaning, best first, each with `why`. Filters may
        be lists: `kind`, `team`, `entity`, `type`, `tag`, `lifecycle`, `classification`.
        """
        hits: list[dict[str, Any]] = self._get(
            "/search", q=q, limit=limit, environment=self.environment, **filters
        )["data"]
        return hits

    def whoami(self) -> dict[str, Any]:
        """Whose key this is, with its roles and teams."""
        me: dict[str, Any] = self._get("/me")
        return me


def _definition(
    name: str,
    data: Optional[Data],
    keys: Optional[list[str]],
    timestamp_key: Optional[str],
    overrides: Mapping[str, Mapping[str, Any]],
    entity: Optional[str],
) -> dict[str, Any]:
    if keys is None or timestamp_key is None:
        raise DataError(f"{name} does not exist yet: name its `primary_key` and its `timestamp_key`.")
    columns = list(data.names) if data is not None else [*keys, timestamp_key]
    lacking = [one for one in [*keys, timestamp_key] if one not in columns]
    if lacking:
        raise DataError(f"The data has no column {', '.join(lacking)}; it has {', '.join(columns)}.")
    own = [*keys, timestamp_key, "_op"]
    names = [one for one in dict.fromkeys([*columns, *overrides]) if one not in own]
    key_types = [{"name": key, "type": _type_of(key, data, overrides.get(key, {}))} for key in keys]
    definition: dict[str, Any] = {
        "name": name,
        "primary_key": keys,
        "timestamp_key": timestamp_key,
        "features": [_feature(one, data, overrides.get(one, {})) for one in names],
    }
    if entity is not None:
        definition["entity"] = entity if not keys else {"name": entity, "keys": key_types}
    elif keys:
        definition["entity"] = {"name": _entity_name(keys), "keys": key_types}
    return definition


def _entity_name(keys: Sequence[str]) -> str:
    """`customer` for customer_id, `origin_destination` for two keys: what the rows are about, by its key's name."""
    names = [key[: -len("_id")] if key.endswith("_id") and len(key) > 3 else key for key in keys]
    return "_".join(names)[:63]


def _type_of(name: str, data: Optional[Data], override: Mapping[str, Any]) -> str:
    stated = override.get("type")
    if stated:
        return str(stated)
    inferred = data.type_of(name) if data is not None and name in data.names else None
    if inferred is None:
        raise DataError(
            f"Column {name!r} has no value to infer a type from: state it, features={{{name!r}: 'float64'}}."
        )
    return inferred


def _feature(name: str, data: Optional[Data], override: Mapping[str, Any]) -> dict[str, Any]:
    return {**override, "name": name, "type": _type_of(name, data, override)}


def _check_same(schema: GroupSchema, keys: Optional[list[str]], timestamp_key: Optional[str]) -> None:
    there = [key.name for key in schema.keys]
    if keys is not None and keys != there:
        raise SchemaMismatchError(
            f"The key of {schema.group} is {', '.join(there) or 'empty'}, not {', '.join(keys)}."
        )
    if timestamp_key is not None and timestamp_key != schema.timestamp_key:
        raise SchemaMismatchError(
            f"The event time of {schema.group} is {schema.timestamp_key}, not {timestamp_key}."
        )
