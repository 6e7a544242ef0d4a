"""Record what `aws … describe-*`, `list-*` and `get-*` would say of the examples, from an AWS that is played by moto.

    python scripts/record_shop.py            # examples/tiny and examples/shop → tests/examples/dumps/<name>/
    python scripts/record_shop.py tiny

The example is evaluated by nephograph's own Terraform source and built with boto3 in the order its references ask
for, in an AWS inside this process. Then every call that the catalog knows is made in every account and its answer is
written as `accounts/<account>/<region>/<service>/<operation>[.<asked>].json`, errors as the AWS CLI prints them.
Identifiers are seeded and times fixed, so that a second run writes the same bytes. What moto cannot do is printed.

Needs moto and boto3, which are no dependencies of nephograph.
"""

from __future__ import annotations

import datetime
import io
import json
import os
import pathlib
import re
import shutil
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import boto3
from botocore.exceptions import ClientError, ParamValidationError
from moto import mock_aws
from moto.acm.models import acm_backends
from moto.ec2.models import ec2_backends
from moto.kms.models import kms_backends
from moto.moto_api._internal import mock_random
from moto.route53.models import route53_backends

from nephograph.model.source import Document, LoadOptions
from nephograph.model.value import Reason, Unknown
from nephograph.sources.awscli import SOURCE as DUMPS
from nephograph.sources.awscli.failures import means_none
from nephograph.sources.awscli.operations import Operation, index
from nephograph.sources.terraform import SOURCE as TERRAFORM

ROOT = pathlib.Path(__file__).resolve().parents[1]
DUMP_FOLDER = ROOT / "tests" / "examples" / "dumps"
REGION = "eu-west-1"
TIME = "2026-01-15T09:00:00+00:00"
TIME_MILLISECONDS = 1_768_467_600_000
PLACEHOLDER = "made-up-for-the-recording"
"""What stands where the example says nothing that may be kept (a password)."""

EXTRA: dict[str, list[dict[str, Any]]] = {
    "ec2:DescribeImages": [{"Owners": ["self"]}],
    "ec2:DescribeInstanceAttribute": [{"Attribute": name} for name in ("userData", "disableApiTermination")],
    "ec2:DescribeSnapshots": [{"OwnerIds": ["self"]}],
    "ec2:DescribeVpcAttribute": [{"Attribute": name} for name in ("enableDnsSupport", "enableDnsHostnames")],
    "iam:GetAccountAuthorizationDetails": [{"Filter": ["User", "Role", "Group", "LocalManagedPolicy"]}],
    "iam:ListPolicies": [{"Scope": "Local"}],
    "kms:GetKeyPolicy": [{"PolicyName": "default"}],
    "organizations:ListPolicies": [{"Filter": "SERVICE_CONTROL_POLICY"}],
    "rds:DescribeDBSnapshots": [{"SnapshotType": "manual"}],
    "sqs:GetQueueAttributes": [{"AttributeNames": ["All"]}],
    "wafv2:ListWebACLs": [{"Scope": "REGIONAL"}],
}
"""Parameters of calls beside what they ask for: what an auditor would write. Several sets are several calls."""

FIRST = ("aws_iam_policy", "aws_iam_role", "aws_iam_instance_profile")
"""Types that others name by plain names rather than by references."""

SELECTS = {
    "elbv2:DescribeListeners": ("LoadBalancerArn", "aws_lb"),
    "elbv2:DescribeRules": ("ListenerArn", "aws_lb_listener"),
    "iam:ListAccessKeys": ("UserName", "aws_iam_user"),
    "route53:ListResourceRecordSets": ("HostedZoneId", "aws_route53_zone"),
}
"""What AWS wants to be told although its model lets it be left out, and the kind whose things it is."""

notes: dict[str, None] = {}


def note(text: str) -> None:
    """Something that moto could not do, printed once at the end."""
    notes[text] = None


class Account:
    """Clients of one account."""

    def __init__(self, id: str) -> None:
        self.id = id
        role = f"arn:aws:iam::{id}:role/recorder"
        keys = boto3.client("sts", REGION).assume_role(RoleArn=role, RoleSessionName="record")["Credentials"]
        self._session = boto3.Session(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], REGION)
        self._clients: dict[str, Any] = {}

    def __call__(self, service: str) -> Any:
        if service not in self._clients:
            self._clients[service] = self._session.client(service)
        return self._clients[service]


Attributes = dict[str, Any]
Creator = Callable[[Account, Attributes], Attributes]
CREATORS: dict[str, Creator] = {}


def creates(function: Creator) -> Creator:
    """Registers what creates a Terraform type; it returns what the provider would compute."""
    CREATORS[function.__name__] = function
    return function


def block(attributes: Attributes, name: str) -> Attributes:
    """A nested block; {} when it is not written."""
    found = attributes.get(name)
    found = found[0] if isinstance(found, list) and found else found
    return found if isinstance(found, dict) else {}


def blocks(attributes: Attributes, name: str) -> list[Attributes]:
    """All nested blocks of a name."""
    found = attributes.get(name) or []
    return found if isinstance(found, list) else [found]


def tags(attributes: Attributes) -> list[dict[str, str]]:
    """Tags as most calls take them."""
    return [{"Key": key, "Value": str(value)} for key, value in sorted((attributes.get("tags") or {}).items())]


def tagged(attributes: Attributes, *types: str) -> dict[str, Any]:
    """Tags as EC2 takes them."""
    return (
        {"TagSpecifications": [{"ResourceType": t, "Tags": tags(attributes)} for t in types]}
        if tags(attributes)
        else {}
    )


