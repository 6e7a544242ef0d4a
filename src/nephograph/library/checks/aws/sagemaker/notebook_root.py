"""Notebook whose users are root.

## What
Root access is on, which is what SageMaker does when nothing is said.

## Why
Whoever uses the notebook, or runs code in it, installs anything and reads everybody's files there. Low: one has to be
in it.

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
  name          = "lab"
  role_arn      = "arn:aws:iam::111122223333:role/lab"
  instance_type = "ml.t3.medium"
  root_access   = "Disabled"
}
```

## Fix
Turn root access off.

## References
- https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html
"""

from collections.abc import Iterator

from nephograph.library.sdk import Bad, bad_if, check, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(
    kind="aws_sagemaker_notebook_instance",
    severity=Severity.LOW,
    topics=("workload-isolation", "least-privilege"),
    tools=("CKV_AWS_307",),
)
def notebook_root(notebook: Resource, facts: Facts) -> Iterator[Bad]:
    """Root access is on, which is what SageMaker does when nothing is said."""
    wrong = test(notebook, "root_access", when=lambda on: on is not False, says="root access is {value}")
    yield from bad_if(
        wrong,
        "root_access",
        message=f"users of {notebook.label} are root",
    )
