"""A process that loads, to be killed: reads one JSON command a line, and forks a child for each.

    {"path": DIR, "seed": N}                    load the estate of the seed
    … "step": K, "how": "kill" | "full"         at the K-th step: kill -9 itself, or find the disk full
    … "delay": SECONDS                          kill -9 it after so long

Answers each with the child's wait status. The parent itself never touches the database, so that forking is safe.
"""

from __future__ import annotations

import errno
import json
import os
import pathlib
import signal
import sys
import time

import duckdb  # noqa: F401 - loaded once, so that a child starts at once
import numpy as np  # noqa: F401

from nephograph.catalog import registry
from nephograph.estate.store import steps
from nephograph.estate.store.writer import Writer
from nephograph.model.errors import NephError
from tests.estate.store import made


def load(path: str, seed: int) -> int:
    """0 when the load succeeded, 9 when it ended with a clear error."""
    try:
        with Writer(pathlib.Path(path)) as writer:
            writer.write(made.contents(seed))
    except NephError:
        return 9
    return 0


def at_step(number: int, how: str) -> None:
    """Let something happen at a step of the load."""
    met = 0

    def on_step(name: str) -> None:
        nonlocal met
        met += 1
        if met == number:
            if how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)

    steps.on_step = on_step


def main() -> None:
    for name in registry.kind_names():
        registry.kind(name)
    for line in sys.stdin:
        command = json.loads(line)
        child = os.fork()
        if not child:
            if command.get("step"):
                at_step(command["step"], command["how"])
            os._exit(load(command["path"], command["seed"]))
        if "delay" in command:
            time.sleep(command["delay"])
            os.kill(child, signal.SIGKILL)
        sys.stdout.write(f"{os.waitpid(child, 0)[1]}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