def some(**values: Any) -> dict[str, Any]:
    """The values that are set."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


# -- network -------------------------------------------------------------------------------------------------------


@creates
def aws_vpc(aws: Account, a: Attributes) -> Attributes:
    """DNS hostnames are switched on afterwards, as the provider does."""
    made = aws("ec2").create_vpc(CidrBlock=a["cidr_block"], **tagged(a, "vpc"))["Vpc"]["VpcId"]
    for name, attribute in (("enable_dns_support", "EnableDnsSupport"), ("enable_dns_hostnames", "EnableDnsHostnames")):
        if a.get(name) is not None:
            aws("ec2").modify_vpc_attribute(VpcId=made, **{attribute: {"Value": a[name]}})
    return {"id": made}


@creates
def aws_internet_gateway(aws: Account, a: Attributes) -> Attributes:
    """Made and attached."""
    made = aws("ec2").create_internet_gateway(**tagged(a, "internet-gateway"))["InternetGateway"]["InternetGatewayId"]
    aws("ec2").attach_internet_gateway(InternetGatewayId=made, VpcId=a["vpc_id"])
    return {"id": made}


@creates
def aws_subnet(aws: Account, a: Attributes) -> Attributes:
    """A subnet; where no zone is written AWS chooses one."""
    made = aws("ec2").create_subnet(
        VpcId=a["vpc_id"],
        CidrBlock=a["cidr_block"],
        **some(AvailabilityZone=a.get("availability_zone")),
        **tagged(a, "subnet"),
    )["Subnet"]["SubnetId"]
    # moto takes the first subnet of a zone for the default one of the account.
    ec2_backends[aws.id][REGION].get_subnet(made).default_for_az = False
    public = bool(a.get("map_public_ip_on_launch"))
    aws("ec2").modify_subnet_attribute(SubnetId=made, MapPublicIpOnLaunch={"Value": public})
    return {"id": made}


@creates
def aws_route_table(aws: Account, a: Attributes) -> Attributes:
    """A table with its routes."""
    made = aws("ec2").create_route_table(VpcId=a["vpc_id"], **tagged(a, "route-table"))["RouteTable"]["RouteTableId"]
    for route in blocks(a, "route"):
        add_route(aws, made, {**route, "destination_cidr_block": route.get("cidr_block")})
    return {"id": made}


def add_route(aws: Account, table: str, route: Attributes) -> None:
    """One route of a table."""
    aws("ec2").create_route(
        RouteTableId=table,
        **some(
            DestinationCidrBlock=route.get("destination_cidr_block"),
            GatewayId=route.get("gateway_id"),
            NatGatewayId=route.get("nat_gateway_id"),
        ),
    )


@creates
def aws_route(aws: Account, a: Attributes) -> Attributes:
    """A route of its own."""
    add_route(aws, a["route_table_id"], a)
    return {}


@creates
def aws_route_table_association(aws: Account, a: Attributes) -> Attributes:
    """A subnet joins a table."""
    made = aws("ec2").associate_route_table(SubnetId=a["subnet_id"], RouteTableId=a["route_table_id"])
    return {"id": made["AssociationId"]}


@creates
def aws_eip(aws: Account, a: Attributes) -> Attributes:
    """An address, bound to an instance when one is named."""
    made = aws("ec2").allocate_address(Domain="vpc", **tagged(a, "elastic-ip"))
    if a.get("instance"):
        aws("ec2").associate_address(AllocationId=made["AllocationId"], InstanceId=a["instance"])
    return {"id": made["AllocationId"], "allocation_id": made["AllocationId"], "public_ip": made["PublicIp"]}


@creates
def aws_nat_gateway(aws: Account, a: Attributes) -> Attributes:
    """A NAT gateway at an address."""
    made = aws("ec2").create_nat_gateway(
        AllocationId=a["allocation_id"], SubnetId=a["subnet_id"], **tagged(a, "natgateway")
    )
    return {"id": made["NatGateway"]["NatGatewayId"]}


@creates
def aws_network_acl(aws: Account, a: Attributes) -> Attributes:
    """A list of rules; its subnets leave the default list for it."""
    made = aws("ec2").create_network_acl(VpcId=a["vpc_id"], **tagged(a, "network-acl"))["NetworkAcl"]["NetworkAclId"]
    for egress in (False, True):
        for rule in blocks(a, "egress" if egress else "ingress"):
            aws("ec2").create_network_acl_entry(
                NetworkAclId=made,
                Egress=egress,
                RuleNumber=rule["rule_no"],
                RuleAction=rule["action"],
                Protocol={"tcp": "6", "udp": "17"}.get(rule["protocol"], rule["protocol"]),
                PortRange={"From": rule["from_port"], "To": rule["to_port"]},
                CidrBlock=rule["cidr_block"],
            )
    listed = aws("ec2").describe_network_acls()["NetworkAcls"]
    held = {x["SubnetId"]: x["NetworkAclAssociationId"] for acl in listed for x in acl["Associations"]}
    for subnet in a.get("subnet_ids") or []:
        aws("ec2").replace_network_acl_association(AssociationId=held[subnet], NetworkAclId=made)
    return {"id": made}


def permission(rule: Attributes) -> Attributes:
    """An inline rule as EC2 takes it."""
    told = some(Description=rule.get("description"))
    everything = rule["protocol"] == "-1"
    return {
        "IpProtocol": rule["protocol"],
        **({} if everything else {"FromPort": rule["from_port"], "ToPort": rule["to_port"]}),
        **some(
            IpRanges=[{"CidrIp": cidr, **told} for cidr in rule.get("cidr_blocks") or []],
            UserIdGroupPairs=[{"GroupId": group, **told} for group in rule.get("security_groups") or []],
        ),
    }


@creates
def aws_security_group(aws: Account, a: Attributes) -> Attributes:
    """A group with its inline rules; the provider takes away the rule that AWS adds."""
    made = aws("ec2").create_security_group(
        GroupName=a["name"], Description=a.get("description") or "Managed by Terraform", VpcId=a["vpc_id"]
    )["GroupId"]
    if tags(a):
        aws("ec2").create_tags(Resources=[made], Tags=tags(a))
    everything = {"protocol": "-1", "cidr_blocks": ["0.0.0.0/0"]}
    aws("ec2").revoke_security_group_egress(GroupId=made, IpPermissions=[permission(everything)])
    for rule in blocks(a, "ingress"):
        aws("ec2").authorize_security_group_ingress(GroupId=made, IpPermissions=[permission(rule)])
    for rule in blocks(a, "egress"):
        aws("ec2").authorize_security_group_egress(GroupId=made, IpPermissions=[permission(rule)])
    return {"id": made, "arn": f"arn:aws:ec2:{REGION}:{aws.id}:security-group/{made}"}


@creates
def aws_security_group_rule(aws: Account, a: Attributes) -> Attributes:
    """One rule, the old way."""
    groups = [a["source_security_group_id"]] if a.get("source_security_group_id") else []
    allow = getattr(aws("ec2"), f"authorize_security_group_{a['type']}")
    allow(GroupId=a["security_group_id"], IpPermissions=[permission({**a, "security_groups": groups})])
    return {}


def split_rule(aws: Account, a: Attributes, way: str) -> Attributes:
    """One rule, the new way."""
    rule = {**a, "protocol": a["ip_protocol"], "cidr_blocks": [a["cidr_ipv4"]] if a.get("cidr_ipv4") else []}
    allow = getattr(aws("ec2"), f"authorize_security_group_{way}")
    allow(GroupId=a["security_group_id"], IpPermissions=[permission(rule)])
    return {}


@creates
def aws_vpc_security_group_ingress_rule(aws: Account, a: Attributes) -> Attributes:
    """One rule in."""
    return split_rule(aws, a, "ingress")


@creates
def aws_vpc_security_group_egress_rule(aws: Account, a: Attributes) -> Attributes:
    """One rule out."""
    return split_rule(aws, a, "egress")


# -- computing -----------------------------------------------------------------------------------------------------


@creates
def aws_instance(aws: Account, a: Attributes) -> Attributes:
    """A host with its root volume, its role and how its metadata is asked."""
    disk, metadata = block(a, "root_block_device"), block(a, "metadata_options")
    ebs = some(
        VolumeType=disk.get("volume_type"),
        VolumeSize=disk.get("volume_size"),
        Encrypted=disk.get("encrypted"),
        KmsKeyId=disk.get("kms_key_id"),
    )
    if ebs:
        ebs.setdefault("VolumeSize", 8)  # what the image has
    made = aws("ec2").run_instances(
        MinCount=1,
        MaxCount=1,
        ImageId=a["ami"],
        InstanceType=a["instance_type"],
        NetworkInterfaces=[
            {
                "DeviceIndex": 0,
                "SubnetId": a["subnet_id"],
                "Groups": a["vpc_security_group_ids"],
                **some(AssociatePublicIpAddress=a.get("associate_public_ip_address")),
            }
        ],
        **some(
            KeyName=a.get("key_name"),
            UserData=a.get("user_data"),
            IamInstanceProfile=some(Name=a.get("iam_instance_profile")) or None,
            Monitoring={"Enabled": True} if a.get("monitoring") else None,
            BlockDeviceMappings=[{"DeviceName": "/dev/sda1", "Ebs": ebs}] if ebs else None,
            MetadataOptions=some(
                HttpEndpoint=metadata.get("http_endpoint"),
                HttpTokens=metadata.get("http_tokens"),
                HttpPutResponseHopLimit=metadata.get("http_put_response_hop_limit"),
                InstanceMetadataTags=metadata.get("instance_metadata_tags"),
            )
            or None,
        ),
        **tagged(a, "instance"),
    )["Instances"][0]
    host = ec2_backends[aws.id][REGION].get_instance(made["InstanceId"])
    # AWS states the groups of the first interface as those of the instance, and deletes the root volume with it.
    host.security_groups = list(host.nics[0].group_set)
    host.block_device_mapping[host.root_device_name].delete_on_termination = True
    if a.get("disable_api_termination"):
        aws("ec2").modify_instance_attribute(InstanceId=made["InstanceId"], DisableApiTermination={"Value": True})
    return {"id": made["InstanceId"], "private_ip": made.get("PrivateIpAddress")}


@creates
def aws_ebs_volume(aws: Account, a: Attributes) -> Attributes:
    """A volume."""
    made = aws("ec2").create_volume(
        AvailabilityZone=a["availability_zone"],
        Size=a["size"],
        VolumeType=a["type"],
        **some(Encrypted=a.get("encrypted"), KmsKeyId=a.get("kms_key_id")),
        **tagged(a, "volume"),
    )
    return {"id": made["VolumeId"]}


@creates
def aws_volume_attachment(aws: Account, a: Attributes) -> Attributes:
    """A volume at a host."""
    aws("ec2").attach_volume(VolumeId=a["volume_id"], InstanceId=a["instance_id"], Device=a["device_name"])
    return {}


@creates
def aws_lambda_function(aws: Account, a: Attributes) -> Attributes:
    """A function; its code is a made-up archive, for the artifacts' bucket is somebody else's."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(zipfile.ZipInfo("main.py"), "def main(event, context): pass\n")
    network, environment = block(a, "vpc_config"), block(a, "environment")
    made = aws("lambda").create_function(
        FunctionName=a["function_name"],
        Role=a["role"],
        Runtime=a["runtime"],
        Handler=a["handler"],
        Code={"ZipFile": archive.getvalue()},
        Timeout=a.get("timeout") or 3,
        **some(
            VpcConfig=some(SubnetIds=network.get("subnet_ids"), SecurityGroupIds=network.get("security_group_ids"))
            or None,
            Environment={"Variables": environment["variables"]} if environment.get("variables") else None,
            Tags=a.get("tags") or None,
        ),
    )
    return {"id": made["FunctionName"], "arn": made["FunctionArn"]}


