"""Launch configuration whose instances answer metadata requests without a session token.

## What
Metadata version 1 stays possible: tokens are optional and the endpoint is on. Where nothing is said and
a data source finds the image, the image decides: that is left open.

## Why
A request-forgery bug in any web application on such an instance hands its role to the attacker. Medium: it takes that
bug.

## Bad
```hcl
resource "aws_launch_configuration" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"

}
```

## Good
```hcl
resource "aws_launch_configuration" "web" {
  name          = "web"
  image_id      = "ami-12345678"
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
    kind="aws_launch_configuration",
    severity=Severity.MEDIUM,
    topics=("workload-identity",),
    tools=("CKV_AWS_79", "AVD-AWS-0130"),
)
def launch_configuration_metadata_v1(configuration: Resource, facts: Facts) -> Iterator[Bad]:
    """Metadata version 1 stays possible: tokens are optional and the endpoint is on."""
    applies = test(
        configuration, "metadata", "endpoint", when=lambda v: v != "disabled", says="http_endpoint is {value}"
    )
    wrong = test(configuration, "metadata", "tokens", when=lambda v: v != "required", says="http_tokens is {value}")
    yield from bad_if(
        all_of((applies, wrong, leaves_tokens_optional(configuration, "metadata", image=("ami",)))),
        "metadata",
        "tokens",
        message=f"metadata of instances from {configuration.label} is readable without a session token",
        fix=set_field(configuration, "required", "metadata", "tokens", title="require session tokens (IMDSv2)"),
    )
