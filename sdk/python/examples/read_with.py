"""
History and training datasets in the tools that people have, over HTTP with a key. Needs the sample, and the tool:

    export ALMANAC_KEY=$(npm run -s almanac -- key create --name notebook --role administrator)
    pip install "./sdk/python[all]" polars duckdb
    python sdk/python/examples/read_with.py [pandas|polars|pyarrow|duckdb|plain …]

Each function answers the same question. Of the history of a group: the mean session of a customer's days in the first
quarter, by logins. Of a training dataset: how many of its flights were late.
"""

import os
import sys
import tempfile
import urllib.parse
import urllib.request
from pathlib import Path

from almanac import FeatureStore

GROUP, START, END = "customer_engagement", "2023-01-01", "2023-03-31"
DATASET = "flight_delays"


def with_pandas(fs: FeatureStore) -> dict:
    rows = fs.get_training_data(GROUP, START, END)
    return rows.groupby("num_logins")["avg_session_duration"].mean().to_dict()


def with_pyarrow(fs: FeatureStore) -> dict:
    table = fs.get_training_data(GROUP, START, END, output="arrow")
    means = table.group_by("num_logins").aggregate([("avg_session_duration", "mean")])
    return dict(zip(means["num_logins"].to_pylist(), means["avg_session_duration_mean"].to_pylist()))


def with_polars(fs: FeatureStore) -> dict:
    import polars

    frame = polars.from_arrow(fs.get_training_data(GROUP, START, END, output="arrow"))
    return dict(frame.group_by("num_logins").agg(polars.col("avg_session_duration").mean()).iter_rows())


def with_duckdb(fs: FeatureStore) -> dict:
    import duckdb

    # Into a file and not through memory: DuckDB reads only the columns that the question names.
    with tempfile.TemporaryDirectory() as folder:
        file = fs.save_training_data(Path(folder, "engagement.parquet"), GROUP, START, END)
        query = f"select num_logins, avg(avg_session_duration) from '{file}' group by all"
        with duckdb.connect() as connection:
            return dict(connection.execute(query).fetchall())


def with_plain_http(fs: FeatureStore) -> dict:
    """No client at all: pandas reads the Parquet that the interface answers."""
    import io

    import pandas

    query = urllib.parse.urlencode({"start": START, "end": END, "format": "parquet"})
    key = os.environ["ALMANAC_KEY"]
    request = urllib.request.Request(
        f"{fs.url}/api/v1/feature-groups/{GROUP}/training-data?{query}", headers={"Authorization": f"Bearer {key}"}
    )
    with urllib.request.urlopen(request) as answer:
        rows = pandas.read_parquet(io.BytesIO(answer.read()))
    return rows.groupby("num_logins")["avg_session_duration"].mean().to_dict()


def dataset_with_pandas(fs: FeatureStore) -> float:
    return fs.get_training_dataset(DATASET).to_df()["delayed_15"].mean()


def dataset_with_polars(fs: FeatureStore) -> float:
    import polars

    with fs.get_training_dataset(DATASET).open() as file:
        return polars.read_parquet(file, columns=["delayed_15"])["delayed_15"].mean()


def dataset_with_pyarrow(fs: FeatureStore) -> float:
    import pyarrow.compute
    import pyarrow.parquet

    # Only the ranges that hold this column travel.
    with fs.get_training_dataset(DATASET).open() as file:
        column = pyarrow.parquet.ParquetFile(file).read(columns=["delayed_15"])["delayed_15"]
    return pyarrow.compute.mean(column).as_py()


def dataset_with_duckdb(fs: FeatureStore) -> float:
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        fs.get_training_dataset(DATASET).download(folder)
        with duckdb.connect() as connection:
            query = f"select avg(delayed_15::int) from '{folder}/*.parquet'"
            return connection.execute(query).fetchone()[0]


DATASETS = {
    "pandas": dataset_with_pandas,
    "polars": dataset_with_polars,
    "pyarrow": dataset_with_pyarrow,
    "duckdb": dataset_with_duckdb,
}

TOOLS = {
    "pandas": with_pandas,
    "polars": with_polars,
    "pyarrow": with_pyarrow,
    "duckdb": with_duckdb,
    "plain": with_plain_http,
}


def main() -> None:
    with FeatureStore() as fs:
        for name in sys.argv[1:] or TOOLS:
            means = TOOLS[name](fs)
            told = ", ".join(f"{logins}: {means[logins]:.2f}" for logins in sorted(means)[:5])
            print(f"{name:8} {told} …")
        for name in [one for one in sys.argv[1:] or DATASETS if one in DATASETS]:
            print(f"{name:8} {DATASETS[name](fs):.4%} of the flights of {DATASET} were late")


if __name__ == "__main__":
    main()