@creates
def aws_lambda_permission(aws: Account, a: Attributes) -> Attributes:
    """A statement of a function's policy."""
    aws("lambda").add_permission(
        FunctionName=a["function_name"],
        StatementId=a["statement_id"],
        Action=a["action"],
        Principal=a["principal"],
        **some(SourceArn=a.get("source_arn")),
    )
    return {}


# -- balancing -----------------------------------------------------------------------------------------------------


@creates
def aws_lb(aws: Account, a: Attributes) -> Attributes:
    """A balancer and its attributes."""
    made = aws("elbv2").create_load_balancer(
        Name=a["name"],
        Type=a["load_balancer_type"],
        Scheme="internal" if a.get("internal") else "internet-facing",
        Subnets=a["subnets"],
        SecurityGroups=a["security_groups"],
        **some(Tags=tags(a)),
    )["LoadBalancers"][0]
    logs = block(a, "access_logs")
    wanted = {
        "routing.http.drop_invalid_header_fields.enabled": a.get("drop_invalid_header_fields"),
        "deletion_protection.enabled": a.get("enable_deletion_protection"),
        "access_logs.s3.enabled": logs.get("enabled"),
        "access_logs.s3.bucket": logs.get("bucket"),
        "access_logs.s3.prefix": logs.get("prefix"),
    }
    written = [{"Key": k, "Value": str(v).lower() if isinstance(v, bool) else v} for k, v in some(**wanted).items()]
    aws("elbv2").modify_load_balancer_attributes(LoadBalancerArn=made["LoadBalancerArn"], Attributes=written)
    arn = made["LoadBalancerArn"]
    return {"id": arn, "arn": arn, "dns_name": made["DNSName"], "zone_id": made["CanonicalHostedZoneId"]}


