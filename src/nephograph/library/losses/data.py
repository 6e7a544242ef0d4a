"""Data that is read, changed, or guarded by nothing but a password."""

from nephograph.library.losses.declare import Loss
from nephograph.model.answer import Severity

LOSSES = (
    Loss("reads", "secrets", "reads {thing}", kinds=("aws_secretsmanager_secret", "aws_ssm_parameter")),
    Loss("reads", "data", "reads {thing}"),
    Loss("writes", "data", "writes to {thing}", Severity.MEDIUM),
    Loss("knocks", "data", "reaches a database that only its password protects", Severity.MEDIUM),
)
