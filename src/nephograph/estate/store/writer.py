# ruff: noqa: S608 - the statements are made of our own names and of numbers
"""Adds snapshots to an estate: builds the next generation beside the others, then lets the manifest name it."""

from __future__ import annotations

import contextlib
import datetime
import os
import pathlib
import shutil
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import msgspec

from nephograph.estate.store import evolve, folder, graph, manifest, schema, snapshot
from nephograph.estate.store.contents import Contents
from nephograph.estate.store.lock import Lock
from nephograph.estate.store.pin import pinned
from nephograph.estate.store.snapshot import SnapshotInfo
from nephograph.estate.store.steps import step
from nephograph.model.errors import NephError, Problem, ReadError

if TYPE_CHECKING:
    import duckdb

KEPT = 2
"""Generations that are kept: the one that is read, and the one before it to fall back to."""

EDGES = "edges"
MEMORY = "600MB"
BLOCK = "65536"
"""Bytes of a block, of the sizes DuckDB has: small ones leave less empty, and hold less that compresses together."""


class Writer:
    """The one writer of an estate; a context manager that holds the lock.

        with Writer(pathlib.Path("estate.neph")) as writer:
            writer.write(contents)

    Entering makes the directory when there is none, and removes what a killed writer left. Raises `UsageError` when
    another process writes, `ReadError` when the estate is of another version or no generation of it can be built on.
    `problems` says what was found broken and left behind.
    """

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._lock = Lock(path)
        self._manifest = manifest.Manifest(manifest.FORMAT, ())

    def __enter__(self) -> Self:
        if self.path.exists() and not _may_hold(self.path):
            raise ReadError(
                "estate-absent",
                f"{self.path} is there and is no estate",
                "name a directory that does not exist yet, or one that `neph load` made",
            )
        with folder.written(self.path):
            (self.path / manifest.GENERATIONS).mkdir(parents=True, exist_ok=True)
            self._lock.take()
        try:
            self._manifest = self._current()
            with folder.written(self.path):
                self._sweep()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()

    def write(self, contents: Contents) -> SnapshotInfo:
        """Add one snapshot. Until this returns, readers see the estate as it was.

        Raises `ReadError` (`estate-not-written`) when the disk refuses; nothing has changed then.
        """
        base = self._base()
        generations = self.path / manifest.GENERATIONS
        number = 1 + max([0, *(g.number for g in self._manifest.generations), *_numbers(generations)])
        building = generations / f".{number}.{os.getpid()}.tmp"
        try:
            with folder.written(self.path):
                info, at = self._build(building, number, base, contents)
                folder.sync_tree(building)
                files = folder.measure(building)
                step("rename")
                building.rename(generations / str(number))
                folder.sync_directory(generations)
                made = manifest.Generation(number, info.number, at, files)
                self._manifest = manifest.Manifest(manifest.FORMAT, (*((base,) if base else ()), made))
                manifest.write(self.path, self._manifest)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        with contextlib.suppress(OSError):
            # What cannot be removed now is removed by the next writer.
            self._sweep()
        return info

    def _current(self) -> manifest.Manifest:
        """The manifest; where it is lost, one made of the generations that are whole."""
        if not (self.path / manifest.NAME).exists() and not _numbers(self.path / manifest.GENERATIONS):
            return self._manifest
        try:
            return manifest.read(self.path)
        except NephError as error:
            if error.problem.code not in ("estate-manifest", "estate-absent"):
                raise
            found = _recovered(self.path)
            self.problems.append(error.problem)
            return found

    def _base(self) -> manifest.Generation | None:
        """The newest generation that is whole; None for the first load."""
        for generation in reversed(self._manifest.generations):
            fault = generation.fault(self.path)
            if not fault:
                return generation
            self.problems.append(manifest.left_behind(self.path, generation, fault))
        if self._manifest.generations:
            raise ReadError(
                "estate-broken",
                f"no generation of {self.path} is whole: {self.problems[-1].message}",
                "load the sources into another directory; what this one held cannot be read back",
            )
        return None

    def _sweep(self) -> None:
        """Remove the directories that the manifest does not name and nobody reads."""
        generations = self.path / manifest.GENERATIONS
        kept = {str(generation.number) for generation in self._manifest.generations}
        for path in sorted(generations.iterdir()):
            if path.name not in kept and not pinned(path):
                step("remove")
                shutil.rmtree(path)
        for path in self.path.glob(f".{manifest.NAME}.*.tmp"):
            path.unlink()

    def _build(
        self, building: pathlib.Path, number: int, base: manifest.Generation | None, contents: Contents
    ) -> tuple[SnapshotInfo, str]:
        """Write the files of a generation. Returns what the load did, and the time."""
        step("build")
        (building / EDGES).mkdir(parents=True)
        if base is not None:
            shutil.copyfile(base.path(self.path) / manifest.DATABASE, building / manifest.DATABASE)
        step("open")
        connection = _opened(building)
        try:
            if base is None:
                schema.create(connection)
            evolve.evolve(connection)
            info, touched = snapshot.add(connection, number, contents)
            step("checkpoint")
            connection.execute("CHECKPOINT")
            self._arrays(connection, building, base, touched)
        finally:
            connection.close()
        step("record")
        made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        said = {"format": manifest.FORMAT, "snapshot": info.number, "made": made}
        (building / "generation.json").write_bytes(msgspec.json.encode(said))
        return info, made

    def _arrays(
        self,
        connection: duckdb.DuckDBPyConnection,
        building: pathlib.Path,
        base: manifest.Generation | None,
        touched: set[str],
    ) -> None:
        """Write the edge arrays of the kinds that changed; the others are the same files as before."""
        for kind, name in connection.execute("SELECT id, name FROM edge_kind ORDER BY id").fetchall():
            if name in touched or base is None:
                step("arrays")
                rows = connection.execute(
                    f"SELECT source, target FROM edge WHERE kind = {kind} AND valid_to = {schema.OPEN}"
                ).fetchnumpy()
                ends = rows["source"], rows["target"]
                graph.save(building / EDGES, f"{kind}.out", graph.build(*ends))
                graph.save(building / EDGES, f"{kind}.in", graph.build(*ends[::-1]))
            else:
                for file in sorted((base.path(self.path) / EDGES).glob(f"{kind}.*.csr")):
                    step("link")
                    _same_file(file, building / EDGES / file.name)