def action(written: Attributes) -> Attributes:
    """An action of a listener or rule."""
    redirect = block(written, "redirect")
    return {
        "Type": written["type"],
        **some(
            TargetGroupArn=written.get("target_group_arn"),
            RedirectConfig=some(
                Port=redirect.get("port"), Protocol=redirect.get("protocol"), StatusCode=redirect.get("status_code")
            )
            or None,
        ),
    }


@creates
def aws_lb_listener(aws: Account, a: Attributes) -> Attributes:
    """A port that is listened on. The example's certificate is somebody else's: it is there only for this moment."""
    held = acm_backends[aws.id][REGION]._certificates
    if a.get("certificate_arn"):
        lent = aws("acm").request_certificate(DomainName="shop.example.com")["CertificateArn"]
        held[a["certificate_arn"]] = held.pop(lent)
    made = aws("elbv2").create_listener(
        LoadBalancerArn=a["load_balancer_arn"],
        Port=int(a["port"]),
        Protocol=a["protocol"],
        DefaultActions=[action(one) for one in blocks(a, "default_action")],
        **some(
            SslPolicy=a.get("ssl_policy"),
            Certificates=[{"CertificateArn": a["certificate_arn"]}] if a.get("certificate_arn") else None,
            Tags=tags(a),
        ),
    )["Listeners"][0]
    held.clear()
    return {"id": made["ListenerArn"], "arn": made["ListenerArn"]}


@creates
def aws_lb_listener_rule(aws: Account, a: Attributes) -> Attributes:
    """A rule of a listener."""
    paths = [value for one in blocks(a, "condition") for value in block(one, "path_pattern").get("values") or []]
    made = aws("elbv2").create_rule(
        ListenerArn=a["listener_arn"],
        Priority=int(a["priority"]),
        Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": paths}}],
        Actions=[action(one) for one in blocks(a, "action")],
        **some(Tags=tags(a)),
    )["Rules"][0]
    return {"id": made["RuleArn"], "arn": made["RuleArn"]}


@creates
def aws_lb_target_group(aws: Account, a: Attributes) -> Attributes:
    """Where requests go."""
    health = block(a, "health_check")
    made = aws("elbv2").create_target_group(
        Name=a["name"],
        TargetType=a.get("target_type") or "instance",
        **some(
            VpcId=a.get("vpc_id"),
            Port=a.get("port"),
            Protocol=a.get("protocol"),
            HealthCheckPath=health.get("path"),
            Matcher={"HttpCode": health["matcher"]} if health.get("matcher") else None,
            Tags=tags(a),
        ),
    )["TargetGroups"][0]
    return {"id": made["TargetGroupArn"], "arn": made["TargetGroupArn"]}


@creates
def aws_lb_target_group_attachment(aws: Account, a: Attributes) -> Attributes:
    """One target."""
    target = {"Id": a["target_id"], **some(Port=a.get("port"))}
    aws("elbv2").register_targets(TargetGroupArn=a["target_group_arn"], Targets=[target])
    return {}


# -- identity ------------------------------------------------------------------------------------------------------


@creates
def aws_iam_role(aws: Account, a: Attributes) -> Attributes:
    """A role with its inline policies."""
    made = aws("iam").create_role(
        RoleName=a["name"],
        Path=a.get("path") or "/",
        AssumeRolePolicyDocument=a["assume_role_policy"],
        **some(
            MaxSessionDuration=a.get("max_session_duration"),
            PermissionsBoundary=a.get("permissions_boundary"),
            Tags=tags(a),
        ),
    )["Role"]
    for policy in blocks(a, "inline_policy"):
        aws("iam").put_role_policy(RoleName=a["name"], PolicyName=policy["name"], PolicyDocument=policy["policy"])
    return {"id": a["name"], "name": a["name"], "arn": made["Arn"], "unique_id": made["RoleId"]}


