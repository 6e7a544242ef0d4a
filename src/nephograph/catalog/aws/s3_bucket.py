"""Amazon S3 bucket, with everything Terraform splits into resources of its own."""

from nephograph.catalog.aws._s3_acl import answered_acl, answered_grants, grant_blocks, policy_grants, template_acl
from nephograph.catalog.aws._s3_rules import (
    LIFECYCLE,
    NOTIFICATIONS,
    REPLICATION,
    lifecycle_answer,
    lifecycle_blocks,
    lifecycle_properties,
    notifications,
    replication_block,
    replication_rule,
)
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import (
    Either,
    Fields,
    Kind,
    Link,
    Otherwise,
    Reader,
    Spelling,
    flag,
    group,
    items,
    mapping,
    number,
    policy,
    reference,
    text,
)
from nephograph.catalog.readers import each, says, tags
from nephograph.model.resource import Class
from nephograph.model.value import Reason, Unknown


def _versioning(document: Cursor) -> Tree:
    """`versioning { enabled = true }` (provider v3) in today's words."""
    enabled = document.at("versioning", "enabled")
    if not enabled.present or enabled.unknown:
        return enabled
    if enabled.value in (True, "true"):
        return enabled.be("Enabled")
    # A state writes false as well where versioning was never on, or was not yet when the bucket was read.
    return None if says(document.at("id")) else enabled.be("Suspended")


def _only_true(*path: str) -> Reader:
    """A flag of the bucket that a state writes as false although a part of the bucket sets it."""

    def read(document: Cursor) -> Tree:
        cursor = document.at(*path)
        return None if cursor.value in (False, "false") else cursor

    return read


def _algorithm(document: Cursor) -> Tree:
    """The bucket's own word on encryption; a state writes the default there, whatever a part of the bucket says."""
    cursor = document.at(*f"server_side_encryption_configuration.{_RULE}.sse_algorithm".split("."))
    return None if cursor.value == "AES256" and says(document.at("id")) else cursor


def _object_lock(document: Cursor) -> Tree:
    """Object lock under its two names; `false` is also what a state says where a part of the bucket turns it on."""
    new, old = document.at("object_lock_enabled"), document.at("object_lock_configuration", "object_lock_enabled")
    if new.unknown or new.value in (True, "true"):
        return new
    return old if says(old) else None


def _location(document: Cursor) -> Tree:
    """The region: null is what S3 says for us-east-1, EU for eu-west-1."""
    said = document.at("LocationConstraint")
    return said.be({"": "us-east-1", None: "us-east-1", "EU": "eu-west-1"}.get(said.value, said.value))


def _listed_region(document: Cursor) -> Tree:
    """The region in the list of buckets, which only some ways of asking get."""
    said = document.at("BucketRegion")
    return said if says(said) else said.be(Unknown(Reason.NOT_SEEN, "the answer of s3:GetBucketLocation"))


def _eventbridge(document: Cursor) -> Tree:
    """In a template the presence of the configuration is enough: it is on unless it says otherwise."""
    block = document.at("NotificationConfiguration", "EventBridgeConfiguration")
    if block.unknown or not block.present:
        return block
    said = block.at("EventBridgeEnabled")
    return said if said.present else block.be(True)


_BLOCKS = {
    "block_public_acls": "BlockPublicAcls",
    "ignore_public_acls": "IgnorePublicAcls",
    "block_public_policy": "BlockPublicPolicy",
    "restrict_public_buckets": "RestrictPublicBuckets",
}
_BLOCK = "PublicAccessBlockConfiguration"


_SILENT = {
    "accelerate_configuration": ("expected_bucket_owner", "status"),
    "cors_configuration": ("cors_rule", "expected_bucket_owner"),
    "request_payment_configuration": ("expected_bucket_owner", "payer"),
}
"""Parts that say nothing a lens asks for, and what they hold."""

_PART = {"id": "{name}"}
"""The id of a part is the name of its bucket."""

_RULE = "rule.apply_server_side_encryption_by_default"
_ENCRYPTION = "BucketEncryption.ServerSideEncryptionConfiguration"
_DEFAULT_RETENTION = "Rule.DefaultRetention"

