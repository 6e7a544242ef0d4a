"""Objects of one answer that no single attribute tells apart: they stay apart all the same."""

from __future__ import annotations

import pathlib

from nephograph.estate.build import build
from tests.sources.awscli.dumps import ACCOUNT, load

ZONE = "Z0123456789ABCDEFGHIJ"
ZONES = {"HostedZones": [{"Id": f"/hostedzone/{ZONE}", "Name": "a.example.", "CallerReference": "x"}]}
RECORDS = {
    "ResourceRecordSets": [
        {"Name": "a.example.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "203.0.113.5"}]},
        {"Name": "a.example.", "Type": "TXT", "TTL": 60, "ResourceRecords": [{"Value": "x"}]},
    ]
}


def test_records_of_one_name_are_two(tmp_path: pathlib.Path) -> None:
    files = {
        f"{ACCOUNT}/list-hosted-zones.json": ZONES,
        f"{ACCOUNT}/list-resource-record-sets_{ZONE}.json": RECORDS,
    }
    built = build([load(tmp_path, files)])

    names = sorted(r.urn.rpartition(":")[2] for r in built.estate.of_kind("aws_route53_record"))
    assert names == [f"{ZONE}/a.example/A/", f"{ZONE}/a.example/TXT/"]


def test_records_of_a_zone_that_is_not_known_are_two(tmp_path: pathlib.Path) -> None:
    built = build([load(tmp_path, {f"{ACCOUNT}/list-resource-record-sets.json": RECORDS})])

    assert sorted(r.get("type") for r in built.estate.of_kind("aws_route53_record")) == ["A", "TXT"]