@creates
def aws_iam_role_policy(aws: Account, a: Attributes) -> Attributes:
    """An inline policy."""
    aws("iam").put_role_policy(RoleName=a["role"], PolicyName=a["name"], PolicyDocument=a["policy"])
    return {}


@creates
def aws_iam_policy(aws: Account, a: Attributes) -> Attributes:
    """A managed policy."""
    made = aws("iam").create_policy(
        PolicyName=a["name"], Path=a.get("path") or "/", PolicyDocument=a["policy"], **some(Tags=tags(a))
    )["Policy"]
    return {"id": made["Arn"], "arn": made["Arn"]}


@creates
def aws_iam_role_policy_attachment(aws: Account, a: Attributes) -> Attributes:
    """A managed policy at a role."""
    aws("iam").attach_role_policy(RoleName=a["role"], PolicyArn=a["policy_arn"])
    return {}


@creates
def aws_iam_instance_profile(aws: Account, a: Attributes) -> Attributes:
    """What hands a role to a host."""
    aws("iam").get_role(RoleName=a["role"])
    made = aws("iam").create_instance_profile(InstanceProfileName=a["name"], **some(Tags=tags(a)))["InstanceProfile"]
    aws("iam").add_role_to_instance_profile(InstanceProfileName=a["name"], RoleName=a["role"])
    return {"id": a["name"], "name": a["name"], "arn": made["Arn"]}


@creates
def aws_iam_openid_connect_provider(aws: Account, a: Attributes) -> Attributes:
    """Whose tokens are believed."""
    made = aws("iam").create_open_id_connect_provider(
        Url=a["url"],
        ClientIDList=a["client_id_list"],
        ThumbprintList=a.get("thumbprint_list") or ["0" * 40],
        **some(Tags=tags(a)),
    )
    return {"id": made["OpenIDConnectProviderArn"], "arn": made["OpenIDConnectProviderArn"]}


# -- data ----------------------------------------------------------------------------------------------------------


@creates
def aws_kms_key(aws: Account, a: Attributes) -> Attributes:
    """A key, its policy and its rotation."""
    made = aws("kms").create_key(
        Policy=a["policy"],
        Description=a.get("description") or "",
        Tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in tags(a)],
    )["KeyMetadata"]
    if a.get("enable_key_rotation"):
        aws("kms").enable_key_rotation(KeyId=made["KeyId"])
    return {"id": made["KeyId"], "key_id": made["KeyId"], "arn": made["Arn"]}


@creates
def aws_kms_alias(aws: Account, a: Attributes) -> Attributes:
    """A key's name."""
    aws("kms").create_alias(AliasName=a["name"], TargetKeyId=a["target_key_id"])
    return {}


@creates
def aws_s3_bucket(aws: Account, a: Attributes) -> Attributes:
    """A bucket; since April 2023 AWS switches on its public access block and takes away its lists."""
    name = a["bucket"]
    aws("s3").create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
    closed = dict.fromkeys(("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True)
    aws("s3").put_public_access_block(Bucket=name, PublicAccessBlockConfiguration=closed)
    aws("s3").put_bucket_ownership_controls(
        Bucket=name, OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    )
    if tags(a):
        aws("s3").put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags(a)})
    arn = f"arn:aws:s3:::{name}"
    return {"id": name, "bucket": name, "arn": arn, "bucket_regional_domain_name": f"{name}.s3.{REGION}.amazonaws.com"}


@creates
def aws_s3_bucket_public_access_block(aws: Account, a: Attributes) -> Attributes:
    """What keeps a bucket from the public."""
    aws("s3").put_public_access_block(Bucket=a["bucket"], PublicAccessBlockConfiguration=access_block(a))
    return {"id": a["bucket"], "bucket": a["bucket"]}


def access_block(a: Attributes) -> Attributes:
    """The four switches."""
    return {
        "BlockPublicAcls": bool(a.get("block_public_acls")),
        "IgnorePublicAcls": bool(a.get("ignore_public_acls")),
        "BlockPublicPolicy": bool(a.get("block_public_policy")),
        "RestrictPublicBuckets": bool(a.get("restrict_public_buckets")),
    }


@creates
def aws_s3_account_public_access_block(aws: Account, a: Attributes) -> Attributes:
    """What keeps an account's buckets from the public."""
    aws("s3control").put_public_access_block(AccountId=aws.id, PublicAccessBlockConfiguration=access_block(a))
    return {}


@creates
def aws_s3_bucket_server_side_encryption_configuration(aws: Account, a: Attributes) -> Attributes:
    """How a bucket encrypts."""
    rules = []
    for rule in blocks(a, "rule"):
        default = block(rule, "apply_server_side_encryption_by_default")
        own = default.get("kms_master_key_id")
        # Which of the two it is hangs on an ARN that is known only here.
        algorithm = default.get("sse_algorithm") or ("aws:kms" if own else "AES256")
        written = {"SSEAlgorithm": algorithm, **some(KMSMasterKeyID=own)}
        key = some(BucketKeyEnabled=rule.get("bucket_key_enabled"))
        rules.append({"ApplyServerSideEncryptionByDefault": written, **key})
    aws("s3").put_bucket_encryption(Bucket=a["bucket"], ServerSideEncryptionConfiguration={"Rules": rules})
    return {"id": a["bucket"]}


@creates
def aws_s3_bucket_versioning(aws: Account, a: Attributes) -> Attributes:
    """Whether a bucket keeps old objects."""
    status = block(a, "versioning_configuration")["status"]
    aws("s3").put_bucket_versioning(Bucket=a["bucket"], VersioningConfiguration={"Status": status})
    return {"id": a["bucket"]}


@creates
def aws_s3_bucket_policy(aws: Account, a: Attributes) -> Attributes:
    """A bucket's policy."""
    aws("s3").put_bucket_policy(Bucket=a["bucket"], Policy=a["policy"])
    return {"id": a["bucket"]}


