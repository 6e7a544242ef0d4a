"""Small dumps, written for one test."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from nephograph.model.source import Document, Gap, Loaded, LoadOptions
from nephograph.sources.awscli import SOURCE

ACCOUNT = "111122223333"
VPC: dict[str, Any] = {"VpcId": "vpc-0a1", "OwnerId": ACCOUNT, "CidrBlock": "10.0.0.0/16", "IsDefault": False}
ROLE: dict[str, Any] = {
    "RoleName": "web",
    "Path": "/",
    "RoleId": "AROAEXAMPLE",
    "Arn": f"arn:aws:iam::{ACCOUNT}:role/web",
    "CreateDate": "2025-01-01T00:00:00+00:00",
    "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
}


def dump(root: pathlib.Path, files: dict[str, Any]) -> pathlib.Path:
    """Write files by their path: text and bytes as they are, anything else as JSON."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return root


def load(root: pathlib.Path, files: dict[str, Any], options: LoadOptions | None = None) -> Loaded:
    """What the source reads of such files; shown as `dump/…`."""
    return SOURCE.load(dump(root, files), "dump", options or LoadOptions(), lambda *_: None)


def one(loaded: Loaded, type: str) -> Document:
    """The only document of a type."""
    (found,) = [document for document in loaded.documents if document.type == type]
    return found


def gaps(loaded: Loaded, kind: str) -> list[Gap]:
    """The gaps of a kind."""
    return [gap for gap in loaded.gaps if gap.kind == kind]
