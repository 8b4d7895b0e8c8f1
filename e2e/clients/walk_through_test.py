"""The walk-through that users know, word for word, on the sample's group and on one that is not there yet."""

import os
import re
import unittest
from unittest import mock

import pandas as pd
from portal import ROOT, fresh, new_key, run_example
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

from my_feature_store import FeatureStore


def walked(df):
    return pd.DataFrame(
        {
            "customer_id": [1001, 1002, 1003],
            "interaction_date": df,
            "num_logins": [5, 3, 8],
            "avg_session_duration": [12.3, 7.5, 15.2],
        }
    )


class WalkThrough(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # The key that the README makes.
        readme = (ROOT / "README.md").read_text()
        made = re.search(r"npm run almanac -- key create --name \w+ --role (\w+)", readme)
        cls.environment = mock.patch.dict(os.environ, {"ALMANAC_API_KEY": new_key(made.group(1))})
        cls.environment.start()

    @classmethod
    def tearDownClass(cls):
        cls.environment.stop()

    def test_word_for_word(self):
        fs = FeatureStore()
        df = walked(["2023-01-01", "2023-01-02", "2023-01-03"])

        made = fs.register_features(
            feature_group_name="customer_engagement",
            data=df,
            primary_key="customer_id",
            timestamp_key="interaction_date",
        )
        self.assertEqual((made.created, made.ingested.accepted), (False, 3))

        training_data = fs.get_training_data(
            feature_group_name="customer_engagement",
            start_date="2023-01-01",
            end_date="2023-06-30",
        )
        self.assertIsInstance(training_data, pd.DataFrame)
        self.assertEqual(
            list(training_data.columns), ["customer_id", "interaction_date", "num_logins", "avg_session_duration"]
        )
        self.assertEqual(training_data["customer_id"].nunique(), 500)
        self.assertGreater(len(training_data), 30_000)
        self.assertEqual([str(one) for one in training_data.dtypes], ["int64", "datetime64[us, UTC]", "int64", "float64"])
        first = training_data[(training_data["customer_id"] == 1003) & (training_data["num_logins"] == 8)].iloc[0]
        self.assertEqual((str(first["interaction_date"].date()), first["avg_session_duration"]), ("2023-01-03", 15.2))

        train, test = train_test_split(training_data, test_size=0.2, random_state=42)
        self.assertEqual(len(train) + len(test), len(training_data))

        online_features = fs.get_online_features(feature_group_name="customer_engagement", entity_key=1001)
        newest = training_data[training_data["customer_id"] == 1001].iloc[-1]
        self.assertEqual(
            dict(online_features),
            {"num_logins": newest["num_logins"], "avg_session_duration": newest["avg_session_duration"]},
        )

    def test_a_model_learns_from_the_label(self):
        fs = FeatureStore()
        labels = fs.get_training_data(feature_group_name="customer_churn")
        spine = labels.rename(columns={"as_of": "event_timestamp"})
        rows = fs.get_historical_features(spine, feature_service="churn_model_v1").dropna()
        X, y = rows[["num_logins", "avg_session_duration"]].astype(float), rows["churned"].astype(bool)
        X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.3, random_state=42)
        model = LogisticRegression(class_weight="balanced").fit(X_train, y_train)
        learned = roc_auc_score(y_test, model.predict_proba(X_test)[:, 1])
        # Guessing is 0.5; the sample's customers fade before they leave.
        self.assertGreater(learned, 0.7)
        online = fs.get_online_features(feature_group_name="customer_engagement", entity_key=1001)
        probability = model.predict_proba(pd.DataFrame([dict(online)])[list(X.columns)])[0, 1]
        self.assertTrue(0 < probability < 1)

    def test_a_group_that_is_not_there_is_made(self):
        fs = FeatureStore()
        name = fresh("engagement")
        made = fs.register_features(
            feature_group_name=name,
            data=walked(pd.to_datetime(["2023-01-01", "2023-01-02", "2023-01-03"])),
            primary_key="customer_id",
            timestamp_key="interaction_date",
        )
        self.assertTrue(made.created)
        types = {one.name: one.type for one in made.group.features}
        self.assertEqual(types, {"num_logins": "int64", "avg_session_duration": "float64"})
        again = fs.get_training_data(feature_group_name=name, start_date="2023-01-02", end_date="2023-01-03")
        self.assertEqual(again["customer_id"].tolist(), [1002, 1003])
        self.assertEqual(fs.get_online_features(feature_group_name=name, entity_key=1003)["num_logins"], 8)

    def test_the_script_runs(self):
        told = run_example("walk_through.py")
        self.assertRegex(told, r"3\d,\d{3} rows of 500 customers")
        self.assertRegex(told, r"OnlineFeatures\(\{'num_logins': \d+, 'avg_session_duration': [\d.]+\}\)")
        self.assertRegex(told, r"churn: 1,\d{3} rows, AUC 0\.[789]")


if __name__ == "__main__":
    unittest.main()