@creates
def aws_db_subnet_group(aws: Account, a: Attributes) -> Attributes:
    """Where databases stand."""
    aws("rds").create_db_subnet_group(
        DBSubnetGroupName=a["name"],
        DBSubnetGroupDescription=a.get("description") or "Managed by Terraform",
        SubnetIds=a["subnet_ids"],
        Tags=tags(a),
    )
    return {"id": a["name"], "name": a["name"]}


@creates
def aws_db_instance(aws: Account, a: Attributes) -> Attributes:
    """A database."""
    made = aws("rds").create_db_instance(
        DBInstanceIdentifier=a["identifier"],
        Engine=a["engine"],
        EngineVersion=a["engine_version"],
        DBInstanceClass=a["instance_class"],
        AllocatedStorage=a["allocated_storage"],
        MasterUsername=a["username"],
        MasterUserPassword=PLACEHOLDER,
        **some(
            DBName=a.get("db_name"),
            Port=a.get("port"),
            MultiAZ=a.get("multi_az"),
            StorageEncrypted=a.get("storage_encrypted"),
            KmsKeyId=a.get("kms_key_id"),
            DBSubnetGroupName=a.get("db_subnet_group_name"),
            VpcSecurityGroupIds=a.get("vpc_security_group_ids"),
            PubliclyAccessible=a.get("publicly_accessible"),
            BackupRetentionPeriod=a.get("backup_retention_period"),
            DeletionProtection=a.get("deletion_protection"),
            Tags=tags(a),
        ),
    )["DBInstance"]
    address = (made.get("Endpoint") or {}).get("Address", "")
    return {
        "id": a["identifier"],
        "arn": made["DBInstanceArn"],
        "address": address,
        "endpoint": f"{address}:{a['port']}",
    }


@creates
def aws_secretsmanager_secret(aws: Account, a: Attributes) -> Attributes:
    """A secret without a value."""
    made = aws("secretsmanager").create_secret(
        Name=a["name"],
        **some(Description=a.get("description"), KmsKeyId=a.get("kms_key_id"), Tags=tags(a)),
    )
    return {"id": made["ARN"], "arn": made["ARN"]}


@creates
def aws_secretsmanager_secret_version(aws: Account, a: Attributes) -> Attributes:
    """The value of a secret, made up here."""
    version = "00000000-0000-4000-8000-000000000001"
    aws("secretsmanager").put_secret_value(
        SecretId=a["secret_id"], SecretString=PLACEHOLDER, ClientRequestToken=version
    )
    return {}


@creates
def aws_dynamodb_table(aws: Account, a: Attributes) -> Attributes:
    """A table."""
    made = aws("dynamodb").create_table(
        TableName=a["name"],
        BillingMode=a["billing_mode"],
        KeySchema=[{"AttributeName": a["hash_key"], "KeyType": "HASH"}],
        AttributeDefinitions=[
            {"AttributeName": one["name"], "AttributeType": one["type"]} for one in blocks(a, "attribute")
        ],
        **some(
            SSESpecification={"Enabled": True} if block(a, "server_side_encryption").get("enabled") else None,
            Tags=tags(a),
        ),
    )["TableDescription"]
    if block(a, "point_in_time_recovery").get("enabled"):
        aws("dynamodb").update_continuous_backups(
            TableName=a["name"], PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
        )
    return {"id": a["name"], "name": a["name"], "arn": made["TableArn"]}


@creates
def aws_cloudwatch_log_group(aws: Account, a: Attributes) -> Attributes:
    """Where logs go."""
    aws("logs").create_log_group(logGroupName=a["name"], **some(tags=a.get("tags") or None))
    if a.get("retention_in_days"):
        aws("logs").put_retention_policy(logGroupName=a["name"], retentionInDays=a["retention_in_days"])
    return {"id": a["name"], "name": a["name"], "arn": f"arn:aws:logs:{REGION}:{aws.id}:log-group:{a['name']}"}


@creates
def aws_sns_topic(aws: Account, a: Attributes) -> Attributes:
    """A topic."""
    made = aws("sns").create_topic(Name=a["name"], **some(Tags=tags(a)))["TopicArn"]
    return {"id": made, "arn": made}


