"""Launch configuration with a credential in its user data.

## What
The start script holds what looks like a credential: an access key of AWS, a private key, a token, a password in an
address, or a value that is assigned to a name of that sense. A script that fetches it from where it is kept is quiet.

## Why
Everybody who may describe the instance, every program on it, the state and this repository have the credential. High:
it works for whoever has it.

## Bad
```hcl
resource "aws_launch_configuration" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = <<-EOT
#!/bin/bash
export DB_PASSWORD=correct-horse-battery
EOT
}
```
```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: ami-12345678
      InstanceType: t3.micro
      UserData:
        Fn::Base64: |
          #!/bin/bash
          export DB_PASSWORD=correct-horse-battery
```

## Good
```hcl
resource "aws_launch_configuration" "web" {
  name          = "web"
  image_id      = "ami-12345678"
  instance_type = "t3.micro"
  user_data     = <<-EOT
#!/bin/bash
export DB_PASSWORD=$(aws ssm get-parameter --name /db --with-decryption --query Parameter.Value --output text)
EOT
}
```
```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::LaunchConfiguration
    Properties:
      ImageId: ami-12345678
      InstanceType: t3.micro
      UserData:
        Fn::Base64: |
          #!/bin/bash
          export DB_PASSWORD=$(aws ssm get-parameter --name /db --query Parameter.Value)
```

## Fix
Fetch it from Secrets Manager with the instance's role; then change the credential, it has leaked.

## References
- https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
"""

from collections.abc import Iterator

from nephograph.library.credentials import in_start_script
from nephograph.library.sdk import Bad, check
from nephograph.model.answer import Severity
from nephograph.model.facts import Facts
from nephograph.model.resource import Resource


@check(kind="aws_launch_configuration", severity=Severity.HIGH, topics=("secrets",))
def launch_configuration_secret_in_user_data(configuration: Resource, facts: Facts) -> Iterator[Bad]:
    """Ask whether the script holds a credential; it is never shown."""
    yield from in_start_script(configuration, "user_data")
