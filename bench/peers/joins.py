"""As-of joins of the same files by pandas and polars. Reads one JSON request a line, answers with one JSON line."""

import json
import sys
import time

try:
    import pandas
except ImportError:
    pandas = None
try:
    import polars
except ImportError:
    polars = None


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


peers = {"pandas": with_pandas if pandas else None, "polars": with_polars if polars else None}
print(json.dumps({name: module.__version__ for name, module in (("pandas", pandas), ("polars", polars)) if module}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    started = time.perf_counter()
    peers[request["peer"]](request)
    print(json.dumps({"milliseconds": (time.perf_counter() - started) * 1000}), flush=True)
