"""EC2 instance that answers metadata requests without a session token (IMDSv1).

## What
`http_tokens` of the instance's metadata options is optional: a plain GET from the instance returns the credentials of
its role. Where nothing is said and a data source finds the image, the image decides: that is left open.

## Why
A request-forgery bug in any web application on it hands the role to the attacker. Version 2 asks for a PUT first,
which such bugs rarely can send.

## Bad
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
}
```

## Good
```hcl
resource "aws_instance" "web" {
  ami           = "ami-12345678"
  instance_type = "t3.micro"
  metadata_options {
    http_tokens = "required"
  }
}
```

## Fix
Require session tokens.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
"""

from collections.abc import Iterator

from nephograph.library.images import leaves_tokens_optional
from nephograph.library.sdk import Bad, bad_if, check, set_field, test
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource
from nephograph.model.verdict import all_of


@check(
    kind="aws_instance", severity=Severity.MEDIUM, topics=("workload-identity",), tools=("CKV_AWS_79", "AVD-AWS-0028")
)
def instance_metadata_v1(instance: Resource, facts: Facts) -> Iterator[Bad]:
    """The endpoint is on and tokens are not required."""
    optional = test(instance, "metadata", "tokens", when=lambda v: v != "required", says="http_tokens is {value}")
    reachable = test(instance, "metadata", "endpoint", when=lambda v: v != "disabled", says="http_endpoint is {value}")
    yield from bad_if(
        all_of((optional, reachable, leaves_tokens_optional(instance, "metadata", image=("ami",)))),
        "metadata",
        "tokens",
        message=f"metadata of {instance.label} is readable without a session token",
        fix=set_field(instance, "required", "metadata", "tokens", title="require session tokens (IMDSv2)"),
    )
