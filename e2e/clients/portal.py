"""The running portal that these tests speak to: its keys, and names that no other run has."""

import os
import subprocess
import sys
import uuid
from pathlib import Path

from almanac import FeatureStore

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "sdk" / "python" / "examples"
RUN = uuid.uuid4().hex[:8]


def fresh(stem):
    return f"{stem}_{RUN}_{uuid.uuid4().hex[:6]}"


def new_key(role):
    """As the README has it: npm run almanac -- key create."""
    command = ["node", str(ROOT / "scripts" / "almanac.mjs"), "key", "create", "--name", fresh("clients"), "--role", role]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


def store(role=None, **options):
    """A client with the run's key, an administrator's, or with one of its own."""
    return FeatureStore(api_key=new_key(role) if role else None, progress=False, **options)


def run_example(name, *arguments):
    """What an example prints; it must not warn of anything of ours."""
    command = [sys.executable, "-W", "error::ResourceWarning", str(EXAMPLES / name), *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=240, env=os.environ)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout
