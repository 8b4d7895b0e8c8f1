"""The Python client against a running portal: exact values both ways, keys of every kind, refusals with their place."""

import datetime as dt
import decimal
import json
import math
import os
import subprocess
import sys
import unittest

import almanac
import pandas as pd
import pyarrow as pa
from portal import fresh, store

EXACT = 2**53 + 1
UTC = dt.timezone.utc
AT = dt.datetime(2026, 1, 2, 3, 4, 5, 6, UTC)

TYPES = {
    "flag": "bool",
    "small": "int32",
    "large": "int64",
    "single": "float32",
    "double": "float64",
    "money": "decimal(20,4)",
    "text": "string",
    "raw": "bytes",
    "day": "date",
    "seen": "timestamp",
    "doc": "json",
    "counts": "array<int64>",
    "words": "array<array<string>>",
    "vector": "embedding<2, cosine>",
}
ROW = {
    "flag": True,
    "small": -(2**31),
    "large": EXACT,
    "single": 0.10000000149011612,
    "double": 0.1,
    "money": decimal.Decimal("9007199254740993.1234"),
    "text": "Zürich, \"a\"\n",
    "raw": bytes(range(256)),
    "day": dt.date(2026, 2, 3),
    "seen": AT,
    "doc": {"a": [1, None, {"b": "x"}]},
    "counts": [EXACT, None],
    "words": [["x"], []],
    "vector": [0.5, -0.25],
}
EMPTY = {name: None for name in TYPES}


def types_group(fs):
    name = fresh("types")
    features = {one: {"type": kind, "description": "Of a test."} for one, kind in TYPES.items()}
    data = [{"id": 1, "at": AT, **ROW}, {"id": 2, "at": AT, **EMPTY}]
    made = fs.register_features(name, data, "id", "at", features=features, entity=fresh("thing"))
    assert made.ingested.accepted == 2
    return name


