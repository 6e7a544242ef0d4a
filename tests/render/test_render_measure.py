"""Lines of labels: no wider than their room, broken between words first."""

from __future__ import annotations

import pytest

from nephograph.render._measure import advance, fold

SIZE = 11.5


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("reaches over tcp/443", 120.0, ["reaches over", "tcp/443"]),
        ("listens on 10.0.0.0/16 and tcp/443", 130.0, ["listens on", "10.0.0.0/16 and", "tcp/443"]),
        ("tcp/443", 120.0, ["tcp/443"]),
        ("a arn:aws:iam::111122223333:role/deploy", 150.0, ["a arn:aws:iam::", "111122223333:role/", "deploy"]),
        ("rds:CreateDBClusterSnapshot", 150.0, ["rds:CreateDBCluster", "Snapshot"]),
        ("ec2:ModifySnapshotAttribute ?", 150.0, ["ec2:ModifySnapshot", "Attribute ?"]),
        ("aws_security_group.shop-frontend", 150.0, ["aws_security_group.", "shop-frontend"]),
    ],
)
def test_words_stay_whole_where_they_fit(text: str, room: float, lines: list[str]) -> None:
    found = fold(text, room, SIZE, 3, mono=True)
    assert found == lines
    assert all(advance(line, SIZE, mono=True) <= room for line in found)


def test_what_would_not_fit_between_words_is_broken_behind_separators() -> None:
    text = "may call lambda:InvokeFunction"
    assert fold(text, 130.0, SIZE, 2, mono=True) == ["may call lambda:", "InvokeFunction"]