_TEMPLATE: Fields = {
    "name": "BucketName",
    "acl": template_acl,
    "ownership": "OwnershipControls.Rules.ObjectOwnership",
    **{
        f"public_access_block.{name}": Otherwise(f"{_BLOCK}.{said}", False, when=(_BLOCK,))
        for name, said in _BLOCKS.items()
    },
    "encryption.algorithm": f"{_ENCRYPTION}.ServerSideEncryptionByDefault.SSEAlgorithm",
    "encryption.kms_key": f"{_ENCRYPTION}.ServerSideEncryptionByDefault.KMSMasterKeyID",
    "encryption.bucket_key": f"{_ENCRYPTION}.BucketKeyEnabled",
    "versioning": "VersioningConfiguration.Status",
    "logging.bucket": "LoggingConfiguration.DestinationBucketName",
    "logging.prefix": "LoggingConfiguration.LogFilePrefix",
    "lifecycle": each("LifecycleConfiguration.Rules", lifecycle_properties),
    "replication_role": "ReplicationConfiguration.Role",
    "replication": each("ReplicationConfiguration.Rules", replication_rule("Id")),
    "object_lock.enabled": "ObjectLockEnabled",
    "object_lock.mode": f"ObjectLockConfiguration.{_DEFAULT_RETENTION}.Mode",
    "object_lock.days": f"ObjectLockConfiguration.{_DEFAULT_RETENTION}.Days",
    "object_lock.years": f"ObjectLockConfiguration.{_DEFAULT_RETENTION}.Years",
    "website.index": "WebsiteConfiguration.IndexDocument",
    "website.redirects_to": "WebsiteConfiguration.RedirectAllRequestsTo.HostName",
    "notifications": notifications(
        "Event",
        {
            "NotificationConfiguration.LambdaConfigurations": "Function",
            "NotificationConfiguration.QueueConfigurations": "Queue",
            "NotificationConfiguration.TopicConfigurations": "Topic",
        },
    ),
    "eventbridge": _eventbridge,
    "tags": tags("Tags"),
}

_ANSWERS: dict[str, Fields] = {
    "GetBucketLocation": {"region": _location},
    "GetBucketPolicy": {"policy": "Policy"},
    "GetBucketAcl": {"acl": answered_acl, "grants": answered_grants},
    # A bucket without a block has none of the four settings on: the default of new buckets is a block.
    "GetPublicAccessBlock": {
        f"public_access_block.{name}": Otherwise(f"{_BLOCK}.{said}", False) for name, said in _BLOCKS.items()
    },
    # A bucket without ownership controls is one of before they existed.
    "GetBucketOwnershipControls": {
        "ownership": Otherwise("OwnershipControls.Rules.ObjectOwnership", "ObjectWriter"),
    },
    "GetBucketEncryption": {
        f"encryption.{name}": f"ServerSideEncryptionConfiguration.Rules.{said}"
        for name, said in {
            "algorithm": "ApplyServerSideEncryptionByDefault.SSEAlgorithm",
            "kms_key": "ApplyServerSideEncryptionByDefault.KMSMasterKeyID",
            "bucket_key": "BucketKeyEnabled",
        }.items()
    },
    "GetBucketVersioning": {"versioning": "Status", "mfa_delete": "MFADelete"},
    "GetBucketLogging": {
        "logging.bucket": "LoggingEnabled.TargetBucket",
        "logging.prefix": "LoggingEnabled.TargetPrefix",
    },
    "GetBucketTagging": {"tags": tags("TagSet")},
    "GetBucketLifecycleConfiguration": {"lifecycle": each("Rules", lifecycle_answer)},
    "GetBucketReplication": {
        "replication_role": "ReplicationConfiguration.Role",
        "replication": each("ReplicationConfiguration.Rules", replication_rule("ID")),
    },
    "GetBucketWebsite": {
        "website.index": "IndexDocument.Suffix",
        "website.redirects_to": "RedirectAllRequestsTo.HostName",
    },
    "GetObjectLockConfiguration": {
        "object_lock.enabled": "ObjectLockConfiguration.ObjectLockEnabled",
        "object_lock.mode": f"ObjectLockConfiguration.{_DEFAULT_RETENTION}.Mode",
        "object_lock.days": f"ObjectLockConfiguration.{_DEFAULT_RETENTION}.Days",
        "object_lock.years": f"ObjectLockConfiguration.{_DEFAULT_RETENTION}.Years",
    },
    "GetBucketNotificationConfiguration": {
        "notifications": notifications(
            "Events",
            {
                "LambdaFunctionConfigurations": "LambdaFunctionArn",
                "QueueConfigurations": "QueueArn",
                "TopicConfigurations": "TopicArn",
            },
        ),
        "eventbridge": lambda document: _present(document.at("EventBridgeConfiguration")),
    },
    "GetBucketAccelerateConfiguration": {},
    "GetBucketCors": {},
    # Said of the policy and the block as S3 sees them; the engines find it out themselves.
    "GetBucketPolicyStatus": {},
    "GetBucketRequestPayment": {},
}
"""What each question about one bucket is answered with. An answer that there is none is an empty one."""