class Values(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fs = store()
        cls.name = types_group(cls.fs)

    def test_every_type_comes_back_exactly_by_every_road(self):
        expected = [{"id": 1, "at": AT, **ROW}, {"id": 2, "at": AT, **EMPTY}]
        self.assertEqual(self.fs.get_training_data(self.name, output="rows"), expected)
        online = self.fs.get_online_features(self.name, 1)
        self.assertEqual(dict(online), ROW)
        self.assertEqual({name: type(one) for name, one in online.items()}, {name: type(one) for name, one in ROW.items()})
        nulls = self.fs.get_online_features(self.name, 2)
        self.assertEqual((dict(nulls), set(nulls.statuses.values())), (EMPTY, {"NULL_VALUE"}))
        missing = self.fs.get_online_features(self.name, 3)
        self.assertEqual((dict(missing), set(missing.statuses.values())), (EMPTY, {"NOT_FOUND"}))
        self.assertEqual((nulls.found, missing.found), (True, False))
        self.assertEqual(online.event_times["flag"], AT)
        features = [f"{self.name}:{one}" for one in TYPES]
        table = self.fs.get_online_features(features=features, entities={"id": [2, 1, 3, 1]})
        self.assertEqual(table.to_rows()[1], {"id": 1, **ROW})
        self.assertEqual(table.to_rows()[3], {"id": 1, **ROW})
        spine = [{"id": 1, "event_timestamp": AT}, {"id": 1, "event_timestamp": AT - dt.timedelta(microseconds=1)}]
        joined = self.fs.get_historical_features(spine, features, output="rows")
        self.assertEqual([{name: row[name] for name in TYPES} for row in joined], [ROW, EMPTY])

    def test_a_dataframe_goes_in_and_comes_out_as_it_was(self):
        frame = self.fs.get_training_data(self.name)
        name = fresh("again")
        features = {one: kind for one, kind in TYPES.items()}
        self.fs.register_features(name, frame, "id", "at", features=features, entity=fresh("thing"))
        pd.testing.assert_frame_equal(self.fs.get_training_data(name), frame)
        table = self.fs.get_training_data(name, output="arrow")
        third = fresh("arrow")
        self.fs.register_features(third, table, "id", "at", features=features, entity=fresh("thing"))
        self.assertTrue(self.fs.get_training_data(third, output="arrow").equals(table))

    def test_without_pandas_and_pyarrow_it_is_the_same(self):
        code = f"""
import sys
for one in ("pandas", "pyarrow", "numpy"):
    sys.modules[one] = None
from almanac import FeatureStore
fs = FeatureStore(progress=False)
rows = fs.get_training_data({self.name!r})
spine = [{{"id": 1, "event_timestamp": rows[0]["at"], "code": "007"}}]
print(repr([rows, fs.get_historical_features(spine, [{self.name + ":large"!r}])]))
"""
        ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        names = {"datetime": dt, "Decimal": decimal.Decimal}
        rows, joined = eval(ended.stdout, names)  # noqa: S307 - printed by the lines above
        self.assertEqual(rows, [{"id": 1, "at": AT, **ROW}, {"id": 2, "at": AT, **EMPTY}])
        self.assertEqual(joined, [{"id": 1, "event_timestamp": AT, "code": "007", "large": EXACT}])

    def test_nan_and_missing_are_two_things(self):
        name = fresh("nan")
        frame = pd.DataFrame({"id": [1, 2], "at": [AT, AT], "score": [math.nan, 1.5]})
        self.fs.register_features(name, frame, "id", "at", entity=fresh("thing"))
        self.assertEqual(self.fs.get_online_features(name, 1).statuses, {"score": "NULL_VALUE"})
        later = frame.assign(at=AT + dt.timedelta(seconds=1))
        self.fs.ingest(name, later, nan="keep")
        online = self.fs.get_online_features(name, 1)
        self.assertEqual(online.statuses, {"score": "PRESENT"})
        self.assertTrue(math.isnan(online["score"]))
        scores = self.fs.get_training_data(name, output="arrow").column("score")
        self.assertEqual(scores.null_count, 1)

    def test_the_spine_comes_back_as_it_went(self):
        spine = pd.DataFrame(
            {
                "code": ["007", "1", None],
                "id": [1, 2, 1],
                "when": pd.to_datetime(["2026-01-03 05:00", "2026-01-03 00:00", "2020-01-01 00:00"]),
                "mark": [{"x": 1}, None, {"y": [2]}],
                "big": pd.array([EXACT, None, 1], dtype="Int64"),
            },
            index=[30, 10, 10],
        )
        joined = self.fs.get_historical_features(spine, [f"{self.name}:text"], timestamp_column="when")
        pd.testing.assert_frame_equal(joined[["code", "id", "mark", "big"]], spine[["code", "id", "mark", "big"]])
        self.assertEqual(joined["when"].dt.tz_localize(None).tolist(), spine["when"].tolist())
        self.assertEqual(joined["text"].tolist(), [ROW["text"], None, None])
        empty = self.fs.get_historical_features(spine.head(0), [f"{self.name}:large"], timestamp_column="when")
        self.assertEqual((len(empty), str(empty["large"].dtype)), (0, "int64"))


class Rows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fs = store()

    def group(self, **more):
        name = fresh("rows")
        features = {"n": {"type": "int64", "contract": {"min": 0}}}
        self.fs.register_features(name, None, "id", "at", features={"id": "int64", **features}, entity=fresh("thing"), **more)
        return name

    def frame(self, count, start=0):
        ids = range(start, start + count)
        return pd.DataFrame({"id": ids, "at": [AT] * count, "n": [one * 10 for one in ids]})

    def test_chunks_are_committed_once_however_often_they_are_sent(self):
        name = self.group()
        for _ in range(2):
            result = self.fs.ingest(name, self.frame(25), chunk_rows=10, idempotency_key=f"load-{name}")
            self.assertEqual((result.accepted, len(result.commits)), (25, 3))
        self.assertEqual(len(self.fs.get_training_data(name)), 25)

    def test_a_refused_chunk_tells_the_row_of_the_whole_and_can_be_gone_on_from(self):
        name = self.group()
        frame = self.frame(25)
        frame.loc[22, "n"] = -1
        with self.assertRaises(almanac.IngestError) as raised:
            self.fs.ingest(name, frame, chunk_rows=10)
        error = raised.exception
        self.assertEqual((error.committed.accepted, error.errors[0].row, error.errors[0].column), (20, 23, "n"))
        self.assertEqual(len(self.fs.get_training_data(name)), 20)
        self.fs.ingest(name, self.frame(25), chunk_rows=10, idempotency_key=error.idempotency_key)
        self.assertEqual(len(self.fs.get_training_data(name)), 25)

    def test_quarantine_keeps_the_bad_rows_aside(self):
        name = self.group()
        rows = [{"id": 1, "at": AT, "n": 1}, {"id": 2, "at": AT, "n": -1}, {"id": 3, "at": "never", "n": 1}]
        result = self.fs.ingest(name, rows, mode="quarantine")
        self.assertEqual((result.accepted, result.quarantined), (1, 2))
        self.assertEqual([(one.row, one.column) for one in result.errors], [(2, "n"), (3, "at")])

    def test_files_of_every_kind(self):
        import tempfile
        from pathlib import Path

        name = self.group()
        frame = self.frame(3).assign(at=AT.isoformat())
        writers = {
            "rows.csv": lambda path: frame.to_csv(path, index=False),
            "rows.parquet": lambda path: self.frame(3).to_parquet(path, index=False),
            "rows.ndjson": lambda path: frame.to_json(path, orient="records", lines=True),
            "rows.json": lambda path: Path(path).write_text(json.dumps({"rows": frame.to_dict("records")})),
        }
        with tempfile.TemporaryDirectory() as folder:
            for number, (file, write) in enumerate(writers.items(), 1):
                path = Path(folder, file)
                write(path)
                with self.subTest(file):
                    self.assertEqual(self.fs.ingest(name, path).accepted, 3)
                    self.assertEqual(len(self.fs.get_training_data(name)), 3 * number)

    def test_an_ended_key_has_no_values_from_then_on(self):
        name = self.group()
        self.fs.ingest(name, self.frame(2))
        end = AT + dt.timedelta(hours=1)
        self.assertEqual(self.fs.delete_rows(name, [{"id": 1, "at": end}]).accepted, 1)
        self.assertEqual(self.fs.get_online_features(name, 1).found, False)
        spine = [{"id": 1, "event_timestamp": end}, {"id": 1, "event_timestamp": end - dt.timedelta(seconds=1)}]
        joined = self.fs.get_historical_features(spine, [f"{name}:n"], output="rows")
        self.assertEqual([row["n"] for row in joined], [None, 10])

    def test_a_new_column_is_refused_or_added(self):
        name = self.group()
        wider = self.frame(2).assign(score=[1.5, 2.5])
        with self.assertRaisesRegex(almanac.SchemaMismatchError, "has no column score"):
            self.fs.register_features(name, wider, "id", "at")
        made = self.fs.register_features(name, wider, "id", "at", new_columns="add")
        self.assertEqual((made.group.version, [one.name for one in made.group.features]), (1, ["n", "score"]))
        self.assertEqual(self.fs.get_online_features(name, 1)["score"], 2.5)
        contract = made.group.resource["features"][0]["contract"]
        self.assertEqual(contract["min"], 0)

    def test_ranges_and_the_newest(self):
        name = self.group()
        rows = [{"id": 1, "at": AT + dt.timedelta(days=day), "n": day} for day in range(4)]
        self.fs.ingest(name, rows)
        read = self.fs.get_training_data(name, dt.date(2026, 1, 3), "2026-01-04")
        self.assertEqual(read["n"].tolist(), [1, 2])
        self.assertEqual(self.fs.get_training_data(name, latest=True)["n"].tolist(), [3])
        self.assertEqual(list(self.fs.get_training_data(name, features=["n"]).columns), ["id", "at", "n"])


class Keys(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fs = store()

    def test_composite_keys_of_every_sign(self):
        name = fresh("routes")
        keys = [("1", "12"), ("11", "2"), ("A/B", "Zürich ?#&%"), ("", ".."), (".", "x")]
        rows = [{"origin": origin, "to": to, "at": AT, "n": n} for n, (origin, to) in enumerate(keys)]
        self.fs.register_features(name, rows, ["origin", "to"], "at", entity=fresh("route"))
        for n, key in enumerate(keys):
            with self.subTest(str(key)):
                self.assertEqual(self.fs.get_online_features(name, key)["n"], n)
                self.assertEqual(self.fs.get_online_features(name, {"to": key[1], "origin": key[0]}, features=["n"])["n"], n)
        table = self.fs.get_online_features(name, entities=pd.DataFrame(keys, columns=["origin", "to"]))
        self.assertEqual(table["n"], list(range(len(keys))))
        with self.assertRaisesRegex(almanac.DataError, "origin, to"):
            self.fs.get_online_features(name, "1")

    def test_a_group_of_one_row_has_no_key(self):
        name = fresh("rates")
        self.fs.register_features(name, [{"at": AT, "rate": 1.5}], [], "at")
        self.assertEqual(dict(self.fs.get_online_features(name)), {"rate": 1.5})

    def test_more_keys_than_one_request_may_carry(self):
        ids = list(range(1001, 1501)) * 25
        table = self.fs.get_online_features(feature_service="churn_model_v1", entities={"customer_id": ids})
        self.assertEqual(table["customer_id"], ids)
        self.assertEqual(table["num_logins"][:500] * 25, table["num_logins"])
        self.assertNotIn(None, table["num_logins"])

    def test_keys_that_are_none(self):
        with self.assertRaises(almanac.InvalidError) as raised:
            self.fs.get_online_features("customer_engagement", 1001.5)
        self.assertIn("1001.5", str(raised.exception))
        for key in (1001, 1001.0, "1001"):
            self.assertTrue(self.fs.get_online_features("customer_engagement", key).found)

    def test_one_group_in_two_roles(self):
        fs = self.fs
        code = fs.get_training_data("airport_delays", latest=True)["airport_code"].iloc[0]
        at = dt.datetime.now(UTC)
        spine = pd.DataFrame({"here": [code], "there": ["XXX"], "event_timestamp": [at]})
        roles = {
            "origin": {"group": "airport_delays", "keys": {"airport_code": "here"}},
            "target": {"group": "airport_delays", "keys": {"airport_code": "there"}},
        }
        features = ["origin:departures_28d", "target:departures_28d"]
        joined = fs.get_historical_features(spine, features, join_keys=roles, full_feature_names=True)
        self.assertGreater(joined["origin__departures_28d"][0], 0)
        self.assertTrue(pd.isna(joined["target__departures_28d"][0]))


class Refusals(unittest.TestCase):
    def test_unknown_names_are_named(self):
        fs = store()
        with self.assertRaisesRegex(almanac.NotFoundError, "no_such_group"):
            fs.get_training_data("no_such_group")
        with self.assertRaisesRegex(almanac.NotFoundError, "no_such_feature"):
            fs.get_online_features(features=["customer_engagement:no_such_feature"], entities={"customer_id": [1]})
        with self.assertRaises(almanac.NotFoundError):
            fs.get_historical_features([{"customer_id": 1, "event_timestamp": AT}], feature_service="no_such_service")

    def test_a_spine_without_its_time_is_refused_by_name(self):
        for spine in ([{"customer_id": 1}], pd.DataFrame({"customer_id": [1]})):
            with self.assertRaises(almanac.InvalidError) as raised:
                store().get_historical_features(spine, feature_service="churn_model_v1")
            self.assertIn("event_timestamp", str(raised.exception))

    def test_a_key_that_nobody_has(self):
        with self.assertRaises(almanac.AuthenticationError) as raised:
            almanac.FeatureStore(api_key="alm_nobody").whoami()
        self.assertEqual(raised.exception.status, 401)

    def test_a_viewer_is_told_the_rule_and_who_can_help(self):
        fs = store("viewer")
        with self.assertRaises(almanac.PermissionDeniedError) as raised:
            fs.ingest("customer_engagement", [{"customer_id": 1, "interaction_date": "2023-01-01", "num_logins": 1}])
        self.assertTrue(raised.exception.decision["rule"])
        self.assertTrue(raised.exception.request_id)

    def test_rows_with_faults_are_named_by_place_and_nothing_is_stored(self):
        fs = store()
        before = len(fs.get_training_data("customer_engagement"))
        rows = [
            {"customer_id": 1, "interaction_date": "2023-01-01", "num_logins": 0, "avg_session_duration": 1.0},
            {"customer_id": 2, "interaction_date": "2023-01-01", "num_logins": 1, "avg_session_duration": 500.0},
        ]
        for data in (rows, pd.DataFrame(rows), pa.Table.from_pylist(rows)):
            with self.subTest(type(data).__name__), self.assertRaises(almanac.InvalidError) as raised:
                fs.ingest("customer_engagement", data)
            places = [(one.row, one.column) for one in raised.exception.errors]
            self.assertEqual(places, [(1, "num_logins"), (2, "avg_session_duration")])
        self.assertEqual(len(fs.get_training_data("customer_engagement")), before)


class Catalogue(unittest.TestCase):
    def test_services_are_made_read_and_changed(self):
        fs = store()
        name = fresh("service")
        made = fs.create_feature_service(name, ["customer_engagement:num_logins"], purpose="churn prediction")
        self.assertEqual(made["features"], ["customer_engagement@1:num_logins"])
        with self.assertRaises(almanac.ConflictError):
            fs.create_feature_service(name, ["customer_engagement:num_logins"])
        both = ["customer_engagement:avg_session_duration", "customer_engagement:num_logins"]
        self.assertEqual(fs.add_feature_service_version(name, both)["version"], 2)
        values = fs.get_online_features(feature_service=name, entity_key=1001)
        self.assertEqual(list(values), ["avg_session_duration", "num_logins"])
        old = fs.get_online_features(feature_service=name, entity_key={"customer_id": 1001}, version=1)
        self.assertEqual(dict(old), {"num_logins": values["num_logins"]})
        self.assertIn(name, [one["name"] for one in fs.list_feature_services()])

    def test_search_says_why(self):
        hit = store().search("custmer engagment", kind="group", limit=1)[0]
        self.assertEqual((hit["name"], hit["match"]), ("customer_engagement", "misspelling"))

    def test_groups_and_oneself(self):
        fs = store()
        self.assertIn("customer_engagement", [one["name"] for one in fs.list_feature_groups(team="growth")])
        self.assertEqual(fs.get_feature_group("customer_engagement")["timestamp_key"], "interaction_date")
        self.assertTrue(fs.whoami()["name"])
        self.assertEqual(fs.url, os.environ["ALMANAC_URL"])

    def test_what_is_deprecated_warns(self):
        fs = store()
        name = fresh("old")
        fs.register_features(name, [{"id": 1, "at": AT, "n": 1}], "id", "at", entity=fresh("thing"))
        sunset = {"reason": "Replaced.", "replacement": "customer_engagement", "sunset_at": "2035-01-01T00:00:00Z"}
        fs._act("POST", f"/feature-groups/{name}/versions/1/deprecate", sunset)
        with self.assertWarnsRegex(almanac.AlmanacDeprecationWarning, "customer_engagement.*2035"):
            self.assertEqual(fs.get_online_features(name, 1)["n"], 1)


if __name__ == "__main__":
    unittest.main()
