"""The real Feast SDK against a running portal: `online_store: {type: remote}` reads and writes, and its own exceptions.

ALMANAC_URL and ALMANAC_KEY (a key that may register and write) come from the environment. Needs feast >= 0.64.
"""

import json
import os
import tempfile
import unittest
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pandas as pd
from feast import Entity, FeatureService, FeatureStore, FeatureView, Field, FileSource, PushSource, ValueType
from feast.data_source import PushMode
from feast.errors import (
    FeastError,
    FeastPermissionError,
    FeatureNameCollisionError,
    FeatureServiceNotFoundException,
    FeatureViewNotFoundException,
    SpecifiedFeaturesNotPresentError,
)
from feast.types import Array, Bool, Float32, Float64, Int64, String

ORIGIN = os.environ.get("ALMANAC_URL", "http://127.0.0.1:3000").rstrip("/")
EXACT = 9007199254740993
NAME = uuid.uuid4().hex[:8]
DRIVERS, RATINGS = f"drivers_{NAME}", f"ratings_{NAME}"
DAY = datetime(2026, 1, 5, 8, 30, tzinfo=timezone.utc)


def call(path, body):
    request = urllib.request.Request(
        ORIGIN + path,
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {os.environ['ALMANAC_KEY']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def register(name, features, ttl=None):
    entity = {"name": f"driver_{NAME}", "keys": [{"name": "driver_id", "type": "int64"}]}
    definition = {
        "name": name,
        "description": "Made by the test of Feast's client.",
        "entity": entity,
        "primary_key": ["driver_id"],
        "timestamp_key": "seen_at",
        "features": [{"name": one, "type": kind, "description": one} for one, kind in features.items()],
    }
    call("/api/v1/feature-groups", {**definition, **({"ttl": ttl} if ttl else {})})


def store_at(folder, token_variable="ALMANAC_KEY"):
    Path(folder, "feature_store.yaml").write_text(
        f"""
project: almanac
provider: local
registry: {folder}/registry.db
online_store:
  type: remote
  path: {ORIGIN}
  connection_retries: 0
auth:
  type: oidc
  token_env_var: {token_variable}
entity_key_serialization_version: 3
"""
    )
    return FeatureStore(repo_path=str(folder))


FIELDS = {
    "trips": ("int64", Int64),
    "rating": ("float64", Float64),
    "speed": ("float32", Float32),
    "city": ("string", String),
    "active": ("bool", Bool),
    "shifts": ("array<float64>", Array(Float64)),
}


def definitions():
    driver = Entity(name="driver", join_keys=["driver_id"], value_type=ValueType.INT64)
    batch = FileSource(name=f"batch_{NAME}", path="unused.parquet", timestamp_field="event_timestamp")
    schema = [Field(name="driver_id", dtype=Int64)]
    drivers = FeatureView(
        name=DRIVERS,
        entities=[driver],
        ttl=timedelta(0),
        schema=schema + [Field(name=name, dtype=dtype) for name, (_, dtype) in FIELDS.items()],
        source=PushSource(name=DRIVERS, batch_source=batch),
    )
    ratings = FeatureView(
        name=RATINGS,
        entities=[driver],
        schema=schema + [Field(name="rating", dtype=Float64)],
        source=batch,
    )
    unknown = FeatureView(name=f"unknown_{NAME}", entities=[driver], schema=ratings.schema, source=batch)
    service = FeatureService(name=f"dispatch_{NAME}", features=[drivers[["trips", "rating"]]])
    elsewhere = FeatureService(name=f"elsewhere_{NAME}", features=[drivers[["trips"]]])
    return [driver, drivers, ratings, unknown, service, elsewhere]


def frame(**columns):
    rows = len(next(iter(columns.values())))
    defaults = {"event_timestamp": [DAY] * rows, "created": [DAY] * rows}
    return pd.DataFrame({**columns, **defaults})


class FeastClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        register(DRIVERS, {name: kind for name, (kind, _) in FIELDS.items()})
        register(RATINGS, {"rating": "float64"}, ttl="P1D")
        call(
            "/api/v1/feature-services",
            {"name": f"dispatch_{NAME}", "features": [f"{DRIVERS}:trips", f"{DRIVERS}:rating"], "purpose": "test"},
        )
        cls.folder = tempfile.TemporaryDirectory()
        cls.store = store_at(cls.folder.name)
        cls.store.apply(definitions())
        # Feast itself rounds integers of a column that holds a null, so the null comes alone.
        for part in (
            frame(
                driver_id=[1001, 1002],
                trips=[EXACT, 3],
                rating=[4.0, 2.5],
                speed=[0.1, 2.0],
                city=["Zürich", ""],
                active=[True, False],
                shifts=[[1.5, 2.0], [0.25, 8.0]],
            ),
            frame(
                driver_id=[1003],
                trips=[None],
                rating=[1.25],
                speed=[0.5],
                city=["null"],
                active=[True],
                shifts=[[3.0, 4.0]],
            ),
        ):
            cls.store.write_to_online_store(DRIVERS, df=part)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def read(self, features, ids, **more):
        rows = [{"driver_id": one} for one in ids]
        return self.store.get_online_features(features=features, entity_rows=rows, **more).to_dict()

    def test_reads_what_it_wrote_in_request_order(self):
        references = [f"{DRIVERS}:{name}" for name in FIELDS]
        answer = self.read(references, [1002, 1001, 7, 1001])
        self.assertEqual(
            answer,
            {
                "driver_id": [1002, 1001, 7, 1001],
                "trips": [3, EXACT, None, EXACT],
                "rating": [2.5, 4.0, None, 4.0],
                "speed": [2.0, 0.1, None, 0.1],
                "city": ["", "Zürich", None, "Zürich"],
                "active": [False, True, None, True],
                "shifts": [[0.25, 8.0], [1.5, 2.0], None, [1.5, 2.0]],
            },
        )
        self.assertEqual(list(answer), ["driver_id", *FIELDS])

    def test_whole_floats_stay_floats(self):
        response = self.store.get_online_features([f"{DRIVERS}:rating"], [{"driver_id": 1001}])
        self.assertEqual(response.proto.results[1].values[0].WhichOneof("val"), "double_val")
        self.assertEqual(response.to_df()["rating"].tolist(), [4.0])

    def test_a_null_is_told_from_a_missing_row(self):
        response = self.store.get_online_features([f"{DRIVERS}:trips"], [{"driver_id": 1003}, {"driver_id": 7}])
        self.assertEqual(list(response.proto.results[1].statuses), [2, 3])
        names = response.proto.results[1].DESCRIPTOR.fields_by_name["statuses"].enum_type.values_by_number
        self.assertEqual([names[one].name for one in (2, 3)], ["NULL_VALUE", "NOT_FOUND"])

    def test_reads_a_service_and_full_names(self):
        service = self.store.get_feature_service(f"dispatch_{NAME}")
        self.assertEqual(self.read(service, [1001]), {"driver_id": [1001], "trips": [EXACT], "rating": [4.0]})
        answer = self.read([f"{DRIVERS}:rating", f"{RATINGS}:rating"], [1001], full_feature_names=True)
        self.assertEqual(answer[f"{DRIVERS}__rating"], [4.0])

    def test_a_later_push_wins_and_an_earlier_one_does_not(self):
        for hours, trips in ((2, 12), (1, 11)):
            df = frame(driver_id=[2001], trips=[trips], rating=[1.0], speed=[1.0], city=["x"], active=[True])
            df["shifts"] = [[1.0, 2.0]]
            df["event_timestamp"] = [DAY + timedelta(hours=hours)]
            self.store.push(DRIVERS, df, to=PushMode.ONLINE)
        self.assertEqual(self.read([f"{DRIVERS}:trips"], [2001])["trips"], [12])

    def test_what_is_older_than_the_ttl_is_not_served(self):
        self.store.write_to_online_store(RATINGS, df=frame(driver_id=[1001], rating=[5.0]))
        response = self.store.get_online_features([f"{RATINGS}:rating"], [{"driver_id": 1001}])
        self.assertEqual(response.to_dict()["rating"], [None])
        self.assertEqual(list(response.proto.results[1].statuses), [4])

    def test_raises_its_own_exceptions(self):
        for error, features in (
            (FeatureViewNotFoundException, [f"unknown_{NAME}:rating"]),
            (SpecifiedFeaturesNotPresentError, [f"{DRIVERS}:nothing"]),
            (FeatureServiceNotFoundException, self.store.get_feature_service(f"elsewhere_{NAME}")),
            (FeatureNameCollisionError, [f"{DRIVERS}:rating", f"{RATINGS}:rating"]),
            (FeastError, ["no reference"]),
        ):
            with self.subTest(error.__name__), self.assertRaises(error) as raised:
                self.read(features, [1001])
            self.assertIs(type(raised.exception), error)
        with self.assertRaisesRegex(FeatureViewNotFoundException, f"unknown_{NAME}"):
            self.store.write_to_online_store(f"unknown_{NAME}", df=frame(driver_id=[1], rating=[1.0]))

    def test_a_key_that_is_no_integer_is_refused_with_its_place(self):
        with self.assertRaisesRegex(FeastError, "/entities/driver_id/1"):
            self.read([f"{DRIVERS}:trips"], [1001, 1001.5])

    def test_an_unknown_key_is_refused_by_its_own_exception(self):
        from feast.permissions.client.http_auth_requests_wrapper import HttpSessionManager

        os.environ["ALMANAC_NO_KEY"] = "alm_nothing"
        HttpSessionManager.close_session()
        try:
            with tempfile.TemporaryDirectory() as folder:
                stranger = store_at(folder, "ALMANAC_NO_KEY")
                stranger.apply(definitions())
                with self.assertRaises(FeastPermissionError):
                    stranger.get_online_features([f"{DRIVERS}:trips"], [{"driver_id": 1001}])
        finally:
            HttpSessionManager.close_session()


if __name__ == "__main__":
    unittest.main()
