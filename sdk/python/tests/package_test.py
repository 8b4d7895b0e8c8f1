"""The package itself: it builds, it says its types, it runs without anything installed and on old Pythons."""

import ast
import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from local_portal import KEY, LocalPortal, Reply

FOLDER = Path(__file__).resolve().parents[1]
SOURCE = FOLDER / "src" / "almanac"

#: Runs where neither pandas nor pyarrow can be imported, against the portal at ALMANAC_URL.
BARE = """
import sys
for name in ("pandas", "pyarrow", "numpy", "polars"):
    sys.modules[name] = None
from almanac import ConfigurationError, FeatureStore
fs = FeatureStore(progress=False)
made = fs.register_features("engagement", [{"customer_id": 1, "day": "2026-01-01", "n": 9007199254740993}], "customer_id", "day")
assert made.ingested.accepted == 1, made
assert fs.get_training_data("engagement") == [{"customer_id": 1, "n": 9007199254740993}]
try:
    fs.get_training_data("engagement", output="pandas")
except ConfigurationError as error:
    print(error)
third = [name for name in sys.modules if name.partition(".")[0] in ("numpy", "pandas", "pyarrow") and sys.modules[name]]
assert not third, third
"""


def run(*arguments, **options):
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, timeout=300, **options
    )


class Package(unittest.TestCase):
    def test_it_builds_into_a_wheel_with_its_types(self):
        with tempfile.TemporaryDirectory() as folder:
            made = run(
                "-m",
                "pip",
                "wheel",
                "--quiet",
                "--no-deps",
                "--no-build-isolation",
                "-w",
                folder,
                str(FOLDER),
            )
            self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
            (wheel,) = Path(folder).glob("almanac-*.whl")
            with zipfile.ZipFile(wheel) as archive:
                names = archive.namelist()
                metadata = archive.read(next(name for name in names if name.endswith("METADATA"))).decode()
            self.assertIn("almanac/py.typed", names)
            modules = {f"almanac/{path.name}" for path in SOURCE.glob("*.py")}
            self.assertEqual({name for name in names if name.endswith(".py")}, modules)
            self.assertIn("Requires-Python: >=3.9", metadata)
            required = [
                line
                for line in metadata.splitlines()
                if line.startswith("Requires-Dist") and "extra ==" not in line
            ]
            self.assertEqual(required, [])
            # Installed, without the tree on the path.
            target = str(Path(folder, "installed"))
            environment = {**os.environ, "PYTHONPATH": target, "ALMANAC_API_KEY": "x"}
            installed = run("-m", "pip", "install", "--quiet", "--no-deps", "--target", target, str(wheel))
            self.assertEqual(installed.returncode, 0, installed.stderr)
            told = run(
                "-c",
                "import almanac; print(almanac.__file__, almanac.FeatureStore())",
                env=environment,
                cwd=folder,
            )
            self.assertIn(target, told.stdout, told.stderr)

    def test_its_types_are_whole(self):
        self.assertIsNotNone(importlib.util.find_spec("mypy"), "mypy stands in requirements.txt")
        with tempfile.TemporaryDirectory() as cache:
            config = ["--config-file", str(FOLDER / "pyproject.toml"), "--cache-dir", cache]
            checked = run("-m", "mypy", "--strict", *config, str(SOURCE))
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_its_syntax_is_that_of_python_3_9(self):
        for path in [*SOURCE.glob("*.py"), *(FOLDER / "examples").glob("*.py")]:
            with self.subTest(path.name):
                ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))

    def test_it_needs_nothing_but_the_standard_library(self):
        group = {
            "name": "engagement",
            "version": 1,
            "state": "active",
            "keys": [{"name": "customer_id", "type": "int64"}],
            "timestamp_key": "day",
            "features": [{"name": "n", "type": "int64"}],
        }
        made = []

        def answer(got):
            if got.path.endswith("/training-data"):
                columns = [{"name": "customer_id", "type": "int64"}, {"name": "n", "type": "int64"}]
                return {"columns": columns, "rows": [{"customer_id": 1, "n": 9007199254740993}]}
            if got.path.endswith("/rows"):
                self.assertEqual(got.body, b'{"customer_id":1,"day":"2026-01-01","n":9007199254740993}\n')
                return {"commit": "c", "accepted": 1, "superseded": 0}
            if got.method == "POST":
                made.append(got.json())
                return Reply(201, group)
            return group if made else None

        with LocalPortal(otherwise=answer) as portal:
            with mock.patch.dict(os.environ, {"ALMANAC_URL": portal.url, "ALMANAC_API_KEY": KEY}):
                told = run("-W", "error", "-c", BARE)
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertIn('pip install "almanac[pandas]"', told.stdout)
        self.assertEqual(made[0]["features"], [{"name": "n", "type": "int64"}])


if __name__ == "__main__":
    unittest.main()
