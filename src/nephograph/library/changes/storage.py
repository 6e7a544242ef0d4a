"""Copies that are shared, backups, and what is written down where code reads it."""

from nephograph.library.changes.declare import Change, Cost

_SNAPSHOTS = "https://docs.aws.amazon.com/ebs/latest/userguide/ebs-modifying-snapshot-permissions.html"
_RDS = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ShareSnapshot.html"

CHANGES = (
    Change("aws_ebs_snapshot", "shared_with.*", "stop sharing {thing}", Cost.RULE, reference=_SNAPSHOTS),
    Change("aws_ami", "shared_with.*", "stop sharing {thing}", Cost.RULE, reference=_SNAPSHOTS),
    Change("aws_ami", "public", "stop sharing {thing} with everybody", Cost.RULE, value=False, reference=_SNAPSHOTS),
    Change("aws_db_snapshot", "shared_with.*", "stop sharing {thing}", Cost.RULE, reference=_RDS),
    Change("aws_db_cluster_snapshot", "shared_with.*", "stop sharing {thing}", Cost.RULE, reference=_RDS),
    Change("aws_lambda_function", "environment.*", "take the key from the environment of {thing}", Cost.IDENTITY),
    Change("aws_instance", "user_data", "take the key from the user data of {thing}", Cost.IDENTITY),
)
