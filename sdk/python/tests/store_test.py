"""What the client's methods send, and what they make of the answers."""

import copy
import datetime as dt
import re
import tempfile
import unittest
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

import almanac
from local_portal import LocalPortal, Reply, problem

GROUP = {
    "name": "engagement",
    "version": 1,
    "state": "active",
    "primary_key": ["customer_id"],
    "keys": [{"name": "customer_id", "type": "int64"}],
    "timestamp_key": "day",
    "inputs": [],
    "features": [
        {
            "name": "logins",
            "type": "int64",
            "role": "feature",
            "description": "Logins.",
            "contract": {"min": 0},
            "horizon": None,
        },
        {"name": "balance", "type": "decimal(10,2)", "role": "feature", "description": ""},
    ],
}


class Fake:
    """As much of the portal as these tests speak to: one group, and rows by Idempotency-Key."""

    def __init__(self, group=None):
        self.group = copy.deepcopy(group)
        self.commits = {}
        self.fail = {}

    def __call__(self, got):
        if got.path == "/api/v1/feature-groups" and got.method == "POST":
            if self.group:
                return problem(409, "conflict")
            asked = got.json()
            keys = (asked.get("entity") or {}).get("keys", [])
            self.group = {"version": 1, "state": "active", "keys": keys, "inputs": [], **asked}
            return Reply(201, self.group)
        if re.fullmatch("/api/v1/feature-groups/[a-z_]+(/versions/1)?", got.path):
            return self.group
        if got.path.endswith("/versions"):
            self.group = {**self.group, "features": got.json()["features"]}
            return {**self.group, "change": "compatible"}
        if got.path.endswith("/rows"):
            return self.rows(got)
        raise AssertionError(got.path)

    def rows(self, got):
        key = got.headers["Idempotency-Key"]
        number = len(self.commits)
        if number in self.fail and key not in self.commits:
            return self.fail.pop(number)
        rows = rows_of(got)
        self.commits.setdefault(key, rows)
        return {
            "commit": f"c{list(self.commits).index(key)}",
            "accepted": len(rows),
            "rejected": 0,
            "quarantined": 0,
            "superseded": 1,
            "errors": [],
            "online": {"state": "done"},
        }


def rows_of(got):
    kind = got.headers["Content-Type"]
    if kind == "application/x-ndjson":
        return [line for line in got.body.splitlines() if line]
    if kind == "application/json":
        return got.json()["rows"]
    return pq.read_table(pa.BufferReader(got.body)).to_pylist()


def frame(rows=2):
    return pd.DataFrame(
        {
            "customer_id": range(1, rows + 1),
            "day": pd.to_datetime(["2026-01-01"] * rows),
            "logins": range(rows),
        }
    )


