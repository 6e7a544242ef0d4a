"""Whatever ends a load, the last good generation opens, nothing is half-visible, and the next load works."""

from __future__ import annotations

import errno
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from nephograph.estate.store import steps
from nephograph.estate.store.reader import Store
from nephograph.estate.store.writer import Writer
from nephograph.model.errors import ReadError, UsageError
from tests.estate.store import made
from tests.estate.store.estates import assert_holds, assert_same, write

TRIALS = int(os.environ.get("NEPH_CRASH_TRIALS", "25"))
"""`make test-all` asks for more."""

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Loader:
    """The process of `loader.py`."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.estate.store.loader"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}", "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def __call__(self, path: pathlib.Path, seed: int, **how: object) -> int:
        """The wait status of one load."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"path": str(path), "seed": seed, **how}) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate()


@pytest.fixture(scope="module")
def loader() -> Iterator[Loader]:
    found = Loader()
    yield found
    found.close()


def assert_whole(path: pathlib.Path, seeds: list[int]) -> list[int]:
    """Every snapshot is one whole estate of `seeds`, in order. Returns the seeds that are there."""
    with Store.open(path) as store:
        assert store.problems == ()
        there = [int(row.digest) for row in store.snapshots()]
        assert there == seeds[: len(there)]
        newest = store.contents()
        assert_same(made.estate(there[-1]), newest.estate)
        assert newest.excerpts.line("main.tf", 1) == f"line 0 of {there[-1] % 3}"
        for kind in ("refers_to", "lets_in"):
            expected = sorted((e.source, e.target) for e in newest.estate.edges if e.kind == kind)
            csr, found = store.csr(kind), []
            for urn in newest.estate.resources:
                found += [(urn, target) for target in store.urns(csr.neighbours(store.entity(urn)))]
            assert sorted(found) == expected
    return there


