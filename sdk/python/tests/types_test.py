"""Types: what is inferred, what is sent, what comes back."""

import datetime as dt
import decimal
import json
import math
import unittest
import uuid

from almanac import DataError
from almanac.types import decode, infer_values, instant_text, json_text, time_text

D = decimal.Decimal
EXACT = 2**53 + 1
PLUS_TWO = dt.timezone(dt.timedelta(hours=2))


class Inference(unittest.TestCase):
    cases = [
        ([True, None], "bool"),
        ([1, 2**63 - 1, -(2**63)], "int64"),
        ([1, 2.5], "float64"),
        ([math.nan], "float64"),
        (["1", ""], "string"),
        ([uuid.uuid4()], "string"),
        ([dt.date(2026, 1, 2)], "date"),
        ([dt.datetime(2026, 1, 2)], "timestamp"),
        ([b"x", bytearray(b"y")], "bytes"),
        ([{"a": 1}], "json"),
        ([D("1.50"), D("-100")], "decimal(5,2)"),
        ([D("0.001")], "decimal(3,3)"),
        ([D("1E+3")], "decimal(4,0)"),
        ([[1, None], []], "array<int64>"),
        ([[], [1], [2.5]], "array<float64>"),
        ([[["a"]], [[]]], "array<array<string>>"),
        ([[{"a": 1}]], "json"),
        ([[]], "array<>"),
        ([None, None], None),
        ([], None),
    ]

    def test_the_narrowest_type_that_holds_all(self):
        for values, kind in self.cases:
            with self.subTest(str(values)):
                self.assertEqual(infer_values("c", values), kind)

    def test_what_no_type_holds_is_named(self):
        wrong = [
            [1, "a"],
            [True, 1],
            [2**63],
            [D("NaN")],
            [object()],
            [dt.date(2026, 1, 1), dt.datetime(2026, 1, 1)],
            [[1], 1],
        ]
        for values in wrong:
            with self.subTest(str(values)), self.assertRaisesRegex(DataError, "'c'"):
                infer_values("c", values)


class Sending(unittest.TestCase):
    def test_values_are_written_exactly(self):
        value = {
            "i": EXACT,
            "f": 2.0,
            "t": 0.1,
            "nan": math.nan,
            "inf": [math.inf, -math.inf],
            "d": D("1.500"),
            "e": D("1E+3"),
            "b": b"\x00\x01",
            "day": dt.date(2026, 1, 2),
            "at": dt.datetime(2026, 1, 2, 3, 4, 5, 6, PLUS_TWO),
            "naive": dt.datetime(2026, 1, 2),
            "none": None,
            "yes": True,
            "text": "Zürich\n",
        }
        self.assertEqual(
            json_text(value),
            '{"i":9007199254740993,"f":2.0,"t":0.1,"nan":"NaN","inf":["Infinity","-Infinity"],"d":"1.500","e":"1000",'
            '"b":"AAE=","day":"2026-01-02","at":"2026-01-02T01:04:05.000006Z","naive":"2026-01-02T00:00:00.000000Z",'
            '"none":null,"yes":true,"text":"Zürich\\n"}',
        )

    def test_what_has_no_json_is_refused(self):
        with self.assertRaisesRegex(DataError, "object"):
            json_text(object())

    def test_times_of_requests(self):
        self.assertEqual(time_text("2023-06-30"), "2023-06-30")
        self.assertEqual(time_text(dt.date(2023, 6, 30)), "2023-06-30")
        self.assertEqual(time_text(dt.datetime(2023, 6, 30, 1)), "2023-06-30T01:00:00.000000Z")
        self.assertEqual(
            instant_text(dt.datetime(1, 1, 2, tzinfo=dt.timezone.utc)), "0001-01-02T00:00:00.000000Z"
        )
        with self.assertRaises(DataError):
            time_text(20230630)


class Reading(unittest.TestCase):
    def test_values_come_back_as_pythons(self):
        cases = [
            ("int64", EXACT, EXACT),
            ("float64", 2, 2.0),
            ("float64", "-Infinity", -math.inf),
            ("float32", 0.1, 0.10000000149011612),
            ("decimal(5,3)", "1.500", D("1.500")),
            ("bytes", "AAE=", b"\x00\x01"),
            ("date", "2026-01-02", dt.date(2026, 1, 2)),
            (
                "timestamp",
                "2026-01-02T01:04:05.000006Z",
                dt.datetime(2026, 1, 2, 1, 4, 5, 6, dt.timezone.utc),
            ),
            ("timestamp", "2026-01-02T01:04:05Z", dt.datetime(2026, 1, 2, 1, 4, 5, 0, dt.timezone.utc)),
            ("json", {"a": [1]}, {"a": [1]}),
            ("array<date>", ["2026-01-02", None], [dt.date(2026, 1, 2), None]),
            ("embedding<2, cosine>", [0.5, 0.1], [0.5, 0.10000000149011612]),
            (None, "?", "?"),
        ]
        for kind, sent, expected in cases:
            with self.subTest(kind):
                found = decode(kind, [sent, None])
                self.assertEqual(found, [expected, None])
                self.assertIs(type(found[0]), type(expected))
        self.assertTrue(math.isnan(decode("float64", ["NaN"])[0]))

    def test_what_is_sent_comes_back(self):
        values = {
            "decimal(20,4)": D("9007199254740993.1234"),
            "timestamp": dt.datetime(2026, 1, 2, 3, 4, 5, 999999, dt.timezone.utc),
            "bytes": bytes(range(256)),
            "array<float64>": [1e-323, 1.7976931348623157e308],
        }
        for kind, value in values.items():
            with self.subTest(kind):
                self.assertEqual(decode(kind, [json.loads(json_text(value))]), [value])


if __name__ == "__main__":
    unittest.main()