class Register(unittest.TestCase):
    def test_a_group_is_made_on_first_use_and_rows_are_added_after(self):
        fake = Fake()
        with LocalPortal(otherwise=fake) as portal:
            store = portal.store()
            first = store.register_features(
                "engagement", frame(), "customer_id", "day", owner_team="growth", labels=["logins"]
            )
            self.assertTrue(first.created)
            self.assertEqual(first.ingested.accepted, 2)
            asked = next(one.json() for one in portal.received if one.path == "/api/v1/feature-groups")
            self.assertEqual(
                asked,
                {
                    "name": "engagement",
                    "primary_key": ["customer_id"],
                    "timestamp_key": "day",
                    "entity": {"name": "customer", "keys": [{"name": "customer_id", "type": "int64"}]},
                    "features": [{"name": "logins", "type": "int64", "role": "label"}],
                    "owner_team": "growth",
                    "environments": ["prod"],
                },
            )
            second = store.register_features("engagement", frame(3), "customer_id", "day")
            self.assertFalse(second.created)
            self.assertEqual([len(rows) for rows in fake.commits.values()], [2, 3])
            self.assertEqual(sum(one.path == "/api/v1/feature-groups" for one in portal.received), 1)

    def test_types_can_be_stated(self):
        with LocalPortal(otherwise=Fake()) as portal:
            data = {"origin": ["A"], "to": ["B"], "day": ["2026-01-01"], "score": [None]}
            more = {
                "score": "float32",
                "later": {"type": "bool", "description": "Comes later."},
                "to": "string",
            }
            store = portal.store()
            with self.assertRaisesRegex(almanac.DataError, "'score' has no value to infer"):
                store.register_features("routes", data, ["origin", "to"], "day")
            made = store.register_features(
                "routes", data, ["origin", "to"], "day", features=more, entity="route"
            )
            self.assertEqual(
                made.group.resource["features"],
                [
                    {"name": "score", "type": "float32"},
                    {"name": "later", "type": "bool", "description": "Comes later."},
                ],
            )
            self.assertEqual(made.group.resource["entity"]["name"], "route")
            self.assertEqual([one.type for one in made.group.keys], ["string", "string"])

    def test_data_that_does_not_fit_is_told_before_anything_is_sent(self):
        with LocalPortal(otherwise=Fake(GROUP)) as portal:
            store = portal.store()
            wrong = [
                (frame().assign(pages=1, clicks=2), "customer_id", "day", "no column pages, clicks"),
                (frame(), ["customer_id", "logins"], "day", "The key of engagement is customer_id"),
                (frame(), "customer_id", "logins", "The event time of engagement is day"),
            ]
            for data, keys, time, told in wrong:
                with self.subTest(told), self.assertRaisesRegex(almanac.SchemaMismatchError, told):
                    store.register_features("engagement", data, keys, time)
            self.assertEqual({one.method for one in portal.received}, {"GET"})
        with LocalPortal(otherwise=Fake()) as portal:
            for keys, time, told in (
                ("nobody", "day", "no column nobody"),
                (None, None, "name its `primary_key`"),
            ):
                with self.subTest(told), self.assertRaisesRegex(almanac.DataError, told):
                    portal.store().register_features("engagement", frame(), keys, time)

    def test_new_columns_are_added_when_asked(self):
        fake = Fake(GROUP)
        with LocalPortal(otherwise=fake) as portal:
            data = frame().assign(pages=[1.5, 2.5])
            portal.store().register_features("engagement", data, new_columns="add")
            asked = next(one.json()["features"] for one in portal.received if one.path.endswith("/versions"))
            kept = [
                {name: value for name, value in one.items() if value is not None} for one in GROUP["features"]
            ]
            self.assertEqual(asked, [*kept, {"name": "pages", "type": "float64"}])
            self.assertEqual([row["pages"] for rows in fake.commits.values() for row in rows], [1.5, 2.5])

    def test_two_who_make_the_same_group_both_go_on(self):
        fake = Fake()

        def late(got):
            # Between the look and the act somebody else makes it.
            if got.method == "POST" and got.path == "/api/v1/feature-groups":
                fake.group = copy.deepcopy(GROUP)
            return fake(got)

        with LocalPortal(otherwise=late) as portal:
            made = portal.store().register_features("engagement", frame(), "customer_id", "day")
            self.assertEqual((made.created, made.ingested.accepted), (False, 2))


