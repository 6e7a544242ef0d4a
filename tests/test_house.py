"""What the house promises of itself: small files, light start-up, current reference pages, no leaks of places."""

from __future__ import annotations

import pathlib
import re
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))

HEAVY = ("duckdb", "boto3", "botocore", "networkx", "rich", "jinja2", "numpy", "numba", "yaml", "re2", "asyncio", "ssl")


def test_no_source_file_is_over_800_lines() -> None:
    long = {str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text().splitlines())) > 800}
    assert long == {}


@pytest.mark.parametrize("flag", ["--help", "--version"])
def test_start_up_loads_nothing_heavy(flag: str) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['neph', {flag!r}]\n"
        "from nephograph.surfaces.cli.main import run\n"
        "try:\n    run()\nexcept SystemExit as leave:\n    assert not leave.code, leave.code\n"
        "print('LOADED', *sorted(m for m in sys.modules if '.' not in m))\n"
        "print('OURS', *sorted(m for m in sys.modules if m.startswith('nephograph')))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split("LOADED")[1].split("OURS")[0].split())
    assert not loaded & set(HEAVY)
    ours = done.stdout.split("OURS")[1].split()
    assert not [m for m in ours if m.startswith(("nephograph.engines", "nephograph.sources", "nephograph.catalog"))]


def test_reference_pages_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "reference.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_packages_say_what_they_are() -> None:
    silent = [str(p.relative_to(ROOT)) for p in SOURCES if p.name == "__init__.py" and '"""' not in p.read_text()]
    assert silent == []


def test_every_problem_and_gap_code_is_explained() -> None:
    from nephograph.library.words import words

    pattern = re.compile(r'(?:Problem|ReadError|UsageError|EditError|Gap)\(\s*(?:code=|kind=)?"([a-z0-9-]+)"')
    used = {code for p in SOURCES for code in pattern.findall(p.read_text())}
    assert used <= set(words()), sorted(used - set(words()))


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python 3.11.0 to 3.11.4 match such patterns wrongly (https://github.com/python/cpython/issues/106052)."""
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(r"\)[+*?]\+|\(\?>", line) and re.search(r"\br[bf]?[\"']|\brf[\"']", line)
    ]
    assert found == []
