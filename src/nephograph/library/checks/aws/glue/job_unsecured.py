"""Glue job without a security configuration.

## What
The job names no security configuration: what it writes to logs, bookmarks and S3 is encrypted as each of them
decides.

## Why
Copies of your data end where nobody chose a key. Low: most of those encrypt by themselves.

## Bad
```hcl
resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::111122223333:role/load"
  command {
    script_location = "s3://acme-jobs/load.py"
  }

}
```

## Good
```hcl
resource "aws_glue_job" "load" {
  name     = "load"
  role_arn = "arn:aws:iam::111122223333:role/load"
  command {
    script_location = "s3://acme-jobs/load.py"
  }
  security_configuration = "all-encrypted"
}
```

## Fix
Name a security configuration.

## References
- https://docs.aws.amazon.com/glue/latest/dg/encryption-security-configuration.html
"""

from collections.abc import Iterator

from nephograph.library.absence import unset
from nephograph.library.sdk import Bad, bad_if, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_glue_job", severity=Severity.LOW, topics=("encryption-at-rest",), tools=("CKV_AWS_195",))
def job_unsecured(job: Resource, facts: Facts) -> Iterator[Bad]:
    """Glue job without a security configuration."""
    wrong = unset(job, "security_configuration", says="its security configuration is {value}")
    yield from bad_if(
        wrong,
        "security_configuration",
        message=f"what {job.label} writes is encrypted as each place decides",
    )