class Ingest(unittest.TestCase):
    def test_chunks_have_keys_of_their_own(self):
        fake = Fake(GROUP)
        with LocalPortal(otherwise=fake) as portal:
            result = portal.store().ingest("engagement", frame(25), chunk_rows=10, idempotency_key="load-1")
            self.assertEqual([key[:9] for key in fake.commits], ["load-1-0-", "load-1-1-", "load-1-2-"])
            portal.store().ingest("engagement", frame(25), chunk_rows=10, idempotency_key="load-1")
            self.assertEqual(len(fake.commits), 3)
            self.assertEqual([len(rows) for rows in fake.commits.values()], [10, 10, 5])
            self.assertEqual(
                (result.accepted, result.superseded, result.commits), (25, 3, ["c0", "c1", "c2"])
            )
            self.assertEqual({one.query["environment"] for one in portal.received}, {"prod"})

    def test_a_retry_sends_the_same_key_and_body(self):
        fake = Fake(GROUP)
        fake.fail = {0: problem(503, "unavailable", {"Retry-After": "2"})}
        with LocalPortal(otherwise=fake) as portal:
            portal.store().ingest("engagement", frame())
            sent = [one for one in portal.received if one.path.endswith("/rows")]
            self.assertEqual(len(sent), 2)
            self.assertEqual(sent[0].headers["Idempotency-Key"], sent[1].headers["Idempotency-Key"])
            self.assertEqual(sent[0].body, sent[1].body)
            self.assertEqual(portal.pauses, [2.0])

    def test_a_first_request_that_still_runs_is_waited_for(self):
        fake = Fake(GROUP)
        fake.fail = {0: problem(409, "in_progress")}
        with LocalPortal(otherwise=fake) as portal:
            self.assertEqual(portal.store().ingest("engagement", frame()).accepted, 2)
            self.assertEqual(len(portal.pauses), 1)

    def test_what_was_stored_before_a_refusal_is_told_and_can_be_gone_on_from(self):
        fake = Fake(GROUP)
        fault = {
            "row": 3,
            "column": "logins",
            "reason": "is below 0",
            "rule": "min",
            "pointer": "/rows/2/logins",
        }
        fake.fail = {2: problem(422, "invalid", errors=[fault])}
        with LocalPortal(otherwise=fake) as portal:
            store = portal.store()
            with self.assertRaises(almanac.IngestError) as raised:
                store.ingest("engagement", frame(25), chunk_rows=10)
            error = raised.exception
            self.assertEqual((error.committed.accepted, error.committed.commits), (20, ["c0", "c1"]))
            self.assertEqual((error.errors[0].row, error.errors[0].column), (23, "logins"))
            self.assertIsInstance(error.__cause__, almanac.InvalidError)
            again = store.ingest(
                "engagement", frame(25), chunk_rows=10, idempotency_key=error.idempotency_key
            )
            self.assertEqual((again.accepted, len(fake.commits)), (25, 3))

    def test_a_refusal_of_the_first_chunk_is_the_portals_own(self):
        fake = Fake(GROUP)
        fake.fail = {0: problem(422, "invalid")}
        with LocalPortal(otherwise=fake) as portal, self.assertRaises(almanac.InvalidError):
            portal.store().ingest("engagement", frame(25), chunk_rows=10)

    def test_a_file_is_sent_as_it_stands(self):
        fake = Fake(GROUP)
        seen = []
        with LocalPortal(otherwise=fake) as portal, tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "rows.ndjson")
            path.write_bytes(b'{"customer_id":1}\n{"customer_id":2}\n')
            store = portal.store(progress=lambda done, total, what: seen.append((done, total)))
            self.assertEqual(store.ingest("engagement", path).accepted, 2)
            self.assertEqual(portal.received[-1].body, path.read_bytes())
            self.assertEqual(seen[-1], (36, 36))
            with self.assertRaisesRegex(almanac.DataError, "rows.txt: files are .csv"):
                store.ingest("engagement", Path(folder, "rows.txt"))

    def test_work_in_the_background_is_waited_for(self):
        job = {"id": "j1", "state": "running", "progress": {"done": 1, "total": 2, "message": "storing"}}
        done = {"id": "j1", "state": "succeeded", "result": {"accepted": 2, "commit": "c9"}}
        with LocalPortal(GROUP, Reply(202, {"id": "j1", "state": "queued"}), job, done) as portal:
            result = portal.store().ingest("engagement", frame())
            self.assertEqual((result.accepted, result.commits), (2, ["c9"]))
            self.assertEqual(portal.received[-1].path, "/api/v1/jobs/j1")
        failed = {"id": "j1", "state": "failed", "error": "The disk is full."}
        with LocalPortal(GROUP, Reply(202, {"id": "j1", "state": "queued"}), failed) as portal:
            with self.assertRaisesRegex(almanac.JobFailedError, "j1 failed: The disk is full."):
                portal.store().ingest("engagement", frame())

    def test_keys_are_ended(self):
        with LocalPortal(otherwise=Fake(GROUP)) as portal:
            portal.store().delete_rows("engagement", [{"customer_id": 1, "day": dt.datetime(2026, 1, 1)}])
            sent = portal.received[-1]
            self.assertEqual(sent.method, "DELETE")
            self.assertEqual(
                sent.json(), {"rows": [{"customer_id": 1, "day": "2026-01-01T00:00:00.000000Z"}]}
            )


