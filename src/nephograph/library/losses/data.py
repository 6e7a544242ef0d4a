"""Data that is read, changed, or guarded by nothing but a password."""

from nephograph.library.losses.declare import Loss
from nephograph.model.answer import Severity

LOSSES = (
    Loss("reads", "secrets", "reads", "reads {thing}", kinds=("aws_secretsmanager_secret", "aws_ssm_parameter")),
    Loss("reads", "data", "reads", "reads {thing}"),
    Loss("feeds", "data", "writes into", "writes into {thing}", Severity.MEDIUM, ("aws_s3_bucket",)),
    Loss("knocks", "data", "reaches", "reaches a database that only its password protects", Severity.MEDIUM),
)
