"""What the network lets in."""

from nephograph.library.changes.declare import Change, Cost

_GROUPS = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"

CHANGES = (
    # Things of one's own that reach each other were wired so.
    Change(
        "aws_security_group",
        "ingress.*",
        "take the rule from {thing} that lets in a group",
        Cost.IDENTITY,
        has="group",
        reference=_GROUPS,
    ),
    Change("aws_security_group", "ingress.*", "take the rule from {thing}", Cost.RULE, reference=_GROUPS),
    Change(
        "aws_instance",
        "public_ip",
        "give {thing} no public address",
        Cost.PLACE,
        value=False,
        reference="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html",
    ),
    Change("aws_lb", "scheme", "let {thing} face its network only", Cost.PLACE, value="internal"),
    Change("aws_db_instance", "public", "give {thing} no public address", Cost.PLACE, value=False),
    Change("aws_lambda_function", "url", "give {thing} no address of its own", Cost.PLACE),
)
