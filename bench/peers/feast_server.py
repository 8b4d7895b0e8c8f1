"""Feast's feature server (SQLite online store, one worker, its default) with the bench's five groups of ten integers.

Writes the data, starts the server, prints {"port": ..., "version": ...} as one line, and ends with its standard input.
Arguments: number of keys.
"""

import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import datetime, timezone
from pathlib import Path

import feast
import pandas as pd
from feast import Entity, FeatureStore, FeatureView, Field, FileSource, ValueType
from feast.types import Int64

GROUPS, FEATURES = 5, 10
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def prepare(folder, keys):
    Path(folder, "feature_store.yaml").write_text(
        f"""
project: bench
provider: local
registry: {folder}/registry.db
online_store:
  type: sqlite
  path: {folder}/online.db
entity_key_serialization_version: 3
"""
    )
    store = FeatureStore(repo_path=folder)
    entity = Entity(name="bench_entity", join_keys=["id"], value_type=ValueType.INT64)
    source = FileSource(name="bench", path="unused.parquet", timestamp_field="event_timestamp")
    names = [f"f{index}" for index in range(FEATURES)]
    views = [
        FeatureView(
            name=f"bench_{group:02}",
            entities=[entity],
            schema=[Field(name="id", dtype=Int64)] + [Field(name=name, dtype=Int64) for name in names],
            source=source,
        )
        for group in range(GROUPS)
    ]
    store.apply([entity, *views])
    columns = {name: [(key * 7919 + index) % 1_000_000 for key in range(keys)] for index, name in enumerate(names)}
    for view in views:
        frame = pd.DataFrame({"id": range(keys), **columns, "event_timestamp": NOW, "created": NOW})
        store.write_to_online_store(view.name, df=frame)


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


def main():
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder, int(sys.argv[1]))
        port = free_port()
        command = [str(Path(sys.executable).with_name("feast")), "-c", folder, "serve", "-h", "127.0.0.1"]
        # A worker that ends after a thousand requests would end the load's connections with it.
        options = ["-p", str(port), "--workers", "1", "--no-access-log", "--max-requests", "0"]
        server = subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not answers(port):
                if server.poll() is not None:
                    raise SystemExit(f"Feast's server ended with code {server.returncode}")
                time.sleep(0.2)
            print(json.dumps({"port": port, "version": feast.__version__}), flush=True)
            sys.stdin.read()
        finally:
            server.terminate()
            server.wait()


main()
