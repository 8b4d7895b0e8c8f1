"""DataFrames and Arrow tables: exact on the way in and on the way out."""

import datetime as dt
import decimal
import io
import json
import math
import unittest

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from almanac import DataError
from almanac.data import data_of
from almanac.frames import frame_of, frame_of_table, rows_of_table

EXACT = 2**53 + 1


def sent(data, types=None, start=0, stop=None, nan="null"):
    """What the portal would read from the body."""
    columns = data_of(data, nan)
    body = columns.body(start, columns.rows if stop is None else stop, types or {})
    with body.open() as stream:
        content = stream.read()
    assert len(content) == body.size
    if body.content_type == "application/x-ndjson":
        return [json.loads(line) for line in content.splitlines()]
    return pq.read_table(io.BytesIO(content))


class Inference(unittest.TestCase):
    def test_dtypes_of_a_dataframe(self):
        frame = pd.DataFrame(
            {
                "i": [1, 2],
                "small": np.array([1, 2], "int16"),
                "unsigned": np.array([1, 2], "uint32"),
                "nullable": pd.array([1, None], dtype="Int64"),
                "f": [1.5, None],
                "f32": np.array([1, 2], "float32"),
                "b": [True, False],
                "b_null": pd.array([True, None], dtype="boolean"),
                "s": ["a", None],
                "category": pd.Categorical(["x", "y"]),
                "at": pd.to_datetime(["2026-01-01", None]),
                "zone": pd.to_datetime(["2026-01-01", "2026-01-02"]).tz_localize("Europe/Zurich"),
                "day": [dt.date(2026, 1, 1), None],
                "dec": [decimal.Decimal("1.25"), None],
                "raw": [b"x", None],
                "doc": [{"a": 1}, None],
                "lists": [[1, 2], None],
                "arrays": [np.array([1.5]), np.array([2.5])],
                "none": [None, None],
            }
        )
        data = data_of(frame)
        expected = {
            "i": "int64",
            "small": "int32",
            "unsigned": "int64",
            "nullable": "int64",
            "f": "float64",
            "f32": "float32",
            "b": "bool",
            "b_null": "bool",
            "s": "string",
            "category": "string",
            "at": "timestamp",
            "zone": "timestamp",
            "day": "date",
            "dec": "decimal(3,2)",
            "raw": "bytes",
            "doc": "json",
            "lists": "array<int64>",
            "arrays": "array<float64>",
            "none": None,
        }
        self.assertEqual({name: data.type_of(name) for name in data.names}, expected)

    def test_arrow_types(self):
        table = pa.table(
            {
                "vector": pa.array([[1.0, 2.0]], pa.list_(pa.float32(), 2)),
                "text": pa.array(["x"], pa.large_string()),
                "code": pa.array(["x"]).dictionary_encode(),
                "struct": pa.array([{"a": 1}]),
                "dec": pa.array([decimal.Decimal("1.5")], pa.decimal128(20, 4)),
            }
        )
        data = data_of(table)
        expected = ["array<float32>", "string", "string", "json", "decimal(20,4)"]
        self.assertEqual([data.type_of(name) for name in data.names], expected)
        with self.assertRaisesRegex(DataError, "'t' is duration"):
            data_of(pa.table({"t": pa.array([1], pa.duration("s"))})).type_of("t")

    def test_polars(self):
        import polars

        frame = polars.DataFrame({"i": [EXACT, None], "s": ["a", None]})
        data = data_of(frame)
        self.assertEqual([data.type_of(name) for name in data.names], ["int64", "string"])
        self.assertEqual(sent(frame).to_pylist(), [{"i": EXACT, "s": "a"}, {"i": None, "s": None}])

    def test_data_that_is_none(self):
        wrong = [
            3,
            "text",
            [1],
            pd.DataFrame({1: [2]}),
            pd.DataFrame([[1, 2]], columns=["a", "a"]),
            {"a": [1], "b": []},
        ]
        for data in wrong:
            with self.subTest(repr(data)), self.assertRaises(DataError):
                data_of(data)


