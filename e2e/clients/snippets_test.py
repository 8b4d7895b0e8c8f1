"""The code that the portal's pages show runs as it is shown, in every language that they offer."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from portal import ROOT, store

#: The pages' own code, bundled and called as they call it.
WRITE = """
import { build } from 'esbuild'
import { pathToFileURL } from 'node:url'
const [entry, outfile, input] = process.argv.slice(1)
await build({ entryPoints: [entry], outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' })
const { languagesOf, snippet } = await import(pathToFileURL(outfile))
const shown = languagesOf(JSON.parse(input)).map((one) => [one, snippet(one, JSON.parse(input))])
process.stdout.write(JSON.stringify(Object.fromEntries(shown)))
"""


def snippets(asset, example):
    entry = ROOT / "components" / "use-it" / "snippets.ts"
    shown = {"asset": asset, "origin": os.environ["ALMANAC_URL"], "environment": "prod", "example": example}
    with tempfile.TemporaryDirectory() as folder:
        command = ["node", "--input-type=module", "-e", WRITE, str(entry), str(Path(folder, "snippets.mjs"))]
        made = subprocess.run([*command, json.dumps(shown)], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def asset_of(group, promoted=True):
    return {
        "group": group["name"],
        "version": group["version"],
        "promoted": promoted,
        "keys": group["keys"],
        "timestampKey": group["timestamp_key"],
        "online": group["online"],
        "features": [{"name": one["name"], "type": one["type"]} for one in group["features"] if one["role"] == "feature"],
    }


def ended(command, folder, **more):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180, **more)


def run_python(code, folder):
    return ended([sys.executable, "-c", code], folder)


def run_shell(code, folder):
    return ended(["bash", "-euc", code], folder)


def run_typescript(code, folder):
    """Checked as strictly as TypeScript can; then run by Node without its types."""
    file, plain = Path(folder, "read.mts"), Path(folder, "read.mjs")
    file.write_text(code)
    modules = ROOT / "node_modules"
    rules = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", "--skipLibCheck"]
    types = ["--types", "node", "--typeRoots", modules / "@types"]
    for command in (
        ["node", modules / "typescript" / "bin" / "tsc", *rules, *types, file],
        [modules / ".bin" / "esbuild", file, f"--outfile={plain}", "--log-level=error"],
    ):
        done = ended(command, folder)
        if done.returncode:
            return done
    return ended(["node", plain], folder)


#: What a person does with the SQL: the commands of its comment in a shell, then the query in DuckDB.
QUERY = """
import duckdb, sys
found = duckdb.sql(sys.argv[1])
rows = found.fetchall()
assert rows, "no row has the key"
print(found.columns, rows)
"""


def run_sql(code, folder):
    commands = [line.removeprefix("--   ") for line in code.splitlines() if line.startswith("--   ")]
    fetched = run_shell("\n".join(commands), folder)
    return fetched if fetched.returncode else ended([sys.executable, "-c", QUERY, code], folder)


#: How each language is run. Spark is half a gigabyte with a Java of its own: where it is installed it runs too.
RUNS = {
    "Python": run_python,
    "Python client": run_python,
    "TypeScript": run_typescript,
    "cURL": run_shell,
    "SQL": run_sql,
    "Feast": run_python,
    "Spark": run_python,
}
HAS_SPARK = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None


class Snippets(unittest.TestCase):
    cases = {"customer_engagement": ["1001"], "route_delays": None}

    def test_each_snippet_prints_the_values(self):
        fs = store()
        for name, key in self.cases.items():
            group = fs.get_feature_group(name)
            row = fs.get_training_data(name, latest=True, output="rows")[-1]
            values = key or [str(row[one["name"]]) for one in group["keys"]]
            example = {"values": values, "eventTime": row[group["timestamp_key"]].isoformat()}
            shown = snippets(asset_of(group), example)
            self.assertEqual(set(shown), set(RUNS))
            # A strict check of types takes seconds, and both groups have the same code around their names.
            left_out = {"TypeScript"} if key is None else set()
            left_out |= set() if HAS_SPARK else {"Spark"}
            for language, code in shown.items():
                if language in left_out:
                    continue
                with self.subTest(group=name, language=language), tempfile.TemporaryDirectory() as folder:
                    done = RUNS[language](code, folder)
                    self.assertEqual(done.returncode, 0, f"{code}\n{done.stdout}\n{done.stderr}")
                    for feature in asset_of(group)["features"][:5]:
                        self.assertIn(feature["name"], done.stdout)
                    self.assertNotIn("NOT_FOUND", done.stdout)


if __name__ == "__main__":
    unittest.main()
