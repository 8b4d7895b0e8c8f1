"""The Python that the portal's pages show runs as it is shown."""

import json
import os
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
const own = languagesOf(JSON.parse(input)).filter((one) => one.startsWith('Python') || one === 'Feast')
const shown = own.map((one) => [one, snippet(one, JSON.parse(input))])
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


class Snippets(unittest.TestCase):
    cases = {"customer_engagement": ["1001"], "route_delays": None}

    def test_each_python_snippet_prints_the_values(self):
        fs = store()
        for name, key in self.cases.items():
            group = fs.get_feature_group(name)
            row = fs.get_training_data(name, latest=True, output="rows")[-1]
            values = key or [str(row[one["name"]]) for one in group["keys"]]
            example = {"values": values, "eventTime": row[group["timestamp_key"]].isoformat()}
            shown = snippets(asset_of(group), example)
            self.assertIn("Feast", shown)
            for language, code in shown.items():
                with self.subTest(group=name, language=language), tempfile.TemporaryDirectory() as folder:
                    command = [sys.executable, "-c", code]
                    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
                    self.assertEqual(ended.returncode, 0, f"{code}\n{ended.stderr}")
                    for feature in asset_of(group)["features"][:5]:
                        self.assertIn(feature["name"], ended.stdout)
                    self.assertNotIn("NOT_FOUND", ended.stdout)


if __name__ == "__main__":
    unittest.main()
