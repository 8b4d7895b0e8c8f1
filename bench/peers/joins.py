"""As-of joins of the same files by pandas, polars and Feast's default offline store. Reads one JSON request a line, answers with one JSON line."""

import json
import logging
import shutil
import sys
import tempfile
import time
import warnings
from datetime import timedelta
from pathlib import Path

try:
    import pandas
except ImportError:
    pandas = None
try:
    import polars
except ImportError:
    polars = None
try:
    import feast
    from feast.types import Float64, Int64
except ImportError:
    feast = None

warnings.simplefilter("ignore")
logging.disable(logging.WARNING)


def with_pandas(request):
    spine = pandas.read_parquet(request["spine"])
    spine["r"] = range(len(spine))
    answer = spine.sort_values("event_timestamp", kind="stable")
    for group in request["groups"]:
        history = pandas.concat([pandas.read_parquet(path, columns=["id", "at", *group["features"]]) for path in group["files"]])
        history["at"] = history["at"].dt.tz_localize("UTC")
        tolerance = pandas.Timedelta(days=request["ttl_days"]) if request["ttl_days"] else None
        history = history.sort_values("at", kind="stable")
        answer = pandas.merge_asof(
            answer, history, left_on="event_timestamp", right_on="at", by="id", tolerance=tolerance
        ).drop(columns=["at"])
    answer.sort_values("r").drop(columns=["r"]).to_parquet(request["into"], compression="zstd")


def with_polars(request):
    answer = polars.read_parquet(request["spine"]).with_row_index("r").sort("event_timestamp")
    for group in request["groups"]:
        history = polars.read_parquet(group["files"], columns=["id", "at", *group["features"]])
        history = history.with_columns(polars.col("at").dt.replace_time_zone("UTC")).sort("at")
        tolerance = f"{request['ttl_days']}d" if request["ttl_days"] else None
        answer = answer.join_asof(
            history, left_on="event_timestamp", right_on="at", by="id", tolerance=tolerance, check_sortedness=False
        ).drop("at", strict=False)
    answer.sort("r").drop("r").write_parquet(request["into"], compression="zstd")


stores = {}


def feast_store(request):
    """A store over the groups' rows, each in one file: made before the clock starts."""
    known = tuple(group["name"] for group in request["groups"])
    if known in stores:
        return stores[known]
    folder = Path(tempfile.mkdtemp(prefix="almanac-bench-feast-"))
    folders.append(folder)
    (folder / "feature_store.yaml").write_text(
        f"project: bench\nprovider: local\nregistry: {folder}/registry.db\noffline_store:\n  type: dask\n"
        f"online_store:\n  type: sqlite\n  path: {folder}/online.db\nentity_key_serialization_version: 3\n"
    )
    entity = feast.Entity(name="thing", join_keys=["id"], value_type=feast.ValueType.INT64)
    objects = [entity]
    for group in request["groups"]:
        path = folder / f"{group['name']}.parquet"
        rows = pandas.concat([pandas.read_parquet(one, columns=["id", "at", *group["features"]]) for one in group["files"]])
        rows["at"] = rows["at"].dt.tz_localize("UTC")
        rows.to_parquet(path)
        schema = [feast.Field(name=name, dtype=Int64 if rows[name].dtype.kind == "i" else Float64) for name in group["features"]]
        objects.append(
            feast.FeatureView(
                name=group["name"],
                entities=[entity],
                ttl=timedelta(days=request["ttl_days"] or 36500),
                schema=[feast.Field(name="id", dtype=Int64), *schema],
                source=feast.FileSource(name=f"{group['name']}_rows", path=str(path), timestamp_field="at"),
            )
        )
    store = feast.FeatureStore(repo_path=str(folder))
    store.apply(objects)
    stores[known] = store
    return store


def with_feast(request):
    names = [f"{group['name']}:{feature}" for group in request["groups"] for feature in group["features"]]
    spine = pandas.read_parquet(request["spine"])
    answer = stores[tuple(group["name"] for group in request["groups"])].get_historical_features(spine, names).to_df()
    answer.to_parquet(request["into"], compression="zstd")


peers = {
    "pandas": with_pandas if pandas else None,
    "polars": with_polars if polars else None,
    "feast": with_feast if feast and pandas else None,
}
versions = {name: sys.modules[name].__version__ for name, run in peers.items() if run}
folders = []
print(json.dumps(versions), flush=True)
try:
    for line in sys.stdin:
        request = json.loads(line)
        if request["peer"] == "feast":
            feast_store(request)
        started = time.perf_counter()
        peers[request["peer"]](request)
        print(json.dumps({"milliseconds": (time.perf_counter() - started) * 1000}), flush=True)
finally:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
