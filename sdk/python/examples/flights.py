"""
Trains a delay model on flights point in time, and predicts from the online store. Needs the sample of flights:

    export ALMANAC_KEY=$(npm run -s almanac -- key create --name notebook --role administrator)
    pip install "./sdk/python[examples]"
    python sdk/python/examples/flights.py [--flights 100000]

Each flight of the label group `flight_outcome` becomes a row of the spine: where from, where to, when. The service
`delay_model_v1` is joined as of each departure, so that nothing of the flight itself, or of a later one, is known.
"""

import argparse
import time

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from almanac import FeatureStore

SERVICE = "delay_model_v1"


def spine_of(fs: FeatureStore, most: int) -> pd.DataFrame:
    """The latest flights whose outcome is known, at most so many, in the order of departure."""
    outcomes = fs.get_training_data("flight_outcome", features=["origin", "destination", "delayed_15"])
    outcomes = outcomes.tail(most).rename(columns={"departed_at": "event_timestamp"})
    # The key of an airport's features is `airport_code`; this model looks at the airport that the flight leaves from.
    return outcomes.assign(airport_code=outcomes["origin"]).reset_index(drop=True)


def train(rows: pd.DataFrame, inputs: list):
    """A model of all but the last fifth of the time, and how well it orders the flights of that fifth."""
    cut = rows["event_timestamp"].iloc[int(len(rows) * 0.8)]
    past, future = rows[rows["event_timestamp"] < cut], rows[rows["event_timestamp"] >= cut]
    past, future = past.dropna(subset=inputs), future.dropna(subset=inputs)
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(past[inputs], past["delayed_15"])
    return (
        model,
        len(past),
        len(future),
        roc_auc_score(future["delayed_15"], model.predict_proba(future[inputs])[:, 1]),
    )


def same_both_ways(fs: FeatureStore, keys: pd.DataFrame, inputs: list):
    """The online answer, and the historical one as of the instant it was given at: every value has to be the same."""
    answer = fs.get_online_features(feature_service=SERVICE, entities=keys)
    spine = keys.assign(event_timestamp=answer.meta["served_at"])
    history = fs.get_historical_features(spine, feature_service=SERVICE)
    online = answer.to_df()
    pd.testing.assert_frame_equal(online[inputs], history[inputs], check_exact=True)
    return online


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--flights", type=int, default=100_000)
    most = arguments.parse_args().flights
    fs = FeatureStore()
    inputs = [one.partition(":")[2] for one in fs.get_feature_service(SERVICE)["features"]]

    since = time.perf_counter()
    spine = spine_of(fs, most)
    print(
        f"spine     {len(spine):,} flights, {spine.event_timestamp.min()} to {spine.event_timestamp.max()}, "
        f"{time.perf_counter() - since:.1f} s"
    )

    since = time.perf_counter()
    rows = fs.get_historical_features(spine, feature_service=SERVICE)
    known = rows[inputs].notna().all(axis=1).mean()
    print(
        f"joined    {len(rows):,} rows × {len(inputs)} features as of each departure, all known in {known:.1%}, "
        f"{time.perf_counter() - since:.1f} s"
    )

    since = time.perf_counter()
    model, past, future, auc = train(rows, inputs)
    print(
        f"trained   on {past:,} flights; AUC on the {future:,} that left later {auc:.3f}, {time.perf_counter() - since:.1f} s"
    )

    routes = (
        spine[["airport_code", "origin", "destination"]].drop_duplicates().head(2_000).reset_index(drop=True)
    )
    online = same_both_ways(fs, routes, inputs)
    present = int(online[inputs].notna().to_numpy().sum())
    print(
        f"the same  online and in history: {len(routes) * len(inputs):,} values of {len(routes):,} routes, {present:,} present"
    )

    since = time.perf_counter()
    key = {name: str(routes.at[0, name]) for name in routes.columns}
    answer = fs.get_online_features(feature_service=SERVICE, entity_key=key)
    took = (time.perf_counter() - since) * 1000
    late = model.predict_proba(pd.DataFrame([dict(answer)])[inputs].astype(float))[0, 1]
    print(
        f"predicted {key['origin']} → {key['destination']}: late with probability {late:.3f}, read in {took:.1f} ms"
    )


if __name__ == "__main__":
    main()