_LEFT = {
    "GetBucketAccelerateConfiguration": ("RequestCharged", "Status"),
    "GetBucketCors": ("CORSRules",),
    "GetBucketLifecycleConfiguration": ("TransitionDefaultMinimumObjectSize",),
    "GetBucketPolicyStatus": ("PolicyStatus",),
    "GetBucketRequestPayment": ("Payer",),
    "GetBucketWebsite": ("ErrorDocument", "RoutingRules"),
}


def _present(cursor: Cursor) -> Cursor | None:
    return cursor.be(True) if cursor.present else None


KIND = Kind(
    native="AWS::S3::Bucket",
    service="s3",
    cls=Class.OBJECT_STORAGE,
    identity=("name",),
    global_=True,
    arn="arn:{partition}:s3:::{name}",
    id="{name}",
    label="name",
    fields={
        "name": text(),
        "region": text(),
        "policy": policy(),
        "acl": text(default="private"),
        "grants": items(grantee=text(), permission=text()),
        "ownership": text(default="BucketOwnerEnforced", since="buckets created since April 2023"),
        "public_access_block": group(
            block_public_acls=flag(default=True, since="buckets created since April 2023"),
            ignore_public_acls=flag(default=True, since="buckets created since April 2023"),
            block_public_policy=flag(default=True, since="buckets created since April 2023"),
            restrict_public_buckets=flag(default=True, since="buckets created since April 2023"),
        ),
        "encryption": group(
            algorithm=text(default="AES256", since="January 2023"),
            kms_key=reference("aws_kms_key", "aws_kms_alias"),
            bucket_key=flag(default=False),
        ),
        "versioning": text(default="Disabled"),
        "mfa_delete": flag(default=False),
        "logging": group(bucket=reference("aws_s3_bucket"), prefix=text()),
        "lifecycle": LIFECYCLE,
        "replication_role": reference("aws_iam_role"),
        "replication": REPLICATION,
        "object_lock": group(enabled=flag(default=False), mode=text(), days=number(), years=number()),
        "website": group(index=text(), redirects_to=text()),
        "notifications": NOTIFICATIONS,
        "eventbridge": flag(default=False),
        "tags": mapping(),
    },
    links=(
        Link("encrypted_by", "encryption.kms_key"),
        Link("logs_to", "logging.bucket"),
        Link("replicates_as", "replication_role"),
        Link("replicates_to", "replication.*.bucket"),
        Link("notifies", "notifications.*.target"),
    ),
    spellings=(
        Spelling(
            "terraform",
            "aws_s3_bucket",
            {
                "name": "bucket",
                "region": Either(("bucket_region", "region")),
                "policy": "policy",
                "acl": "acl",
                "grants": grant_blocks,
                "encryption.algorithm": _algorithm,
                "encryption.kms_key": f"server_side_encryption_configuration.{_RULE}.kms_master_key_id",
                "encryption.bucket_key": _only_true(
                    "server_side_encryption_configuration", "rule", "bucket_key_enabled"
                ),
                "versioning": _versioning,
                "mfa_delete": _only_true("versioning", "mfa_delete"),
                "logging.bucket": "logging.target_bucket",
                "logging.prefix": "logging.target_prefix",
                "lifecycle": lifecycle_blocks("lifecycle_rule"),
                "replication_role": "replication_configuration.role",
                "replication": each("replication_configuration.rules", replication_block),
                "object_lock.enabled": _object_lock,
                "object_lock.mode": "object_lock_configuration.rule.default_retention.mode",
                "object_lock.days": "object_lock_configuration.rule.default_retention.days",
                "object_lock.years": "object_lock_configuration.rule.default_retention.years",
                "website.index": "website.index_document",
                "website.redirects_to": "website.redirect_all_requests_to",
                "tags": "tags",
            },
            computed={
                "bucket": "{name}",
                "bucket_domain_name": "{name}.s3.amazonaws.com",
                "bucket_regional_domain_name": "{name}.s3.{region}.amazonaws.com",
            },
            ignores=(
                "acceleration_status",
                "bucket_namespace",
                "bucket_prefix",
                "cors_rule",
                "force_destroy",
                "hosted_zone_id",
                "request_payer",
                "website_domain",
                "website_endpoint",
            ),
        ),
        Spelling("terraform", "aws_s3_bucket_policy", {"policy": "policy"}, part_of="bucket", computed=_PART),
        Spelling(
            "terraform",
            "aws_s3_bucket_acl",
            {"acl": "acl", "grants": policy_grants},
            # Its id holds the list as well.
            part_of="bucket",
            ignores=("expected_bucket_owner",),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_ownership_controls",
            {"ownership": "rule.object_ownership"},
            part_of="bucket",
            computed=_PART,
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_public_access_block",
            # A block that leaves a flag out sets it to false: not the default of a bucket without a block.
            {f"public_access_block.{name}": Otherwise(name, False) for name in _BLOCKS},
            part_of="bucket",
            computed=_PART,
            ignores=("skip_destroy",),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_server_side_encryption_configuration",
            {
                "encryption.algorithm": f"{_RULE}.sse_algorithm",
                "encryption.kms_key": f"{_RULE}.kms_master_key_id",
                "encryption.bucket_key": "rule.bucket_key_enabled",
            },
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner",),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_versioning",
            {"versioning": "versioning_configuration.status", "mfa_delete": "versioning_configuration.mfa_delete"},
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner", "mfa"),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_logging",
            {"logging.bucket": "target_bucket", "logging.prefix": "target_prefix"},
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner", "target_grant", "target_object_key_format"),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_lifecycle_configuration",
            {"lifecycle": lifecycle_blocks("rule")},
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner", "transition_default_minimum_object_size"),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_replication_configuration",
            {"replication_role": "role", "replication": each("rule", replication_block)},
            part_of="bucket",
            computed=_PART,
            ignores=("token",),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_object_lock_configuration",
            {
                "object_lock.enabled": Otherwise("object_lock_enabled", True),
                "object_lock.mode": "rule.default_retention.mode",
                "object_lock.days": "rule.default_retention.days",
                "object_lock.years": "rule.default_retention.years",
            },
            part_of="bucket",
            computed=_PART,
            ignores=("expected_bucket_owner", "token"),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_website_configuration",
            {"website.index": "index_document.suffix", "website.redirects_to": "redirect_all_requests_to.host_name"},
            part_of="bucket",
            computed={
                **_PART,
                "website_domain": "s3-website-{region}.amazonaws.com",
                "website_endpoint": "{name}.s3-website-{region}.amazonaws.com",
            },
            ignores=("error_document", "expected_bucket_owner", "routing_rule", "routing_rules"),
        ),
        Spelling(
            "terraform",
            "aws_s3_bucket_notification",
            {
                "notifications": notifications(
                    "events", {"lambda_function": "lambda_function_arn", "queue": "queue_arn", "topic": "topic_arn"}
                ),
                "eventbridge": "eventbridge",
            },
            part_of="bucket",
            computed=_PART,
        ),
        *(
            Spelling("terraform", f"aws_s3_bucket_{rest}", {}, part_of="bucket", computed=_PART, ignores=ignored)
            for rest, ignored in _SILENT.items()
        ),
        Spelling(
            "cloudformation",
            "AWS::S3::Bucket",
            _TEMPLATE,
            computed={
                "DomainName": "{name}.s3.amazonaws.com",
                "DualStackDomainName": "{name}.s3.dualstack.{region}.amazonaws.com",
                "RegionalDomainName": "{name}.s3.{region}.amazonaws.com",
                "WebsiteURL": "http://{name}.s3-website-{region}.amazonaws.com",
            },
            ignores=(
                "AbacStatus",
                "AccelerateConfiguration",
                "AnalyticsConfigurations",
                "BucketNamePrefix",
                "BucketNamespace",
                "CorsConfiguration",
                "IntelligentTieringConfigurations",
                "InventoryConfigurations",
                "MetadataConfiguration",
                "MetadataTableConfiguration",
                "MetricsConfigurations",
            ),
        ),
        Spelling(
            "cloudformation",
            "AWS::S3::BucketPolicy",
            {"policy": "PolicyDocument"},
            part_of="Bucket",
            computed={"Ref": "{name}"},
        ),
        Spelling(
            "api",
            "s3:ListBuckets",
            {"name": "Name", "region": _listed_region},
            items="Buckets.*",
            key="Name",
            ignores=("BucketArn", "ContinuationToken", "CreationDate", "Owner", "Prefix"),
        ),
        *(
            Spelling(
                "api",
                f"s3:{operation}",
                fields,
                part_of="Bucket",
                asks=("Bucket",),
                ignores=_LEFT.get(operation, ()),
            )
            for operation, fields in _ANSWERS.items()
        ),
    ),
    references=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html",
    ),
)
