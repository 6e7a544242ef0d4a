"""The estate store at size: one million resources and ten million edges, each figure beside its target and a peer.

`make bench-estate`, or `python scripts/bench_estate.py --scale 0.01` for a look. Each stage runs in a process of its
own, so that its peak memory is its own. CPU seconds are user and system time of all threads.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import numpy as np

from nephograph.estate.store.contents import About, Contents, EdgeColumns, Record
from nephograph.estate.store.lossless import flatten
from nephograph.estate.store.origins import pack_one
from nephograph.model.span import Origin

ACCOUNTS = 200
REGIONS = ("eu-west-1", "eu-central-1", "us-east-1", "us-west-2", "ap-southeast-1")

KINDS = (
    ("aws_vpc", "AWS::EC2::VPC", "network", 0.005),
    ("aws_subnet", "AWS::EC2::Subnet", "subnet", 0.045),
    ("aws_security_group", "AWS::EC2::SecurityGroup", "security_group", 0.10),
    ("aws_network_interface", "AWS::EC2::NetworkInterface", "network_interface", 0.25),
    ("aws_instance", "AWS::EC2::Instance", "compute_instance", 0.20),
    ("aws_iam_role", "AWS::IAM::Role", "principal", 0.10),
    ("aws_lambda_function", "AWS::Lambda::Function", "function", 0.10),
    ("aws_s3_bucket", "AWS::S3::Bucket", "object_storage", 0.10),
    ("aws_cloudwatch_log_group", "aws_cloudwatch_log_group", "generic", 0.10),
)
"""Kind, native type, class, share of all resources. The last is one the catalog does not know."""


def spread(total: int) -> list[tuple[str, str, str, int, int]]:
    """Kind, native, class, first position and count."""
    found, start = [], 0
    for kind, native, cls, share in KINDS:
        count = max(1, round(total * share)) if kind != KINDS[-1][0] else total - start
        found.append((kind, native, cls, start, count))
        start += count
    return found


def config_of(kind: str, i: int, version: int) -> dict[str, Any]:
    """A small config as it is met in estates."""
    tags = {"Name": f"{kind[4:]}-{i}", "team": f"team-{i % 40}", "env": ("prod", "stage", "dev")[i % 3]}
    if version:
        tags["changed"] = str(version)
    match kind:
        case "aws_vpc":
            return {"cidrs": [f"10.{i % 256}.0.0/16"], "id": f"vpc-{i:017x}", "tags": tags}
        case "aws_subnet":
            return {"cidr": f"10.{i % 256}.{i // 256 % 256}.0/24", "vpc": f"vpc-{i // 9:017x}", "tags": tags}
        case "aws_security_group":
            rule = {"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr": f"10.{i % 256}.0.0/16"}
            world = [{"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr": "0.0.0.0/0"}] if i % 50 == 0 else []
            return {"id": f"sg-{i:017x}", "name": f"sg-{i}", "ingress": [rule, *world], "egress": [], "tags": tags}
        case "aws_network_interface":
            groups = [f"sg-{i % 1000:017x}"]
            return {"id": f"eni-{i:017x}", "subnet": f"subnet-{i // 6:017x}", "security_groups": groups, "tags": tags}
        case "aws_instance":
            return {
                "id": f"i-{i:017x}",
                "ami": f"ami-{i % 300:017x}",
                "subnet": f"subnet-{i // 5:017x}",
                "security_groups": [f"sg-{i % 1000:017x}"],
                "tags": tags,
            }
        case "aws_iam_role":
            trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
            return {"name": f"role-{i}", "path": "/", "trust_policy": {"Version": "2012-10-17", "Statement": [trust]}}
        case "aws_lambda_function":
            return {"name": f"fn-{i}", "role": f"role-{i % 5000}", "environment": {"STAGE": tags["env"]}, "tags": tags}
        case "aws_s3_bucket":
            block = dict.fromkeys(("block_public_acls", "block_public_policy"), i % 20 != 0)
            versioning = ("Enabled", "Suspended")[i % 4 == 0]
            return {"name": f"data-{i}", "versioning": versioning, "public_access_block": block, "tags": tags}
        case _:
            return {"name": f"/aws/lambda/fn-{i}", "retention_in_days": 30 + i % 3, "tags": tags}


class Made(msgspec.Struct, frozen=True, gc=False):
    """What a source hands over for one resource."""

    kind: str
    native: str
    cls: str
    account: str
    region: str
    urn: str
    arn: str
    address: str
    label: str
    config: dict[str, Any]
    document: dict[str, Any]
    origin: Origin


def made(total: int, version: int, share: float) -> Iterator[Made]:
    """Resources as a source hands them over; `share` of them changed since version 0."""
    step = round(1 / share) if share else 0
    for kind, native, cls, _, count in spread(total):
        short, operation = kind[4:], "Describe" + native.rpartition(":")[2]
        for i in range(count):
            config = config_of(kind, i, version if step and i % step == 7 % step else 0)
            account, region = f"{100000000000 + i % ACCOUNTS}", REGIONS[i % len(REGIONS)]
            address = f"{kind}.r{i}"
            attributes = {f"{name}_": config[name] for name in config}
            document = {"dialect": "api", "type": kind, "attributes": attributes}
            yield Made(
                kind, native, cls, account, region, f"neph:aws:{account}:{region}:{kind}:{short}-{i:08d}",
                f"arn:aws:{short}:{region}:{account}:{short}-{i:08d}", address, f"{short}-{i}", config, document,
                Origin("dump", address, call=operation),
            )  # fmt: skip


def recorded(rows: Iterator[Made]) -> Iterator[Record]:
    """The same as the store takes it: this is part of the load, as it is for any source."""
    for row in rows:
        flat = flatten(row.config)
        yield Record(
            urn=row.urn,
            kind=row.kind,
            native=row.native,
            cls=row.cls,
            provider="aws",
            account=row.account,
            region=row.region,
            root=row.account,
            address=row.address,
            said="dump",
            arn=row.arn,
            label=row.label,
            config=flat.json,
            aside=flat.aside,
            unknown=flat.unknown,
            origins=pack_one(row.origin),
            documents=flatten([row.document], ordered=False).json,
        )


def edges(total: int, count: int, version: int, share: float) -> Iterator[EdgeColumns]:
    """Edges by kind, ends drawn evenly (the worst case for compression and for caches)."""
    at = {kind: (start, many) for kind, _, _, start, many in spread(total)}
    plan = (
        ("in_subnet", "aws_network_interface", "aws_subnet", 0.025),
        ("attached_to", "aws_network_interface", "aws_instance", 0.025),
        ("has_security_group", "aws_network_interface", "aws_security_group", 0.10),
        ("lets_in", "aws_security_group", "aws_security_group", 0.25),
        ("runs_as", "aws_lambda_function", "aws_iam_role", 0.10),
        ("can_read", "aws_iam_role", "aws_s3_bucket", 0.20),
        ("refers_to", "", "", 0.30),
    )
    for place, (kind, source, target, part) in enumerate(plan):
        random = np.random.default_rng(place)
        low, many = at.get(source, (0, total))
        to_low, to_many = at.get(target, (0, total))
        size = round(count * part)
        sources = random.integers(low, low + many, size, dtype=np.uint32)
        targets = random.integers(to_low, to_low + to_many, size, dtype=np.uint32)
        if version:
            other = np.random.default_rng([place, version])
            moved = other.integers(0, size, round(size * share))
            targets[moved] = other.integers(to_low, to_low + to_many, moved.size, dtype=np.uint32)
        if kind == "lets_in":
            paths = tuple(("ingress", n, "group") for n in range(60))
            yield EdgeColumns(
                kind=kind, source=sources, target=targets, paths=paths,
                path=random.integers(0, 60, size, dtype=np.uint32),
            )  # fmt: skip
        else:
            yield EdgeColumns(kind=kind, source=sources, target=targets, paths=((kind,),))


def contents(total: int, count: int, version: int = 0, share: float = 0.0) -> Contents:
    about = About(taken=f"2026-01-{version + 1:02d}T00:00:00Z", sources=("synthetic",), digest=str(version))
    return Contents(
        about=about, resources=recorded(made(total, version, share)), edges=edges(total, count, version, share)
    )


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def stage_making(folder: pathlib.Path, total: int, count: int) -> dict[str, float]:
    """The synthetic input alone: what the load is not charged for."""
    del folder
    began = cpu()
    for _ in made(total, 0, 0.0):
        pass
    for _ in edges(total, count, 0, 0.0):
        pass
    made_at = cpu()
    for _ in recorded(made(total, 0, 0.0)):
        pass
    for _ in edges(total, count, 0, 0.0):
        pass
    return {"cpu": made_at - began, "encoding": cpu() - made_at - (made_at - began)}


def stage_load(folder: pathlib.Path, total: int, count: int) -> dict[str, float]:
    from nephograph.estate.store.writer import Writer

    began, wall = cpu(), time.monotonic()
    with Writer(folder / "estate.neph") as writer:
        info = writer.write(contents(total, count))
    assert (info.resources, info.edges) == (
        total,
        sum(round(count * p) for p in (0.025, 0.025, 0.1, 0.25, 0.1, 0.2, 0.3)),
    )
    return {"cpu": cpu() - began, "wall": time.monotonic() - wall, "peak": peak()}


def stage_again(folder: pathlib.Path, total: int, count: int) -> dict[str, float]:
    """A second load with 1% of the resources and 1% of the edges changed."""
    from nephograph.estate.store.writer import Writer

    began, wall = cpu(), time.monotonic()
    with Writer(folder / "estate.neph") as writer:
        info = writer.write(contents(total, count, 1, 0.01))
    return {"cpu": cpu() - began, "wall": time.monotonic() - wall, "peak": peak(), "changed": info.changed}


def stage_copy(folder: pathlib.Path, total: int, count: int) -> dict[str, float]:
    """The physical limit of any load: the same bytes read, written and flushed."""
    del total, count
    from nephograph.estate.store.folder import sync_tree

    began, wall = cpu(), time.monotonic()
    shutil.copytree(folder / "estate.neph" / "generations" / "1", folder / "copy")
    sync_tree(folder / "copy")
    return {"cpu": cpu() - began, "wall": time.monotonic() - wall, "disk": disk(folder / "copy")}


def stage_ask(folder: pathlib.Path, total: int, count: int) -> dict[str, float]:
    from nephograph.estate.store.reader import Store

    del count
    found: dict[str, float] = {}
    wall = time.monotonic()
    with Store.open(folder / "estate.neph") as store:
        found["open"] = time.monotonic() - wall
        urn = next(r.urn for r in recorded(made(max(total // 100, 100), 0, 0.0)) if r.kind == "aws_instance")
        queries = {
            "nothing": "SELECT 1",
            "point": f"SELECT * FROM resource WHERE urn = '{urn}'",
            "typed": "SELECT count(*) FROM aws_network_interface WHERE subnet = 'subnet-00000000000000007'",
            "nested": "SELECT count(*) FROM aws_s3_bucket WHERE NOT public_access_block.block_public_policy",
            "json": "SELECT count(*) FROM resource WHERE kind = 'aws_s3_bucket'"
            " AND json_extract(config, '$.public_access_block.block_public_policy') = false",
        }
        for name, sql in queries.items():
            found[name] = best(lambda sql=sql: store.query(sql))
        found["window"] = best(lambda: store.changes(1, 2), 15)
        found["diff"] = best(lambda: store.full_changes(1, 2), 3)
        assert store.changes(1, 2) == store.full_changes(1, 2)
        found["changed"] = len(store.changes(1, 2).changed)
        group = f"neph:aws:{100000000000}:{REGIONS[0]}:aws_security_group:security_group-00000000"
        found["hops"] = best(lambda: store.hops(group, 3, ["lets_in"]), 40)
        found["hopped"] = len(store.hops(group, 3, ["lets_in"]))
        found["reach"] = best(lambda: store.reach([group]))
        found["reached"] = len(store.reach([group]))
        node = store.entity(group)
        recursive = (
            f"WITH RECURSIVE seen(id) AS (SELECT {node}::UINTEGER UNION SELECT target FROM seen JOIN estate.main.edge"
            " ON source = id WHERE valid_to = 4294967295) SELECT count(*) FROM seen"
        )
        found["recursive"] = best(lambda: store.query(recursive, seconds=120, memory="4GB"), 1)
        assert store.query(recursive, seconds=120, memory="4GB").rows[0][0] == found["reached"]
        found["peak"] = peak()
    return found


def best(work: Callable[[], object], times: int = 7) -> float:
    """The shortest of several runs, in seconds: everything else on the machine only makes it longer."""
    runs = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        runs.append(time.perf_counter() - began)
    return min(runs)


def peak() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def disk(folder: pathlib.Path) -> float:
    """What a directory holds, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