@creates
def aws_route53_record(aws: Account, a: Attributes) -> Attributes:
    """A record. The zone is somebody else's in the example; here it must be there."""
    zones = route53_backends[aws.id]["aws"].zones
    if a["zone_id"] not in zones:
        made = aws("route53").create_hosted_zone(Name=a["name"].partition(".")[2], CallerReference="example")
        zone = zones.pop(made["HostedZone"]["Id"].rpartition("/")[2])
        zone.resource_id = a["zone_id"]
        zones[a["zone_id"]] = zone
    alias = block(a, "alias")
    target = {
        "HostedZoneId": alias["zone_id"],
        "DNSName": alias["name"],
        "EvaluateTargetHealth": alias["evaluate_target_health"],
    }
    record = {"Name": a["name"], "Type": a["type"], "AliasTarget": target}
    aws("route53").change_resource_record_sets(
        HostedZoneId=a["zone_id"], ChangeBatch={"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    )
    return {}


# -- building ------------------------------------------------------------------------------------------------------


class Later(Exception):  # noqa: N818 - no error: the resource waits for another one
    """What is referred to is not there yet."""


class Builder:
    """Builds the documents of an example in the order of their references."""

    def __init__(self, documents: list[Document]) -> None:
        self.documents = documents
        self.made: dict[str, Attributes] = {}
        self._last = False
        self.accounts = {id: Account(id) for id in sorted({d.scope.account for d in documents})}
        for account in self.accounts.values():
            _leave_default_network(account)

    def build(self) -> None:
        """Everything that can be built."""
        waiting = sorted(self.documents, key=lambda d: FIRST.index(d.type) if d.type in FIRST else len(FIRST))
        while waiting:
            left = [document for document in waiting if not self._build(document)]
            if len(left) == len(waiting):
                if self._last:
                    break
                self._last = True
            waiting = left
        for document in waiting:
            note(f"{document.address} was not built: it refers to something that was not")

    def _build(self, document: Document) -> bool:
        try:
            attributes = self._resolved(dict(document.attributes))
        except Later:
            return False
        create = CREATORS.get(document.type)
        if create is None:
            note(f"{document.address} was not built: {document.type} is not written down in this script")
            self.made[document.address] = attributes
            return True
        try:
            computed = create(self.accounts[document.scope.account], attributes)
        except (ClientError, ParamValidationError, NotImplementedError, KeyError) as error:
            code = error.response["Error"]["Code"] if isinstance(error, ClientError) else ""
            if not self._last and ("NoSuch" in code or "NotFound" in code):
                return False  # it names by a plain name what comes later
            note(f"{document.address} was not built: {type(error).__name__}: {str(error)[:200]}")
            computed = {}
        self.made[document.address] = {**attributes, **computed}
        return True

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._resolved(child) for key, child in value.items()}
        if isinstance(value, list):
            return [self._resolved(child) for child in value]
        if not isinstance(value, Unknown):
            return value
        if value.parts:
            return "".join(str(self._resolved(part)) for part in value.parts)
        if value.ref is None:
            return PLACEHOLDER if value.reason in (Reason.SENSITIVE, Reason.NO_VALUE) else None
        if value.ref.address not in {d.address for d in self.documents}:
            return None
        found: Any = self.made.get(value.ref.address)
        if found is None:
            raise Later
        for step in value.ref.path:
            found = found[step] if isinstance(found, list) and isinstance(step, int) else (found or {}).get(step)
        return self._resolved(found)


def _leave_default_network(account: Account) -> None:
    """The example says nothing of a default network: it is deleted, as careful people do in new accounts."""
    ec2 = account("ec2")
    for vpc in ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"]:
        mine = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
        for subnet in ec2.describe_subnets(Filters=mine)["Subnets"]:
            ec2.delete_subnet(SubnetId=subnet["SubnetId"])
        attached = [{"Name": "attachment.vpc-id", "Values": [vpc["VpcId"]]}]
        for gateway in ec2.describe_internet_gateways(Filters=attached)["InternetGateways"]:
            ec2.detach_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc["VpcId"])
            ec2.delete_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"])
        ec2.delete_vpc(VpcId=vpc["VpcId"])
        lists = ec2_backends[account.id][REGION].network_acls  # moto leaves these behind
        for left in [id for id, acl in lists.items() if acl.vpc_id == vpc["VpcId"]]:
            del lists[left]


def _own_up_to_keys(account: Account) -> None:
    """moto lists the keys that AWS manages as the customer's. AWS rotates its own every year.

    https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html
    """
    backend = kms_backends[account.id][REGION]
    for alias in account("kms").list_aliases()["Aliases"]:
        key = backend.keys.get(alias.get("TargetKeyId", ""))
        if key is not None and alias["AliasName"].startswith("alias/aws/"):
            key.key_manager = "AWS"
            key.key_rotation_status = True


# -- recording -----------------------------------------------------------------------------------------------------

_TIMES = re.compile(r"\b20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:?00)?")

_ADDRESS = re.compile(r"/(\d{15})$")
_numbers: dict[str, int] = {}


def plain(value: Any) -> Any:
    """An answer as the AWS CLI prints it, with all times made one."""
    if isinstance(value, dict):
        # botocore makes up a new token for each request.
        return {name: plain(child) for name, child in value.items() if name not in ("ResponseMetadata", "ClientToken")}
    if isinstance(value, list):
        return [plain(child) for child in value]
    if isinstance(value, datetime.datetime):
        return TIME
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, int) and value > 1_600_000_000_000:
        return TIME_MILLISECONDS
    if isinstance(value, str):
        # moto numbers rules by where their objects lie in memory.
        value = _ADDRESS.sub(lambda match: f"/{_numbers.setdefault(match[1], len(_numbers) + 1):016x}", value)
        return _TIMES.sub(TIME, value)
    return value


