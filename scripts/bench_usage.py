"""How fast events are read: events, megabytes of JSON and memory, in one run on events that this script makes.

    python scripts/bench_usage.py [EVENTS]

Two logs, packed as CloudTrail packs them: `alike` repeats its calls as services do that poll, `apart` has a new request
in every event. CPU seconds of this process; memory is the most it held.
"""

from __future__ import annotations

import gzip
import json
import pathlib
import resource
import sys
import tempfile
import time
from typing import Any

from nephograph.engines.usage.namer import ActionNamer
from nephograph.sources.cloudtrail import SOURCE

ACCOUNT = "111122223333"
PER_FILE = 10_000


def event(number: int, apart: bool) -> dict[str, Any]:
    role, own = f"app-{number % 50}", number if apart else number % 500
    arn = f"arn:aws:iam::{ACCOUNT}:role/{role}"
    calls: tuple[tuple[str, str, dict[str, Any], list[str]], ...] = (
        ("s3", "GetObject", {"bucketName": "data", "key": f"in/{own}.csv"}, [f"arn:aws:s3:::data/in/{own}.csv"]),
        ("s3", "ListObjects", {"bucketName": "data", "prefix": f"in/{own}"}, ["arn:aws:s3:::data"]),
        ("ec2", "DescribeInstances", {"filterSet": {"items": [{"name": "vpc-id", "value": f"vpc-{own}"}]}}, []),
        ("dynamodb", "DescribeTable", {"tableName": f"t{own % 3000}"}, []),
        ("kms", "Decrypt", {"encryptionContext": {"n": str(own)}}, [f"arn:aws:kms:eu-west-1:{ACCOUNT}:key/1234abcd"]),
        ("secretsmanager", "GetSecretValue", {"secretId": f"db-{own % 3000}"}, []),
    )
    service, operation, parameters, resources = calls[number % len(calls)]
    return {
        "eventVersion": "1.09",
        "userIdentity": {
            "type": "AssumedRole",
            "principalId": f"AROAEXAMPLE{number % 50}:i-0abc",
            "arn": f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/i-0abc",
            "accountId": ACCOUNT,
            "accessKeyId": f"ASIAEXAMPLE{number % 400:05}",
            "sessionContext": {
                "sessionIssuer": {"type": "Role", "principalId": "AROAEXAMPLE", "arn": arn, "accountId": ACCOUNT},
                "attributes": {"creationDate": "2026-11-02T10:00:00Z", "mfaAuthenticated": "false"},
                "ec2RoleDelivery": "2.0",
            },
        },
        "eventTime": f"2026-11-{1 + number % 20:02}T{number % 24:02}:{number % 60:02}:00Z",
        "eventSource": f"{service}.amazonaws.com",
        "eventName": operation,
        "awsRegion": "eu-west-1",
        "sourceIPAddress": f"192.0.2.{number % 200}",
        "userAgent": "[Boto3/1.34.1 md/Botocore#1.34.1 ua/2.0 os/linux#6.1 md/arch#x86_64 lang/python#3.11]",
        "requestParameters": parameters,
        "responseElements": None,
        "additionalEventData": {"SignatureVersion": "SigV4", "x-amz-id-2": "x" * 60, "bytesTransferredOut": 1024},
        "requestID": f"{number:032x}",
        "eventID": f"{number:08x}-0000-0000-0000-000000000000",
        "readOnly": True,
        "resources": [{"accountId": ACCOUNT, "ARN": one} for one in resources],
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "recipientAccountId": ACCOUNT,
        "eventCategory": "Management",
        "tlsDetails": {"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256"},
    }


def write(folder: pathlib.Path, count: int, apart: bool) -> None:
    folder.mkdir()
    for start in range(0, count, PER_FILE):
        some = [event(number, apart) for number in range(start, min(start + PER_FILE, count))]
        name = f"{ACCOUNT}_CloudTrail_eu-west-1_20261102T1000Z_{start:012}.json.gz"
        (folder / name).write_bytes(gzip.compress(json.dumps({"Records": some}).encode(), 3))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as directory:
        for name in ("alike", "apart"):
            write(pathlib.Path(directory, name), count, apart=name == "apart")
        for name in ("alike", "apart"):
            started = time.process_time()
            usage = SOURCE.events([(pathlib.Path(directory, name), name)], ActionNamer(), lambda *_: None)
            took = time.process_time() - started
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name}: {usage.events:,} events, {usage.read / 1e6:,.0f} MB of JSON, {took:.1f} CPU s: "
                f"{usage.events / took:,.0f} events/s, {usage.read / 1e6 / took:,.0f} MB/s; "
                f"{len(usage.columns.actor):,} rows, {memory:,.0f} MB of memory"
            )


if __name__ == "__main__":
    main()