STAGES = {"making": stage_making, "load": stage_load, "copy": stage_copy, "again": stage_again, "ask": stage_ask}


def run(stage: str, folder: pathlib.Path, total: int, count: int) -> dict[str, float]:
    """A stage in a process of its own."""
    command = [sys.executable, __file__, "--stage", stage, "--in", str(folder), str(total), str(count)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout, type=dict[str, float])


def least(stage: str, folder: pathlib.Path, sizes: tuple[int, int], rounds: int) -> dict[str, float]:
    """The least of each figure of several rounds, each from the start: whatever else runs only adds to them."""
    found: dict[str, float] = {}
    for _ in range(rounds):
        if stage == "load":
            shutil.rmtree(folder / "estate.neph", ignore_errors=True)
        figures = run(stage, folder, *sizes)
        found = {name: min(figure, found.get(name, figure)) for name, figure in figures.items()}
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="1 is a million resources and ten million edges")
    parser.add_argument("--rounds", type=int, default=3, help="times to make the input and to load; the least counts")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--in", dest="folder", type=pathlib.Path, help="where to work (default: a temporary directory)")
    parser.add_argument("sizes", nargs="*", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.stage:
        print(json.dumps(STAGES[given.stage](given.folder, *given.sizes)))
        return 0
    sizes = round(1_000_000 * given.scale), round(10_000_000 * given.scale)
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        results: dict[str, dict[str, float]] = {}
        for stage in STAGES:
            rounds = given.rounds if stage in ("making", "load") else 1
            results[stage] = least(stage, pathlib.Path(name), sizes, rounds)
        both = disk(pathlib.Path(name, "estate.neph", "generations", "2"))
    show(results, sizes, both)
    return 0


def show(results: dict[str, dict[str, float]], sizes: tuple[int, int], both: float) -> None:
    load, again, ask, copy = (results[name] for name in ("load", "again", "ask", "copy"))
    making, encoding = results["making"]["cpu"], results["making"]["encoding"]
    rows = [
        (
            "load, CPU",
            f"{load['cpu'] - making - encoding:.2f} s",
            "10 s",
            f"copying the same bytes {copy['cpu']:.2f} s",
        ),
        ("  with encoding as a source does", f"{load['cpu'] - making:.2f} s", "", f"encoding alone {encoding:.2f} s"),
        ("load, wall (with making the input)", f"{load['wall']:.2f} s", "", f"copying {copy['wall']:.2f} s"),
        ("load, peak memory", f"{load['peak']:.0f} MB", "1000 MB", ""),
        ("disk, one snapshot", f"{copy['disk']:.0f} MB", "200 MB", f"{copy['disk'] * 1e6 / sizes[1]:.1f} B an edge"),
        ("second load, 1% changed, CPU", f"{again['cpu'] - making:.2f} s", "", "with encoding"),
        ("second load, peak memory", f"{again['peak']:.0f} MB", "1000 MB", ""),
        ("disk, two snapshots", f"{both:.0f} MB", "", f"one {copy['disk']:.0f} MB"),
        ("open", ms(ask["open"]), "", ""),
        ("point query by urn", ms(ask["point"]), "", f"SELECT 1: {ms(ask['nothing'])}"),
        ("typed filter, text", ms(ask["typed"]), "7 ms", ""),
        ("typed filter, nested flag", ms(ask["nested"]), "7 ms", f"the same on JSON text {ms(ask['json'])}"),
        ("3 hops", ms(ask["hops"]), "0.55 ms", f"{ask['hopped']:.0f} nodes"),
        ("reach from one node, all edges", ms(ask["reach"]), "76 ms", f"DuckDB recursive {ms(ask['recursive'])}"),
        ("full diff of two snapshots", ms(ask["diff"]), "2000 ms", f"{ask['changed']:.0f} changed"),
        ("stored-window diff", ms(ask["window"]), "10 ms", ""),
        ("asking, peak memory", f"{ask['peak']:.0f} MB", "", ""),
    ]
    print(f"{sizes[0]:,} resources, {sizes[1]:,} edges; making the input alone: {making:.2f} CPU s (taken off)")
    heads = ("", "figure", "target", "beside it")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(4)]
    for row in (heads, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
