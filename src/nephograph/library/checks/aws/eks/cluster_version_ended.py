"""EKS cluster on a Kubernetes version that is no longer in standard support.

## What
The version of the cluster is one whose standard support has ended, by the dates on AWS's page.

## Why
Fixes come late or not at all, AWS charges for each hour of extended support, and then upgrades on its own day.
Medium: known holes help whoever is near.

## Bad
```hcl
resource "aws_eks_cluster" "prod" {
  name     = "prod"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.27"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]

  }
}
```

## Good
```hcl
resource "aws_eks_cluster" "prod" {
  name     = "prod"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.34"
  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-0b2c3d4e"]

  }
}
```

## Fix
Upgrade, one minor version after the other.

## References
- https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.value import is_unknown

# Versions and the day their standard support ended: the page below, as of November 2026. 1.34 follows on 2026-12-02.
_ENDED = {
    "1.10": "2019-07-22",
    "1.11": "2019-11-04",
    "1.12": "2020-05-11",
    "1.13": "2020-06-30",
    "1.14": "2020-12-08",
    "1.15": "2021-05-03",
    "1.16": "2021-09-27",
    "1.17": "2021-11-02",
    "1.18": "2022-08-15",
    "1.19": "2022-08-01",
    "1.20": "2022-11-01",
    "1.21": "2023-02-16",
    "1.22": "2023-06-04",
    "1.23": "2023-10-11",
    "1.24": "2024-01-31",
    "1.25": "2024-05-01",
    "1.26": "2024-06-11",
    "1.27": "2024-07-24",
    "1.28": "2024-11-26",
    "1.29": "2025-03-23",
    "1.30": "2025-07-23",
    "1.31": "2025-11-26",
    "1.32": "2026-03-23",
    "1.33": "2026-07-29",
}


@check(kind="aws_eks_cluster", severity=Severity.MEDIUM, topics=("patching",), tools=("CKV_AWS_339",))
def cluster_version_ended(cluster: Resource, facts: Facts) -> Iterator[Bad]:
    """The version stands in the table of those that have ended."""
    version = cluster.get("version")
    ended = test(cluster, "version", when=lambda name: name in _ENDED, says="its version is {value}")
    since = "" if is_unknown(version) or version not in _ENDED else f" since {_ENDED[version]}"
    yield from bad_if(ended, "version", message=f"Kubernetes of {cluster.label} is out of standard support{since}")