class Online(unittest.TestCase):
    def one(self, value, status="PRESENT"):
        return {
            "version": 1,
            "event_time": None if status == "NOT_FOUND" else "2026-01-01T00:00:00.000000Z",
            "values": {"logins": 3, "balance": value},
            "statuses": {"logins": "PRESENT", "balance": status},
        }

    def test_one_key(self):
        import decimal

        with LocalPortal(GROUP, self.one("1.50")) as portal:
            found = portal.store().get_online_features(feature_group_name="engagement", entity_key=1001)
            self.assertEqual(dict(found), {"logins": 3, "balance": decimal.Decimal("1.50")})
            self.assertEqual(found.event_times["logins"], dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc))
            self.assertEqual(portal.received[1].path, "/api/v1/feature-groups/engagement/online/1001")

    def test_keys_of_every_kind_reach_their_place(self):
        import numpy

        keys = [{"name": "origin", "type": "string"}, {"name": "to", "type": "string"}]
        group = {**GROUP, "keys": keys}
        with LocalPortal(
            otherwise=lambda got: self.one("1.00") if "/online/" in got.path else group
        ) as portal:
            store = portal.store()
            for key, path in (
                (("A/B", "Zürich"), "A%2FB/Z%C3%BCrich"),
                ({"to": "b", "origin": "a"}, "a/b"),
                ((True, dt.date(2026, 1, 2)), "true/2026-01-02"),
                ((numpy.int64(5), "x"), "5/x"),
            ):
                with self.subTest(str(key)):
                    store.get_online_features("engagement", key)
                    self.assertEqual(portal.received[-1].path.partition("/online/")[2], path)
            for key in (1, ("a",), ("a", "b", "c"), {"origin": "a"}, None):
                with self.subTest(str(key)), self.assertRaisesRegex(almanac.DataError, "origin, to"):
                    store.get_online_features("engagement", key)

    def many(self, got):
        if got.path != "/api/v1/online-features":
            return GROUP
        asked = got.json()
        keys = asked["entities"]["customer_id"]
        if len(keys) > self.most:
            return problem(413, "too_large")
        return {
            "features": ["logins"],
            "entities": asked["entities"],
            "values": [[None if key < 0 else key * 10 for key in keys]],
            "statuses": [["NOT_FOUND" if key < 0 else "PRESENT" for key in keys]],
            "event_times": [[None if key < 0 else "2026-01-01T00:00:00.000000Z" for key in keys]],
            "meta": {"served_at": "2026-01-02T00:00:00.000Z"},
        }

    def test_many_keys_in_as_many_requests_as_it_takes(self):
        # Halved until it fits: 5000, 2500, 1250 and 625 are refused, 312 are not.
        for self.most, requests in ((5000, 3), (600, 4 + 36)):
            with self.subTest(self.most), LocalPortal(otherwise=self.many) as portal:
                keys = [*range(10_999), -1]
                table = portal.store().get_online_features(
                    features=["engagement:logins"], entities={"customer_id": keys}
                )
                self.assertEqual(table["customer_id"], keys)
                self.assertEqual(table["logins"], [*range(0, 109_990, 10), None])
                self.assertEqual(table.statuses["logins"].count("NOT_FOUND"), 1)
                answered = [one for one in portal.received if one.path.endswith("online-features")]
                self.assertEqual(len(answered), requests)
                self.assertEqual(str(table.to_df()["logins"].dtype), "Int64")
                self.assertEqual(table.to_rows()[1], {"customer_id": 1, "logins": 10})

    def test_entities_of_every_kind(self):
        self.most = 5000
        with LocalPortal(otherwise=self.many) as portal:
            store = portal.store()
            frame = pd.DataFrame({"customer_id": [1, 2]})
            for entities in (
                {"customer_id": (1, 2)},
                [{"customer_id": 1}, {"customer_id": 2}],
                frame,
                pa.table(frame),
            ):
                table = store.get_online_features(features=["engagement:logins"], entities=entities)
                self.assertEqual(table["logins"], [10, 20])
            one = store.get_online_features(features=["engagement:logins"], entity_key={"customer_id": 4})
            self.assertEqual((dict(one), one.key), ({"logins": 40}, {"customer_id": 4}))

    def test_requests_that_make_no_sense(self):
        with LocalPortal(otherwise=GROUP) as portal:
            store = portal.store()
            for wrong in (
                {},
                {"feature_service": "a", "features": ["b:c"], "entities": {"x": [1]}},
                {"feature_group_name": "a", "feature_service": "b", "entity_key": 1},
                {"feature_group_name": "a", "entity_key": 1, "entities": {"x": [1]}},
            ):
                with self.subTest(str(wrong)), self.assertRaises(almanac.DataError):
                    store.get_online_features(**wrong)
            self.assertEqual(portal.received, [])