def test_killed_at_any_point(loader: Loader, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    dice = random.Random(20_260_101)
    assert loader(path, 0) == 0
    seeds = [0]
    killed = finished = 0
    for trial in range(1, TRIALS + 1):
        how = {"step": dice.randint(1, 70), "how": "kill"} if trial % 2 else {"delay": dice.uniform(0, 0.25)}
        seed = len(seeds)
        status = loader(path, seed, **how)
        killed += status == signal.SIGKILL
        finished += status == 0
        assert status in (0, signal.SIGKILL)
        there = assert_whole(path, [*seeds, seed])
        # Killed before the manifest was swapped, it is not there; after it, all of it is.
        assert len(there) - len(seeds) in ((0, 1) if status else (1,))
        seeds = there
        if trial % 5 == 0:
            assert loader(path, len(seeds)) == 0
            seeds.append(len(seeds))
            assert assert_whole(path, seeds) == seeds
            # A writer that ran to its end leaves nothing of those that were killed.
            assert sorted(p.name for p in (path / "generations").iterdir() if p.name[0] == ".") == []
            assert len(list((path / "generations").iterdir())) == 2
    assert killed > TRIALS // 3


def test_killed_at_every_step_of_the_first_load(loader: Loader, tmp_path: pathlib.Path) -> None:
    for step in range(1, 200, 8):
        path = tmp_path / str(step)
        status = loader(path, 3, step=step, how="kill")
        if status == 0:
            assert step > 30
            break
        if (path / "manifest.json").exists():
            assert assert_whole(path, [3]) == [3]
        else:
            with pytest.raises(UsageError, match="there is no estate"):
                Store.open(path)
        assert loader(path, 4) == 0
        assert_holds(path, made.estate(4))
    else:
        pytest.fail("a load has fewer steps")


def test_a_full_disk_at_every_step_leaves_what_was(loader: Loader, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    assert loader(path, 0) == 0
    seeds, failed = [0], 0
    for step in range(2, 200, 5):
        status = loader(path, len(seeds), step=step, how="full")
        failed += os.waitstatus_to_exitcode(status) == 9
        seeds = assert_whole(path, [*seeds, len(seeds)])
        if status == 0:
            break
    assert failed > 4
    assert loader(path, len(seeds)) == 0


def test_a_file_that_may_not_grow_is_a_clear_error(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))
    code = (
        "import resource, pathlib, sys\n"
        "from tests.estate.store import made\n"
        "from nephograph.estate.store.writer import Writer\n"
        "from nephograph.model.errors import NephError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))\n"
        "try:\n"
        "    with Writer(pathlib.Path(sys.argv[1])) as writer: writer.write(made.contents(2, 200))\n"
        "except NephError as error: print(error.problem.code, error.problem.message, error.problem.help)\n"
    )
    said = set()
    for limit in (100, 20_000, 300_000, 1_500_000):
        done = subprocess.run(
            [sys.executable, "-c", code, str(path), str(limit)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            capture_output=True,
            text=True,
            check=True,
        )
        said.add(done.stdout.partition(" ")[0])
        assert str(path) in done.stdout, done.stdout
        assert "the last generation is as it was" in done.stdout
        assert assert_whole(path, [1]) == [1]
    assert said == {"estate-not-written"}
    write(path, made.contents(2))
    assert_holds(path, made.estate(2))


@pytest.mark.tmpfs
def test_a_full_file_system(tmp_path: pathlib.Path) -> None:
    """A small tmpfs that fills up at other places each time, and then has room again."""
    mount = tmp_path / "small"
    mount.mkdir()
    if not os.environ.get("NEPH_TEST_ALL"):
        pytest.skip("mounts a file system: `make test-all` does")
    if (
        os.geteuid()
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mount], check=False, capture_output=True
        ).returncode
    ):
        pytest.skip("mounting a tmpfs needs root")
    try:
        path = mount / "estate.neph"
        write(path, made.contents(1))
        codes = set()
        free = os.statvfs(mount).f_bavail * os.statvfs(mount).f_frsize
        for share in range(0, 20):
            (mount / "ballast").write_bytes(b"x" * (free - free * share // 40))
            try:
                write(path, made.contents(2))
                break
            except ReadError as error:
                codes.add(error.problem.code)
            assert assert_whole(path, [1]) == [1]
        else:
            pytest.fail("there never was enough room")
        assert share > 2
        assert codes == {"estate-not-written"}
        (mount / "ballast").unlink()
        write(path, made.contents(3))
        assert assert_whole(path, [1, 2, 3]) == [1, 2, 3]
    finally:
        subprocess.run(["umount", mount], check=True)


def test_a_second_writer_is_told_who_writes(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    with Writer(path) as first:
        with pytest.raises(UsageError) as raised, Writer(path):
            pass
        assert raised.value.problem.code == "estate-locked"
        assert f"process {os.getpid()} since 20" in raised.value.problem.message
        first.write(made.contents(1))
    write(path, made.contents(2))
    assert assert_whole(path, [1, 2]) == [1, 2]


def test_two_processes_at_once(loader: Loader, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    with Writer(path) as here:
        status = loader(path, 9)
        assert os.waitstatus_to_exitcode(status) == 9
        here.write(made.contents(1))
    assert loader(path, 2) == 0
    assert assert_whole(path, [1, 2]) == [1, 2]


def test_a_reader_keeps_its_generation_while_others_load(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))
    with Store.open(path) as store:
        for seed in range(2, 7):
            write(path, made.contents(seed))
        assert [row.digest for row in store.snapshots()] == ["1"]
        assert_same(made.estate(1), store.contents().estate)
        assert store.csr("lets_in").neighbours(1) is not None
        assert store.query("SELECT count(*) FROM resource").rows[0][0] == len(made.estate(1).resources)
    write(path, made.contents(7))
    assert sorted(p.name for p in (path / "generations").iterdir()) == ["6", "7"]
    assert assert_whole(path, [1, 2, 3, 4, 5, 6, 7])[-1] == 7


def test_a_reader_sees_nothing_of_a_load_under_way(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))
    seen = []
    monkeypatch.setattr(steps, "on_step", lambda name: seen.append((name, _newest(path))))
    write(path, made.contents(2))
    monkeypatch.undo()
    before = [digest for name, digest in seen if digest == "1"]
    assert len(before) > 20
    assert [digest for _, digest in seen] == ["1"] * len(before) + ["2"] * (len(seen) - len(before))
    assert _newest(path) == "2"


def _newest(path: pathlib.Path) -> str:
    with Store.open(path) as store:
        return store.snapshot().digest


def test_a_disk_that_refuses_to_name_the_new_generation(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "estate.neph"
    write(path, made.contents(1))

    def refuse(name: str) -> None:
        if name == "rename":
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    monkeypatch.setattr(steps, "on_step", refuse)
    with pytest.raises(ReadError) as raised:
        write(path, made.contents(2))
    monkeypatch.undo()
    assert raised.value.problem.code == "estate-not-written"
    assert "make room" in raised.value.problem.help
    assert assert_whole(path, [1]) == [1]