class Recorder:
    """Makes the calls that the catalog knows and writes down what is answered."""

    def __init__(self, folder: pathlib.Path, account: Account) -> None:
        self.folder = folder
        self.account = account
        self._done: set[tuple[str, str]] = set()

    def record(self) -> None:
        """Lists first, then what is asked of each thing that was listed."""
        place = self.folder / "accounts" / self.account.id / "global" / "sts" / "get-caller-identity.json"
        self._write(place, [plain(self.account("sts").get_caller_identity())])
        operations = index().operations
        for operation in operations:
            if not self._wants(operation):
                self._call(operation, {})
        # What is listed of one thing is asked for more: balancers, their listeners, the listeners' rules.
        for part in (False, False, False, True):
            loaded = DUMPS.load(self.folder / "accounts" / self.account.id, "dump", LoadOptions(), lambda *_: None)
            for operation in operations:
                wants = self._wants(operation)
                if wants and part is all(way.spelling.part_of for way in operation.ways):
                    for asked in self._askable(operation, wants, loaded.documents):
                        if (operation.name, str(asked)) not in self._done:
                            self._done.add((operation.name, str(asked)))
                            self._call(operation, asked)

    def _shape(self, operation: Operation) -> Any:
        """botocore's model of the parameters, None for a call that takes none."""
        service, _, name = operation.name.partition(":")
        return self.account(service).meta.service_model.operation_model(name).input_shape

    def _wants(self, operation: Operation) -> tuple[str, ...]:
        """Parameters that select what is asked for."""
        shape = self._shape(operation)
        required = shape.required_members if shape else []
        given = EXTRA.get(operation.name, [{}])[0]
        wants = (*operation.asks, *required, *SELECTS.get(operation.name, ())[:1])
        return tuple(dict.fromkeys(name for name in wants if name not in given))

    def _askable(
        self, operation: Operation, wants: tuple[str, ...], documents: list[Document]
    ) -> Iterator[dict[str, Any]]:
        """What an operation may be asked: the things of its kinds that were listed."""
        kinds = {way.kind.name for way in operation.ways}
        seen: set[str] = set()
        if wants == ("AccountId",):
            yield {"AccountId": self.account.id}
            return
        mine = [d for d in documents if d.scope.account in (self.account.id, "")]
        kinds = {SELECTS[operation.name][1]} if operation.name in SELECTS else kinds
        for document in (d for d in mine if d.address.partition(".")[0] in kinds):
            shape = self._shape(operation)
            optional = [n for n in wants[1:] if n not in shape.required_members and n not in document.attributes]
            asked = {name: self._value(name, document) for name in wants if name not in optional}
            if len(set(map(str, asked.values()))) < len(asked):
                note(f"{operation.name} was not asked: nothing tells its {', '.join(wants)}")
                return
            if all(isinstance(value, str) and value for value in asked.values()) and str(asked) not in seen:
                seen.add(str(asked))
                types = shape.members
                yield {n: [v] if types[n].type_name == "list" else str(v) for n, v in asked.items()}

    def _value(self, name: str, document: Document) -> Any:
        said = document.attributes
        if isinstance(said.get(name), str):
            return said[name]
        if isinstance(said.get(f"Default{name}"), str):
            return said[f"Default{name}"]
        ways = [way for o in index().operations for way in o.ways if way.spelling.type == document.type]
        key = next((way.spelling.key for way in ways if way.spelling.key), "")
        if name.lower().endswith("arn") or name.startswith("Resource"):
            if str(said.get(key)).startswith("arn:"):
                return said[key]
            arns = [v for n, v in said.items() if n.lower().endswith("arn") and isinstance(v, str)]
            return next((arn for arn in arns if not arn.endswith("*")), None)
        return said.get(key)

    def _call(self, operation: Operation, asked: dict[str, Any]) -> None:
        service, _, name = operation.name.partition(":")
        client = self.account(service)
        method = next((m for m, call in client.meta.method_to_api_mapping.items() if call == name), None)
        if method is None:
            note(f"{operation.name}: this boto3 has no such call")
            return
        extra = EXTRA.get(operation.name, [{}])
        answers = []
        for more in extra:
            try:
                answers.append(self._own(plain(self._pages(client, method, {**asked, **more}))))
            except ClientError as error:
                code = error.response["Error"]["Code"]
                if code.isdigit() or code in (
                    "InternalError",
                    "NotImplemented",
                    "InternalFailure",
                    "UnknownOperationException",
                ):
                    note(f"{operation.name}: moto answers {code}")
                    return
                if not asked and not means_none(code, operation):
                    note(f"{operation.name}: moto answers {code}")
                    return
                answers.append(f"\nAn error occurred ({code}) when calling the {name} operation: none\n")
            except NotImplementedError:
                note(f"{operation.name}: moto has no such call")
                return
            except (ParamValidationError, KeyError, AttributeError, TypeError, ValueError, IndexError) as error:
                note(f"{operation.name}: moto fails with {type(error).__name__}: {str(error)[:100]}")
                return
        region = "global" if operation.global_ else REGION
        call = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-", name).lower()
        of = "".join(f".{quote(value if isinstance(value, str) else value[0], safe='')}" for value in asked.values())
        self._write(self.folder / "accounts" / self.account.id / region / service / f"{call}{of}.json", answers)

    def _pages(self, client: Any, method: str, parameters: dict[str, Any]) -> Any:
        if client.can_paginate(method):
            return client.get_paginator(method).paginate(**parameters).build_full_result()
        return getattr(client, method)(**parameters)

    def _own(self, answer: Any) -> Any:
        """moto answers with everybody's public snapshots and images, and leaves out names."""
        for name in ("Snapshots", "Images"):
            if isinstance(answer.get(name), list):
                answer[name] = [one for one in answer[name] if one.get("OwnerId") == self.account.id]
        for policy in answer.get("Policies", []):
            if isinstance(policy, dict) and "Arn" in policy:
                # The details of an account have no names of policies, AWS's do.
                policy.setdefault("PolicyName", policy["Arn"].rpartition("/")[2])
        return answer

    def _write(self, path: pathlib.Path, answers: list[Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = [one if isinstance(one, str) else json.dumps(one, indent=2, ensure_ascii=False) for one in answers]
        path.write_text("\n".join(texts).rstrip("\n") + "\n", encoding="utf-8")


def record(name: str) -> None:
    """One example."""
    mock_random.seed(20260115)
    _numbers.clear()
    loaded = TERRAFORM.load(ROOT / "examples" / name, f"examples/{name}", LoadOptions(), lambda *_: None)
    folder = DUMP_FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    with mock_aws():
        builder = Builder(loaded.documents)
        builder.build()
        for account in builder.accounts.values():
            _own_up_to_keys(account)
            Recorder(folder, account).record()
    files = list(folder.rglob("*.json"))
    size = sum(path.stat().st_size for path in files)
    print(f"{name}: {len(loaded.documents)} resources built, {len(files)} answers, {size / 1024:.0f} kB")
    for text in notes:
        print(f"  {text}")
    notes.clear()


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    os.environ.update(
        MOTO_IAM_LOAD_MANAGED_POLICIES="true",
        AWS_ACCESS_KEY_ID="recorder",
        AWS_SECRET_ACCESS_KEY="recorder",
        AWS_DEFAULT_REGION=REGION,
    )
    for example in sys.argv[1:] or ["tiny", "shop"]:
        record(example)