class Historical(unittest.TestCase):
    def answer(self, *rows):
        """A Parquet file of the spine with one feature."""
        table = pa.Table.from_pylist(list(rows))
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink)
        return Reply(
            200, body=sink.getvalue().to_pybytes(), headers={"Content-Type": "application/vnd.apache.parquet"}
        )

    def test_the_spine_keeps_its_columns_and_its_index(self):
        spine = pd.DataFrame(
            {"customer_id": [1, 2], "code": ["007", "1"], "event_timestamp": ["2026-01-01", "2026-01-02"]},
            index=[5, 5],
        )
        at = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)
        # A file of texts may come back as numbers; the caller's column does not.
        rows = [{"customer_id": n, "code": n, "event_timestamp": at, "logins": n} for n in (1, 2)]
        with LocalPortal(GROUP, self.answer(*rows)) as portal:
            store = portal.store()
            store._schema("engagement")
            joined = store.get_historical_features(spine, ["engagement:logins"], known_at=at)
            self.assertEqual(joined["code"].tolist(), ["007", "1"])
            self.assertEqual(joined.index.tolist(), [5, 5])
            self.assertEqual(joined["event_timestamp"].tolist(), [at, at])
            sent = portal.received[-1]
            self.assertEqual(sent.headers["Accept"], "application/vnd.apache.parquet")
            self.assertIn(b'"known_at":"2026-01-01T00:00:00.000000Z"', sent.body)
            self.assertIn(b'name="spine"', sent.body)

    def test_a_row_too_few_is_an_error(self):
        spine = pd.DataFrame({"customer_id": [1, 2], "event_timestamp": ["2026-01-01"] * 2})
        with LocalPortal(GROUP, self.answer({"customer_id": 1, "logins": 1})) as portal:
            with self.assertRaisesRegex(almanac.ConnectionFailedError, "1 rows for a spine of 2"):
                portal.store().get_historical_features(spine, ["engagement:logins"])

    def test_rows_go_as_json_so_that_texts_stay_texts(self):
        with LocalPortal(GROUP, self.answer({"customer_id": 1, "logins": 1})) as portal:
            spine = [{"customer_id": 1, "code": "007", "event_timestamp": dt.datetime(2026, 1, 1)}]
            rows = portal.store().get_historical_features(spine, ["engagement:logins"], output="rows")
            self.assertEqual(rows, [{"customer_id": 1, "logins": 1, "code": "007"}])
            sent = portal.received[-1].json()["spine"]["rows"]
            self.assertEqual(
                sent, [{"customer_id": 1, "code": "007", "event_timestamp": "2026-01-01T00:00:00.000000Z"}]
            )

    def test_a_file_is_whole_or_not_there(self):
        from local_portal import Reset

        whole = Reply(200, body=b"a,b\n1,2\n", headers={"Content-Type": "text/csv"})
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "rows.csv")
            with LocalPortal(Reset(b"a,b\n"), whole) as portal:
                self.assertEqual(portal.store().save_training_data(path, "engagement", latest=True), path)
                self.assertEqual(path.read_bytes(), b"a,b\n1,2\n")
                self.assertEqual(portal.received[0].headers["Accept"], "text/csv")
                self.assertEqual(portal.received[0].query["latest"], "true")
            path.unlink()
            with (
                LocalPortal(otherwise=Reset(b"a,b\n")) as portal,
                self.assertRaises(almanac.ConnectionFailedError),
            ):
                portal.store(retries=1).save_training_data(path, "engagement")
            self.assertEqual(list(Path(folder).iterdir()), [])
            with self.assertRaisesRegex(almanac.DataError, "rows.xlsx: files are"):
                portal.store().save_training_data(Path(folder, "rows.xlsx"), "engagement")


if __name__ == "__main__":
    unittest.main()
