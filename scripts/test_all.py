"""Tests that need more than Python. Sets up what can be had from the registries and says what it skips, and why."""

from __future__ import annotations

import shutil
import subprocess
import sys


def main() -> int:
    """Run every group whose needs are met; print each group's outcome. Returns the exit code."""
    groups = [terraform_console, killed_loads, killed_mutants, wheel_on_its_own, packets_in_namespaces]
    failed = 0
    for group in groups:
        print(f"-- {group.__name__.replace('_', ' ')}: {group.__doc__}", flush=True)
        outcome = group()
        print(f"   {outcome}", flush=True)
        failed += outcome.startswith("FAILED")
    print("nothing here needs node or a browser yet: the web pages will")
    return 1 if failed else 0


def terraform_console() -> str:
    """Functions and expressions against the terraform command, where the machine has it."""
    if shutil.which("terraform") is None:
        return "skipped: no terraform command on this machine (the recorded answers ran in `make test`)"
    done = subprocess.run([sys.executable, "-m", "pytest", "-m", "terraform", "-q"], check=False)
    return "passed" if done.returncode == 0 else f"FAILED with {done.returncode}"


def killed_loads() -> str:
    """A load that is killed at 200 points, or that fills a small disk (which root mounts), leaves the estate whole."""
    import os

    env = {**os.environ, "NEPH_TEST_ALL": "1", "NEPH_CRASH_TRIALS": "200"}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "tests/estate/store/test_crash.py"]
    done = subprocess.run(command, check=False, env=env)
    return "passed" if done.returncode == 0 else f"FAILED with {done.returncode}"


def killed_mutants() -> str:
    """A sample of mechanically changed permission engines is noticed (`make mutants-permissions`: all of them)."""
    done = subprocess.run([sys.executable, "scripts/mutants_permissions.py", "--quick"], check=False)
    return "passed" if done.returncode == 0 else f"FAILED with {done.returncode}"


def wheel_on_its_own() -> str:
    """The built wheel, installed into an empty environment, runs its demo from another folder."""
    import os
    import pathlib
    import tempfile
    import venv

    root = pathlib.Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        built = subprocess.run([*pip, "wheel", "--no-deps", "-w", str(here / "dist"), str(root)], check=False)
        if built.returncode:
            return "FAILED to build the wheel"
        venv.create(here / "env", with_pip=True)
        python = here / "env" / "bin" / "python"
        (wheel,) = (here / "dist").glob("*.whl")
        subprocess.run([python, "-m", "pip", "--disable-pip-version-check", "-q", "install", str(wheel)], check=True)
        demo = subprocess.run(
            [here / "env" / "bin" / "neph", "demo"],
            cwd=here,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": ""},
        )
        if demo.returncode or "customer" not in demo.stdout:
            return f"FAILED: neph demo exited {demo.returncode}: {demo.stderr[-500:]}"
    return "passed"


def packets_in_namespaces() -> str:
    """The network tracer against real connections through Linux namespaces: 12 estates."""
    import os
    import pathlib

    root = pathlib.Path(__file__).resolve().parents[1]
    command = [sys.executable, "-m", "scripts.net_oracle", "--count", "12"]
    done = subprocess.run(
        command,
        check=False,
        cwd=root,
        env={**os.environ, "PYTHONPATH": f"src{os.pathsep}."},
        capture_output=True,
        text=True,
    )
    print(done.stdout, end="", flush=True)
    if done.returncode:
        return f"FAILED with {done.returncode}: {done.stderr[-500:]}"
    return done.stdout.strip() if done.stdout.startswith("skipped") else "passed"


if __name__ == "__main__":
    sys.exit(main())
