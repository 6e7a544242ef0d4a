"""Notebook that answers metadata requests without a session token.

## What
The notebook names version 1 of the instance metadata service as the least one. One that says nothing is quiet: new
ones ask for version 2.

## Why
A request-forgery bug hands its role to the attacker. Low: few web servers run there.

## Bad
```hcl
resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = "arn:aws:iam::111122223333:role/lab"
  instance_type = "ml.t3.medium"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "1"
  }
}
```

## Good
```hcl
resource "aws_sagemaker_notebook_instance" "lab" {
  name          = "lab"
  role_arn      = "arn:aws:iam::111122223333:role/lab"
  instance_type = "ml.t3.medium"
  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
```

## Fix
Ask for version 2.

## References
- https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-imds.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_sagemaker_notebook_instance", severity=Severity.LOW, topics=("workload-identity",), tools=("CKV_AWS_371",)
)
def notebook_metadata_v1(notebook: Resource, facts: Facts) -> Iterator[Bad]:
    """The notebook names version 1 of the instance metadata service as the least one."""
    wrong = test(
        notebook, "metadata_version", when=lambda version: version == "1", says="its metadata version is {value}"
    )
    yield from bad_if(
        wrong,
        "metadata_version",
        message=f"metadata of {notebook.label} is readable without a session token",
        fix=set_field(notebook, "2", "metadata_version", title="ask for version 2"),
    )
