"""Launch template with a credential in its user data.

## What
The start script of a version holds what looks like a credential. A script that fetches it from where it is kept is
quiet.

## Why
Everybody who may describe the template or an instance, every program there, the state and this repository have the
credential. High: it works for whoever has it.

## Bad
```hcl
resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = base64encode("export DB_PASSWORD=correct-horse-battery")
}
```
```yaml
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-12345678
        InstanceType: t3.micro
        UserData:
          Fn::Base64: |
            #!/bin/bash
            export DB_PASSWORD=correct-horse-battery
```

## Good
```hcl
resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = base64encode("fetch-settings --into /etc/web.env")
}
```
```yaml
Resources:
  Web:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        ImageId: ami-12345678
        InstanceType: t3.micro
        UserData:
          Fn::Base64: |
            #!/bin/bash
            fetch-settings --into /etc/web.env
```

## Fix
Fetch it from Secrets Manager with the instance's role; then change the credential, it has leaked.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
"""

from collections.abc import Iterator

from nephograph.library.credentials import in_start_script
from nephograph.library.elements import elements
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_launch_template", severity=Severity.HIGH, topics=("secrets",))
def launch_template_secret_in_user_data(template: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask whether the script of a version holds a credential; it is never shown."""
    for at in elements(template, "versions"):
        yield from in_start_script(template, *at, "user_data")
