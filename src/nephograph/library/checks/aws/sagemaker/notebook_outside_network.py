"""Notebook outside of your network.

## What
The notebook names no subnet.

## Why
No security group, endpoint policy or flow log of yours is in the way of its data. Low: its role still decides.

## Bad
```hcl
resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = "arn:aws:iam::111122223333:role/lab"
  instance_type = "ml.t3.medium"

}
```

## Good
```hcl
resource "aws_sagemaker_notebook_instance" "lab" {
  name            = "lab"
  role_arn        = "arn:aws:iam::111122223333:role/lab"
  instance_type   = "ml.t3.medium"
  subnet_id       = "subnet-0a1b2c3d"
  security_groups = ["sg-0a1b2c3d"]
}
```

## Fix
Name a subnet.

## References
- https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_sagemaker_notebook_instance",
    severity=Severity.LOW,
    topics=("network-segmentation",),
    tools=("CKV_AWS_306",),
)
def notebook_outside_network(notebook: Resource, facts: Facts) -> Iterator[Bad]:
    """The notebook names no subnet."""
    wrong = unset(notebook, "subnet", says="its subnet is {value}")
    yield from bad_if(
        wrong,
        "subnet",
        message=f"{notebook.label} stands outside of your network",
    )
