"""Snapshots of databases and of clusters differ in names only; both may be shared with accounts or with everybody.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html
"""

from nephograph.catalog.language import Fields, flag, mapping, number, text, texts

SNAPSHOT_FIELDS = {
    "name": text(),
    "engine": text(),
    "engine_version": text(),
    "encrypted": flag(),
    # Accounts that may restore it; `all` is everybody.
    "shared_with": texts(),
    "type": text(),
    "created": text(),
    "size": number(),
    "tags": mapping(),
}

CODE: Fields = {
    "engine": "engine",
    "engine_version": "engine_version",
    "kms_key": "kms_key_id",
    "shared_with": "shared_accounts",
    "type": "snapshot_type",
    "size": "allocated_storage",
    "tags": "tags",
}

ANSWER: Fields = {
    "engine": "Engine",
    "engine_version": "EngineVersion",
    "kms_key": "KmsKeyId",
    "type": "SnapshotType",
    "created": "SnapshotCreateTime",
    "size": "AllocatedStorage",
}
