"""Notebook whose disk no key of yours encrypts.

## What
No KMS key is named for the volume.

## Why
Access to its data cannot be cut off by a key of yours. Low: SageMaker encrypts it.

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
  kms_key_id    = "arn:aws:kms:eu-west-1:111122223333:key/0d1e2f3a-1111-2222-3333-444455556666"
}
```

## Fix
Name a KMS key.

## References
- https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-nbi.html
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
    topics=("customer-managed-keys", "encryption-at-rest"),
    tools=("CKV_AWS_22",),
)
def notebook_unkeyed(notebook: Resource, facts: Facts) -> Iterator[Bad]:
    """No KMS key is named for the volume."""
    wrong = unset(notebook, "kms_key", says="its KMS key is {value}")
    yield from bad_if(
        wrong,
        "kms_key",
        message=f"the disk of {notebook.label} is encrypted with no key of yours",
    )