def _opened(building: pathlib.Path) -> duckdb.DuckDBPyConnection:
    import duckdb

    return duckdb.connect(
        building / manifest.DATABASE,
        config={
            "memory_limit": MEMORY,
            "default_block_size": BLOCK,
            # Nobody reads the file before it is whole: one checkpoint at the end is enough.
            "wal_autocheckpoint": "1TB",
            # One: handing work around costs more than a second here gains, for the batches come from one Python thread.
            "threads": "1",
            "temp_directory": str(building / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        },
    )


def _same_file(file: pathlib.Path, new: pathlib.Path) -> None:
    """One more name for a file that never changes; a copy where the file system has no such names."""
    try:
        new.hardlink_to(file)
    except OSError:
        shutil.copyfile(file, new)


def _may_hold(path: pathlib.Path) -> bool:
    """Is this a directory that is an estate, or that is empty?"""
    if not path.is_dir():
        return False
    names = {entry.name for entry in path.iterdir()}
    return not names or bool(names & {manifest.NAME, manifest.GENERATIONS})


def _numbers(generations: pathlib.Path) -> list[int]:
    return [int(path.name) for path in generations.iterdir() if path.name.isdecimal()] if generations.exists() else []


def _recovered(path: pathlib.Path) -> manifest.Manifest:
    """A manifest of the generations that were finished. Their files are taken as they are: nothing says otherwise."""
    found = []
    for number in sorted(_numbers(path / manifest.GENERATIONS)):
        here = path / manifest.GENERATIONS / str(number)
        try:
            said = msgspec.json.decode((here / "generation.json").read_bytes(), type=dict[str, Any])
            manifest.refuse(path, said.get("format", 1))
            found.append(manifest.Generation(number, said["snapshot"], said["made"], folder.measure(here)))
        except (OSError, msgspec.DecodeError, KeyError):
            continue
    return manifest.Manifest(manifest.FORMAT, tuple(found[-KEPT:]))
