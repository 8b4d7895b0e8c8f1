"""Training datasets through the Python client: made from every kind of spine, read in every way, proved again."""

import datetime as dt
import tempfile
import unittest

import almanac
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
from portal import fresh, store

UTC = dt.timezone.utc


def read_arrow(file):
    with pa.ipc.open_stream(file) as stream:
        return stream.read_pandas()

SERVICE = "churn_model_v1"
FEATURES = ["num_logins", "avg_session_duration"]


class Datasets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fs = store()
        labels = cls.fs.get_training_data("customer_churn")
        cls.spine = labels.rename(columns={"as_of": "event_timestamp"}).drop(columns="churned")
        cls.name = fresh("churn")
        cls.dataset = cls.fs.create_training_dataset(
            cls.name, cls.spine, feature_service=SERVICE, label="customer_churn:churned", purpose="churn prediction"
        )

    def test_it_holds_what_the_historical_read_answers(self):
        made = self.dataset
        self.assertEqual((made.state, made.version, made.rows), ("ready", 1, len(self.spine)))
        self.assertEqual((made.features, made.labels), (FEATURES, ["churned"]))
        frame = made.to_df()
        read = self.fs.get_historical_features(self.spine, feature_service=SERVICE, known_at=made.known_at)
        columns = ["customer_id", "event_timestamp", *FEATURES]
        pd.testing.assert_frame_equal(frame[columns], read[columns])
        labels = self.fs.get_training_data("customer_churn")
        self.assertEqual(frame["churned"].tolist(), labels["churned"].tolist())

    def test_every_kind_of_spine_makes_the_same_rows(self):
        rows = self.spine.to_dict("records")
        start, end = self.spine["event_timestamp"].min(), self.spine["event_timestamp"].max()
        spines = {
            "rows": rows,
            "group": {"group": "customer_churn", "from": start.to_pydatetime(), "to": end.to_pydatetime()},
            "dataset": {"dataset": f"{self.name}@1"},
        }
        with tempfile.TemporaryDirectory() as folder:
            file = f"{folder}/spine.csv"
            self.spine.to_csv(file, index=False)
            spines["file"] = file
            for kind, spine in spines.items():
                with self.subTest(kind):
                    made = self.fs.create_training_dataset(fresh("spine"), spine, feature_service=SERVICE)
                    self.assertEqual(made.rows, len(self.spine))
                    self.assertEqual(made.to_df()[FEATURES].values.tolist(), self.dataset.to_df()[FEATURES].values.tolist())

    def test_only_the_ranges_that_are_read_travel(self):
        with self.dataset.open() as file:
            parquet = pq.ParquetFile(file)
            self.assertEqual(parquet.metadata.num_rows, len(self.spine))
            column = parquet.read(columns=["num_logins"])["num_logins"]
        self.assertEqual(column.to_pylist(), self.dataset.read("data", output="arrow")["num_logins"].to_pylist())
        with self.dataset.open() as file:
            self.assertEqual(file.read(4), b"PAR1")
            file.seek(-4, 2)
            self.assertEqual((file.read(), file.read()), (b"PAR1", b""))

    def test_a_split_is_files(self):
        made = self.fs.create_training_dataset(
            fresh("split"), self.spine, feature_service=SERVICE, split={"by": "time", "test_from": "2023-05-01"}
        )
        self.assertEqual(sorted(made.files), ["test.parquet", "train.parquet"])
        train, test = made.to_df("train"), made.to_df("test")
        self.assertLess(train["event_timestamp"].max(), test["event_timestamp"].min())
        self.assertEqual(len(train) + len(test), len(self.spine))
        with tempfile.TemporaryDirectory() as folder:
            made.download(folder)
            self.assertEqual(ds.dataset(folder).count_rows(), len(self.spine))
        for file_format in ("arrow", "csv", "ndjson"):
            with self.subTest(file_format), tempfile.TemporaryDirectory() as folder:
                saved = made.download(folder, file_format)
                self.assertEqual([one.suffix for one in saved], [f".{file_format}"] * 2)
                read = {"arrow": read_arrow, "csv": pd.read_csv, "ndjson": lambda file: pd.read_json(file, lines=True)}
                rows = pd.concat([read[file_format](file) for file in saved])
                self.assertEqual(rows["num_logins"].sum(), train["num_logins"].sum() + test["num_logins"].sum())
        with self.assertRaisesRegex(almanac.DataError, "has no file validation"):
            made.to_df("validation")
        with self.assertRaisesRegex(almanac.DataError, "name one"):
            made.open()

    def test_it_is_proved_and_proved_again(self):
        certificate = self.dataset.certificate()
        self.assertTrue(certificate["holds"], certificate["clauses"])
        self.assertEqual(certificate["content_hash"], self.dataset.content_hash)
        found = self.dataset.verify()
        self.assertEqual((found["equal"], found["differences"]), (True, []))
        self.assertEqual([one["name"] for one in self.dataset.statistics()][-1], "churned")

    def test_deleted_files_are_made_again_to_the_same_hash(self):
        made = self.fs.create_training_dataset(fresh("again"), self.spine.head(50), feature_service=SERVICE)
        rows = made.to_df()
        deleted = made.delete_files("The disk is full.")
        self.assertEqual(deleted.state, "deleted")
        self.assertEqual(deleted.resource["files_deleted"]["reason"], "The disk is full.")
        with self.assertRaises(almanac.ConflictError):
            made.to_df()
        with self.assertRaises(almanac.PreconditionError):
            made.delete_files("Twice.")
        again = deleted.recreate()
        self.assertEqual((again.state, again.content_hash), ("ready", made.content_hash))
        pd.testing.assert_frame_equal(again.to_df(), rows)
        self.assertTrue(again.verify()["equal"])
        with self.assertRaises(almanac.ConflictError):
            again.recreate()

    def test_versions_are_found_and_compared(self):
        second = self.fs.create_training_dataset(self.name, self.spine.head(100), feature_service=SERVICE)
        self.assertEqual((second.version, second.rows), (2, 100))
        self.assertEqual(self.fs.get_training_dataset(self.name).version, 2)
        self.assertEqual(self.fs.get_training_dataset(f"{self.name}@1").content_hash, self.dataset.content_hash)
        self.assertEqual(self.dataset.compare(2)["rows"], {"from": len(self.spine), "to": 100})
        listed = {one["name"] for one in self.fs.list_training_datasets()}
        self.assertLessEqual({self.name, "flight_delays"}, listed)

    def test_it_is_known_where_it_was_built_from(self):
        found = self.fs.search(self.name)
        self.assertEqual((found[0]["kind"], found[0]["name"]), ("dataset", self.name))
        impact = self.fs._get(f"/feature-services/{SERVICE}/impact")
        self.assertIn(self.name, [one["name"] for one in impact["datasets"]])

    def test_what_cannot_be_built_is_refused_at_once(self):
        with self.assertRaises(almanac.NotFoundError):
            self.fs.create_training_dataset(fresh("none"), self.spine, feature_service="no_such_service")
        with self.assertRaises(almanac.InvalidError):
            self.fs.create_training_dataset(fresh("none"), self.spine, ["customer_churn:churned"])
        with self.assertRaises(almanac.NotFoundError):
            self.fs.get_training_dataset("no_such_dataset")


if __name__ == "__main__":
    unittest.main()
