"""
From a table of events to a trained model and its inputs in production. Needs pandas and scikit-learn:

    export ALMANAC_KEY=$(npm run -s almanac -- key create --name notebook --role administrator)
    pip install "./sdk/python[examples]"
    python sdk/python/examples/walk_through.py

The group `customer_engagement` comes with the sample data; without the sample it is made here.
"""

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

from my_feature_store import FeatureStore

fs = FeatureStore()

# 1. Register features, and add rows to them
df = pd.DataFrame(
    {
        "customer_id": [1001, 1002, 1003],
        "interaction_date": pd.to_datetime(["2023-01-01", "2023-01-02", "2023-01-03"]),
        "num_logins": [5, 3, 8],
        "avg_session_duration": [12.3, 7.5, 15.2],
    }
)

fs.register_features(
    feature_group_name="customer_engagement",
    data=df,
    primary_key="customer_id",
    timestamp_key="interaction_date",
)

# 2. Read them for training
training_data = fs.get_training_data(
    feature_group_name="customer_engagement",
    start_date="2023-01-01",
    end_date="2023-06-30",
)
print(f"{len(training_data):,} rows of {training_data['customer_id'].nunique()} customers")

# 3. Train: does a day look like one of a customer who stays away for a week afterwards?
training_data = training_data.sort_values("interaction_date")
following = training_data.groupby("customer_id")["interaction_date"].shift(-1)
training_data["away"] = ~(following - training_data["interaction_date"] <= pd.Timedelta(days=7))
whole_weeks = training_data[training_data["interaction_date"] <= "2023-06-23"]

X = whole_weeks[["num_logins", "avg_session_duration"]]
y = whole_weeks["away"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

model = LogisticRegression()
model.fit(X_train, y_train)
print(f"away: {len(X_train):,} rows, AUC {roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]):.3f}")

# 4. Read the newest values, as the model does in production
online_features = fs.get_online_features(
    feature_group_name="customer_engagement",
    entity_key=1001,
)
print(online_features)

newest = pd.DataFrame([dict(online_features)])[list(X.columns)]
print(f"customer 1001 stays away for a week with probability {model.predict_proba(newest)[0, 1]:.3f}")

# 5. The same with the label that the sample brings, each row joined as of its own date: nothing is known too early
labels = (
    fs.get_training_data(feature_group_name="customer_churn")
    if fs.search("customer_churn", kind="group")
    else None
)
if labels is not None:
    spine = labels.rename(columns={"as_of": "event_timestamp"})
    joined = fs.get_historical_features(spine, feature_service="churn_model_v1").dropna()
    inputs = joined[["num_logins", "avg_session_duration"]].astype(float)
    X_train, X_test, y_train, y_test = train_test_split(
        inputs, joined["churned"], test_size=0.2, random_state=42
    )
    churn_model = LogisticRegression(class_weight="balanced").fit(X_train, y_train)
    print(
        f"churn: {len(X_train):,} rows, AUC {roc_auc_score(y_test, churn_model.predict_proba(X_test)[:, 1]):.3f}"
    )