class Sending(unittest.TestCase):
    def test_integers_keep_every_digit_beside_missing_ones(self):
        for column in (pd.array([EXACT, None], dtype="Int64"), pd.Series([EXACT, None], dtype="object")):
            table = sent(pd.DataFrame({"i": column}))
            self.assertEqual(table.column("i").to_pylist(), [EXACT, None])
            self.assertEqual(table.schema.field("i").type, pa.int64())

    def test_integers_that_a_float_column_has_lost_are_refused(self):
        frame = pd.DataFrame({"i": [EXACT, None]})
        self.assertEqual(str(frame["i"].dtype), "float64")
        with self.assertRaisesRegex(DataError, "Int64"):
            sent(frame + 2, {"i": "int64"})
        small = sent(pd.DataFrame({"i": [3, None]}), {"i": "int64"})
        self.assertEqual(small.column("i").to_pylist(), [3.0, None])

    def test_nan_is_null_unless_it_is_to_be_kept(self):
        frame = pd.DataFrame({"f": [1.5, math.nan], "o": pd.Series(["a", math.nan], dtype="object")})
        self.assertEqual(sent(frame).column("f").to_pylist(), [1.5, None])
        self.assertEqual(sent(frame).column("o").to_pylist(), ["a", None])
        kept = sent(frame[["f"]], nan="keep").column("f")
        self.assertEqual((kept.null_count, math.isnan(kept[1].as_py())), (0, True))
        self.assertEqual(sent([{"f": math.nan}, {"f": None}]), [{"f": "NaN"}, {"f": None}])
        with self.assertRaisesRegex(DataError, "nan"):
            data_of(frame, "drop")

    def test_times_are_microseconds_or_refused(self):
        table = sent(pd.DataFrame({"at": pd.to_datetime(["2026-01-01T00:00:00.123456", None])}))
        self.assertEqual(table.schema.field("at").type, pa.timestamp("us"))
        self.assertEqual(table.column("at")[0].as_py(), dt.datetime(2026, 1, 1, 0, 0, 0, 123456))
        zoned = sent(pd.DataFrame({"at": pd.to_datetime(["2026-07-01 12:00"]).tz_localize("Europe/Zurich")}))
        self.assertEqual(zoned.column("at").cast(pa.timestamp("us", "UTC"))[0].as_py().hour, 10)
        with self.assertRaisesRegex(DataError, "finer than a microsecond"):
            sent(pd.DataFrame({"at": pd.to_datetime(["2026-01-01T00:00:00.123456789"])}))
        with self.assertRaisesRegex(DataError, "finer than a microsecond"):
            sent([{"at": pd.Timestamp("2026-01-01T00:00:00.123456789")}])

    def test_json_columns_travel_as_text(self):
        frame = pd.DataFrame({"doc": [{"a": 1}, None, {"b": [EXACT]}]})
        self.assertEqual(sent(frame).column("doc").to_pylist(), ['{"a":1}', None, '{"b":[9007199254740993]}'])
        texts = pd.DataFrame({"doc": ["plain", None]})
        self.assertEqual(sent(texts, {"doc": "json"}).column("doc").to_pylist(), ['"plain"', None])
        struct = pa.table({"doc": pa.array([{"a": 1}, None])})
        self.assertEqual(sent(struct).column("doc").to_pylist(), ['{"a":1}', None])

    def test_a_named_index_is_a_column_and_an_unnamed_one_is_not(self):
        frame = pd.DataFrame({"v": [1]}, index=pd.Index([7], name="customer_id"))
        self.assertEqual(sent(frame).to_pylist(), [{"customer_id": 7, "v": 1}])
        self.assertEqual(sent(pd.DataFrame({"v": [1]}, index=[7])).to_pylist(), [{"v": 1}])

    def test_a_part_of_the_rows(self):
        frame = pd.DataFrame({"v": range(10), "doc": [{"n": n} for n in range(10)]})
        part = sent(frame, {"doc": "json"}, 3, 5).to_pylist()
        self.assertEqual(part, [{"v": 3, "doc": '{"n":3}'}, {"v": 4, "doc": '{"n":4}'}])
        self.assertEqual(sent([{"v": n} for n in range(10)], None, 3, 5), [{"v": 3}, {"v": 4}])
        self.assertEqual(sent({"v": list(range(10))}, None, 3, 5), [{"v": 3}, {"v": 4}])


class Reading(unittest.TestCase):
    types = {
        "i": "int64",
        "i32": "int32",
        "f": "float64",
        "f32": "float32",
        "b": "bool",
        "at": "timestamp",
        "s": "string",
        "doc": "json",
        "a": "array<int64>",
    }
    at = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)
    columns = {
        "i": [EXACT, None],
        "i32": [1, None],
        "f": [1.5, None],
        "f32": [0.5, None],
        "b": [True, None],
        "at": [at, None],
        "s": ["", None],
        "doc": [{"a": 1}, None],
        "a": [[EXACT, None], None],
    }
    arrow = pa.schema(
        [
            ("i", pa.int64()),
            ("i32", pa.int32()),
            ("f", pa.float64()),
            ("f32", pa.float32()),
            ("b", pa.bool_()),
            ("at", pa.timestamp("us", "UTC")),
            ("s", pa.string()),
            ("doc", pa.string()),
            ("a", pa.list_(pa.int64())),
        ]
    )

    def table(self, rows=2):
        columns = {**self.columns, "doc": ['{"a":1}', None]}
        return pa.table({name: values[:rows] for name, values in columns.items()}, schema=self.arrow)

    def test_missing_values_make_no_floats_of_integers(self):
        dtypes = [
            "Int64",
            "Int32",
            "float64",
            "float32",
            "boolean",
            "datetime64[us, UTC]",
            "object",
            "object",
            "object",
        ]
        for frame in (frame_of(self.columns, self.types), frame_of_table(self.table(), self.types)):
            self.assertEqual([str(one) for one in frame.dtypes], dtypes)
            self.assertEqual(frame["i"].tolist(), [EXACT, pd.NA])
            self.assertEqual(frame["a"].tolist(), [[EXACT, None], None])
            self.assertEqual(frame["doc"].tolist(), [{"a": 1}, None])
            self.assertTrue(math.isnan(frame["f"][1]))

    def test_without_missing_values_columns_are_numpys(self):
        dtypes = [
            "int64",
            "int32",
            "float64",
            "float32",
            "bool",
            "datetime64[us, UTC]",
            "object",
            "object",
            "object",
        ]
        whole = {name: values[:1] for name, values in self.columns.items()}
        for frame in (frame_of(whole, self.types), frame_of_table(self.table(1), self.types)):
            self.assertEqual([str(one) for one in frame.dtypes], dtypes)

    def test_both_ways_make_the_same_frame(self):
        pd.testing.assert_frame_equal(
            frame_of(self.columns, self.types), frame_of_table(self.table(), self.types)
        )

    def test_no_rows_keep_their_types(self):
        none = {name: [] for name in self.columns}
        pd.testing.assert_frame_equal(frame_of(none, self.types), frame_of_table(self.table(0), self.types))
        self.assertEqual(str(frame_of(none, self.types)["at"].dtype), "datetime64[us, UTC]")

    def test_rows(self):
        self.assertEqual(
            rows_of_table(self.table(), self.types)[0], {name: one[0] for name, one in self.columns.items()}
        )


if __name__ == "__main__":
    unittest.main()
