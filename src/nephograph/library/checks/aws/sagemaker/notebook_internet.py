"""Notebook with a way to the internet of its own.

## What
Direct internet access is on, which is what SageMaker does when nothing is said.

## Why
Training data leaves past every rule and log of your network. Medium: one has to run code in it.

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
  name                   = "lab"
  role_arn               = "arn:aws:iam::111122223333:role/lab"
  instance_type          = "ml.t3.medium"
  subnet_id              = "subnet-0a1b2c3d"
  security_groups        = ["sg-0a1b2c3d"]
  direct_internet_access = "Disabled"
}
```

## Fix
Put it in a subnet and turn direct internet access off.

## References
- https://docs.aws.amazon.com/sagemaker/latest/dg/appendix-notebook-and-internet-access.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_sagemaker_notebook_instance",
    severity=Severity.MEDIUM,
    topics=("network-segmentation",),
    tools=("CKV_AWS_122",),
)
def notebook_internet(notebook: Resource, facts: Facts) -> Iterator[Bad]:
    """Direct internet access is on, which is what SageMaker does when nothing is said."""
    wrong = test(notebook, "internet_access", when=lambda on: on is not False, says="direct internet access is {value}")
    yield from bad_if(
        wrong,
        "internet_access",
        message=f"{notebook.label} has a way to the internet of its own",
    )
