"""Fields that CloudFormation says in words of its own: how a template writes them.

A writer gives the documents that say the field: ("", properties) for the resource itself, (type, properties) for a
part. Values hold references as templates write them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Documents = list[tuple[str, dict[str, Any]]]
Writer = Callable[[Any], Documents]


def own(**properties: Callable[[Any], Any]) -> Writer:
    """Properties of the resource itself."""
    return lambda value: [("", {name: made(value) for name, made in properties.items()})]


def same(name: str) -> Writer:
    """A property that holds the field as it is."""
    return lambda value: [("", {name: value})]


def listed(name: str, element: Callable[[Any], Any]) -> Writer:
    """A property that holds a list of objects."""
    return lambda value: [("", {name: [element(one) for one in value]})]


def parts(type_: str, element: Callable[[Any], dict[str, Any]]) -> Writer:
    """A part for every element of the field."""
    return lambda value: [(type_, element(one)) for one in value]


def renamed(**names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """An object with other names; what is not said is left out."""
    return lambda one: {names[name]: value for name, value in one.items()}


def nothing(value: Any) -> Documents:
    """What follows from other fields."""
    return []


def tags(value: Any) -> Documents:
    """Tags as templates write them."""
    return [("", {"Tags": [{"Key": name, "Value": one} for name, one in value.items()]})]


def _rule(egress: bool) -> Callable[[dict[str, Any]], dict[str, Any]]:
    other = "DestinationSecurityGroupId" if egress else "SourceSecurityGroupId"
    lists = "DestinationPrefixListId" if egress else "SourcePrefixListId"
    return renamed(
        protocol="IpProtocol",
        from_port="FromPort",
        to_port="ToPort",
        description="Description",
        cidr="CidrIp",
        ipv6_cidr="CidrIpv6",
        group=other,
        prefix_list=lists,
    )


def _rules(name: str, type_: str, egress: bool) -> Writer:
    """Rules of a group; those that name groups are parts, so that groups may name each other."""
    element = _rule(egress)

    def write(value: Any) -> Documents:
        inside = [element(one) for one in value if "group" not in one]
        return [("", {name: inside})] * bool(inside) + [(type_, element(one)) for one in value if "group" in one]

    return write


def _entry(egress: bool) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def write(one: dict[str, Any]) -> dict[str, Any]:
        protocols = {"tcp": 6, "udp": 17, "icmp": 1, "-1": -1, "all": -1}
        made: dict[str, Any] = {
            "RuleNumber": one["number"],
            "RuleAction": one["action"],
            "Protocol": protocols.get(one["protocol"], one["protocol"]),
            "Egress": egress,
        }
        made.update({"CidrBlock": one["cidr"]} if "cidr" in one else {})
        if "from_port" in one:
            made["PortRange"] = {"From": one["from_port"], "To": one["to_port"]}
        return made

    return write


def volume(one: dict[str, Any]) -> dict[str, Any]:
    """A volume of an instance."""
    names = {"encrypted": "Encrypted", "kms_key": "KmsKeyId", "size": "VolumeSize", "type": "VolumeType"}
    device = one.get("device", "/dev/xvda")
    return {"DeviceName": device, "Ebs": {names[name]: value for name, value in one.items() if name in names}}


_ACTION = renamed(type="Type", target_group="TargetGroupArn")


def _redirect(one: dict[str, Any]) -> dict[str, Any]:
    if one.get("type") == "redirect":
        return {"Type": "redirect", "RedirectConfig": {"Protocol": "HTTPS", "Port": "443", "StatusCode": "HTTP_301"}}
    return _ACTION(one)


def _condition(one: dict[str, Any]) -> dict[str, Any]:
    return {"Field": one["field"].replace("_", "-"), "Values": one["values"]}


def setting(name: str) -> Writer:
    """An attribute of a load balancer."""

    def write(value: Any) -> Documents:
        said = str(value).lower() if isinstance(value, bool) else value
        return [("", {"LoadBalancerAttributes": [{"Key": name, "Value": said}]})]

    return write


def _password(written: Any) -> Documents:
    return [("", {"MasterUserPassword": "correct-horse-battery"})] if written is True else []


def switch(name: str) -> Writer:
    """A property that says enable or disable."""
    return own(**{name: lambda on: "enable" if on else "disable"})


def _logs(value: Any) -> Documents:
    keys = {"enabled": "access_logs.s3.enabled", "bucket": "access_logs.s3.bucket", "prefix": "access_logs.s3.prefix"}
    found: Documents = []
    for name, one in value.items():
        found += setting(keys[name])(one)
    return found


_ROUTE = renamed(destination="DestinationCidrBlock", ipv6_destination="DestinationIpv6CidrBlock", target="GatewayId")


_PERMISSION = renamed(
    action="Action",
    principal="Principal",
    source_arn="SourceArn",
    source_account="SourceAccount",
    organization="PrincipalOrgID",
    function_url_auth_type="FunctionUrlAuthType",
    through_function_url="InvokedViaFunctionUrl",
)


def _route(one: dict[str, Any]) -> dict[str, Any]:
    made = _ROUTE(one)
    if "NatGateway" in str(one.get("target")):
        made["NatGatewayId"] = made.pop("GatewayId")
    return made


WRITERS: dict[tuple[str, str], Writer] = {
    ("aws_db_instance", "backup_days"): same("BackupRetentionPeriod"),
    ("aws_db_instance", "deletion_protection"): same("DeletionProtection"),
    ("aws_db_instance", "encrypted"): same("StorageEncrypted"),
    ("aws_db_instance", "engine"): same("Engine"),
    ("aws_db_instance", "iam_authentication"): same("EnableIAMDatabaseAuthentication"),
    ("aws_db_instance", "password_in_code"): _password,
    ("aws_db_instance", "port"): nothing,
    ("aws_dynamodb_table", "read_capacity"): nothing,
    ("aws_dynamodb_table", "write_capacity"): nothing,
    ("aws_ec2_transit_gateway", "auto_accepts_attachments"): switch("AutoAcceptSharedAttachments"),
    ("aws_ec2_transit_gateway", "default_association"): switch("DefaultRouteTableAssociation"),
    ("aws_ec2_transit_gateway", "default_propagation"): switch("DefaultRouteTablePropagation"),
    ("aws_elasticache_cluster", "port"): nothing,
    ("aws_elasticache_replication_group", "encrypted"): same("AtRestEncryptionEnabled"),
    ("aws_db_instance", "security_groups"): same("VPCSecurityGroups"),
    ("aws_db_instance", "subnet_group"): same("DBSubnetGroupName"),
    ("aws_iam_instance_profile", "role"): own(Roles=lambda role: [role]),
    ("aws_iam_openid_connect_provider", "host"): nothing,
    ("aws_iam_openid_connect_provider", "url"): same("Url"),
    ("aws_iam_role", "inline_policies"): listed("Policies", renamed(name="PolicyName", document="PolicyDocument")),
    ("aws_instance", "attached_volumes"): parts(
        "AWS::EC2::VolumeAttachment", renamed(device="Device", volume="VolumeId")
    ),
    ("aws_instance", "public_ip"): own(
        NetworkInterfaces=lambda public: [{"DeviceIndex": "0", "AssociatePublicIpAddress": public}]
    ),
    ("aws_instance", "security_groups"): same("SecurityGroupIds"),
    ("aws_instance", "subnet"): same("SubnetId"),
    ("aws_instance", "user_data"): own(UserData=lambda text: {"Fn::Base64": text}),
    ("aws_instance", "volumes"): listed("BlockDeviceMappings", volume),
    ("aws_lambda_function", "permissions"): parts(
        "AWS::Lambda::Permission",
        lambda one: _PERMISSION({name: value for name, value in one.items() if name != "statement_id"}),
    ),
    ("aws_lb", "access_logs"): _logs,
    ("aws_lb", "deletion_protection"): setting("deletion_protection.enabled"),
    ("aws_lb", "drop_invalid_headers"): setting("routing.http.drop_invalid_header_fields.enabled"),
    ("aws_lb", "subnets"): same("Subnets"),
    ("aws_lb_listener", "actions"): listed("DefaultActions", _redirect),
    ("aws_lb_listener_rule", "actions"): listed("Actions", _redirect),
    ("aws_lb_listener_rule", "conditions"): listed("Conditions", _condition),
    ("aws_lb_target_group", "targets"): listed("Targets", renamed(target="Id", port="Port")),
    ("aws_network_acl", "egress"): parts("AWS::EC2::NetworkAclEntry", _entry(egress=True)),
    ("aws_network_acl", "ingress"): parts("AWS::EC2::NetworkAclEntry", _entry(egress=False)),
    ("aws_network_acl", "subnets"): parts("AWS::EC2::SubnetNetworkAclAssociation", renamed(subnet="SubnetId")),
    ("aws_rds_cluster", "encrypted"): same("StorageEncrypted"),
    ("aws_rds_cluster", "engine"): same("Engine"),
    ("aws_rds_cluster", "password_in_code"): _password,
    ("aws_rds_cluster", "port"): nothing,
    ("aws_redshift_cluster", "multi_az"): same("MultiAZ"),
    ("aws_redshift_cluster", "password_in_code"): _password,
    ("aws_route53_record", "alias"): own(
        AliasTarget=lambda value: {
            "DNSName": value["name"],
            "HostedZoneId": value["zone"],
            **({"EvaluateTargetHealth": value["evaluates_health"]} if "evaluates_health" in value else {}),
        }
    ),
    ("aws_route53_record", "name"): same("Name"),
    ("aws_route53_record", "zone"): nothing,
    ("aws_route53_record", "zone_id"): same("HostedZoneId"),
    ("aws_route_table", "routes"): parts("AWS::EC2::Route", _route),
    ("aws_route_table", "subnets"): parts("AWS::EC2::SubnetRouteTableAssociation", renamed(subnet="SubnetId")),
    ("aws_secretsmanager_secret", "versions"): nothing,
    ("aws_security_group", "egress"): _rules("SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress", egress=True),
    ("aws_security_group", "ingress"): _rules("SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress", egress=False),
    ("aws_subnet", "cidr"): same("CidrBlock"),
    ("aws_vpc", "cidrs"): own(CidrBlock=lambda cidrs: cidrs[0]),
}

ASKED = {
    ("aws_db_instance", "address"): "Endpoint.Address",
    ("aws_db_instance", "endpoint"): "Endpoint.Address",
    ("aws_lb", "zone_id"): "CanonicalHostedZoneID",
}
"""What Terraform asks of a resource that no field of its kind says, and what a template asks instead."""


def finished(type_: str, properties: dict[str, Any]) -> dict[str, Any]:
    """Where an interface is written, it holds the subnet and the groups: a template may not say them beside it."""
    interfaces = properties.get("NetworkInterfaces")
    if type_ == "AWS::EC2::Instance" and interfaces:
        for name, inside in (("SubnetId", "SubnetId"), ("SecurityGroupIds", "GroupSet")):
            if name in properties:
                interfaces[0][inside] = properties.pop(name)
    return properties
