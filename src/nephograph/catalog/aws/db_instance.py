"""RDS database instance. The master password is never read: only whether the code holds it."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Kind,
    Link,
    Otherwise,
    Spelling,
    flag,
    mapping,
    number,
    reference,
    references,
    text,
)
from nephograph.catalog.readers import in_code, says
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown

_SOURCES = ("replicate_source_db", "restore_to_point_in_time", "s3_import", "snapshot_identifier")
_INHERITED = Unknown(Reason.NOT_SEEN, "what the source of the copy says")

_PORTS = (
    ("postgres", 5432),
    ("mysql", 3306),
    ("mariadb", 3306),
    ("oracle", 1521),
    ("custom-oracle", 1521),
    ("sqlserver", 1433),
    ("custom-sqlserver", 1433),
    ("db2", 50000),
)


def _port(document: Cursor) -> Tree:
    """The port, else the engine's own one."""
    port, engine = document.at("port"), document.at("engine")
    if says(port) or engine.unknown or not isinstance(engine.value, str):
        return port if says(port) else engine
    return next((engine.be(number_) for name, number_ in _PORTS if engine.value.startswith(name)), None)


KIND = Kind(
    native="AWS::RDS::DBInstance",
    service="rds",
    cls=Class.DATABASE,
    identity=("name",),
    arn="arn:{partition}:rds:{region}:{account}:db:{name}",
    label="name",
    fields={
        "name": text(),
        "engine": text(),
        "engine_version": text(),
        "public": flag(default=False),
        "subnet_group": reference("aws_db_subnet_group"),
        "security_groups": references("aws_security_group"),
        "port": number(),
        "encrypted": flag(default=False),
        "kms_key": reference("aws_kms_key"),
        "backup_days": number(default=0),
        "deletion_protection": flag(default=False),
        "multi_az": flag(default=False),
        "iam_authentication": flag(default=False),
        "password_in_code": flag(),
        "managed_password": flag(default=False),
        "replica_of": reference("aws_db_instance"),
        "tags": mapping(),
    },
    links=(
        Link("in_subnet_group", "subnet_group"),
        Link("has_security_group", "security_groups"),
        Link("encrypted_by", "kms_key"),
        Link("replica_of", "replica_of"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_db_instance",
            {
                "name": "identifier",
                "engine": Otherwise("engine", _INHERITED, when=_SOURCES),
                "engine_version": "engine_version",
                "public": "publicly_accessible",
                "subnet_group": Otherwise("db_subnet_group_name", _INHERITED, when=("replicate_source_db",)),
                "security_groups": "vpc_security_group_ids",
                "port": _port,
                "encrypted": Otherwise("storage_encrypted", _INHERITED, when=_SOURCES),
                "kms_key": "kms_key_id",
                "backup_days": Otherwise("backup_retention_period", _INHERITED, when=_SOURCES),
                "deletion_protection": "deletion_protection",
                "multi_az": "multi_az",
                "iam_authentication": "iam_database_authentication_enabled",
                "password_in_code": in_code("password", "password_wo"),
                "managed_password": "manage_master_user_password",
                "replica_of": "replicate_source_db",
                "tags": "tags",
            },
            computed={"identifier": "{name}"},
            ignores=(
                "allocated_storage",
                "allow_major_version_upgrade",
                "apply_immediately",
                "auto_minor_version_upgrade",
                "availability_zone",
                "backup_target",
                "backup_window",
                "blue_green_update",
                "ca_cert_identifier",
                "character_set_name",
                "copy_tags_to_snapshot",
                "custom_iam_instance_profile",
                "customer_owned_ip_enabled",
                "database_insights_mode",
                "db_name",
                "dedicated_log_volume",
                "delete_automated_backups",
                "domain",
                "domain_auth_secret_arn",
                "domain_dns_ips",
                "domain_fqdn",
                "domain_iam_role_name",
                "domain_ou",
                "enabled_cloudwatch_logs_exports",
                "engine_lifecycle_support",
                "final_snapshot_identifier",
                "identifier_prefix",
                "instance_class",
                "iops",
                "license_model",
                "maintenance_window",
                "master_user_secret_kms_key_id",
                "max_allocated_storage",
                "monitoring_interval",
                "monitoring_role_arn",
                "multi_tenant",
                # Until provider v4: the name of the first database.
                "name",
                "nchar_character_set_name",
                "network_type",
                "option_group_name",
                "parameter_group_name",
                "password_wo_version",
                "performance_insights_enabled",
                "performance_insights_kms_key_id",
                "performance_insights_retention_period",
                "replica_mode",
                "skip_final_snapshot",
                "storage_throughput",
                "storage_type",
                "timezone",
                "upgrade_storage_config",
                "username",
            ),
        ),
    ),
    references=("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",),
)
