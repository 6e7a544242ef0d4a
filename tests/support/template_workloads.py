"""Fields of workloads and what stands in front of them: how a template writes them (see `template_fields`)."""

from __future__ import annotations

from typing import Any

from tests.support.template_fields import Writer, listed, nothing, own, parts, renamed, same, setting, volume


def _container(one: dict[str, Any]) -> dict[str, Any]:
    names = {
        "name": "Name",
        "image": "Image",
        "privileged": "Privileged",
        "read_only_root": "ReadonlyRootFilesystem",
        "user": "User",
    }
    made = {names[name]: value for name, value in one.items() if name in names}
    if "added_capabilities" in one:
        made["LinuxParameters"] = {"Capabilities": {"Add": one["added_capabilities"]}}
    if "environment" in one:
        made["Environment"] = [{"Name": name, "Value": value} for name, value in one["environment"].items()]
    if "secrets" in one:
        made["Secrets"] = [{"Name": name, "ValueFrom": value} for name, value in one["secrets"].items()]
    if "log_driver" in one:
        options = {"Options": {"awslogs-group": one["log_group"]}} if "log_group" in one else {}
        made["LogConfiguration"] = {"LogDriver": one["log_driver"], **options}
    return made


def _task_volume(one: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"Name": one["name"]}
    if "host_path" in one:
        made["Host"] = {"SourcePath": one["host_path"]}
    if "file_system" in one:
        names = renamed(file_system="FilesystemId", transit_encryption="TransitEncryption")
        made["EFSVolumeConfiguration"] = names(
            {k: v for k, v in one.items() if k in ("file_system", "transit_encryption")}
        )
    return made


_LAUNCH = {"ami": "ImageId", "instance_type": "InstanceType", "key_name": "KeyName"}


def _launch(versions: list[dict[str, Any]]) -> dict[str, Any]:
    one = versions[0]
    made = {_LAUNCH[name]: value for name, value in one.items() if name in _LAUNCH}
    if "metadata" in one:
        names = {"tokens": "HttpTokens", "endpoint": "HttpEndpoint", "hop_limit": "HttpPutResponseHopLimit"}
        made["MetadataOptions"] = {names[name]: value for name, value in one["metadata"].items()}
    if "user_data" in one:
        made["UserData"] = {"Fn::Base64": one["user_data"]}
    if "volumes" in one:
        made["BlockDeviceMappings"] = [volume(each) for each in one["volumes"]]
    if "public_ip" in one:
        made["NetworkInterfaces"] = [{"DeviceIndex": 0, "AssociatePublicIpAddress": one["public_ip"]}]
    return made


def _rule(one: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"Name": one["name"], "Priority": one["priority"]}
    made["Action" if one["action"] in ("block", "allow") else "OverrideAction"] = {one["action"].title(): {}}
    made["Statement"] = {"RateBasedStatement": {"Limit": one.get("rate_limit", 2000), "AggregateKeyType": "IP"}}
    made["VisibilityConfig"] = _SEEN
    return made


_SEEN = {"CloudWatchMetricsEnabled": True, "SampledRequestsEnabled": True, "MetricName": "web"}

WRITERS: dict[tuple[str, str], Writer] = {
    ("aws_ecs_task_definition", "containers"): listed("ContainerDefinitions", _container),
    ("aws_ecs_task_definition", "volumes"): listed("Volumes", _task_volume),
    ("aws_ecs_service", "cluster"): same("Cluster"),
    ("aws_ecs_service", "cluster_name"): nothing,
    ("aws_elb", "listeners"): listed(
        "Listeners",
        renamed(
            port="LoadBalancerPort",
            protocol="Protocol",
            instance_port="InstancePort",
            instance_protocol="InstanceProtocol",
            certificate="SSLCertificateId",
        ),
    ),
    ("aws_lb", "cross_zone"): setting("load_balancing.cross_zone.enabled"),
    ("aws_lb", "desync_mitigation"): setting("routing.http.desync_mitigation_mode"),
    ("aws_apigatewayv2_api", "cors_origins"): own(CorsConfiguration=lambda origins: {"AllowOrigins": origins}),
    ("aws_acm_certificate", "key_algorithm"): same("KeyAlgorithm"),
    ("aws_securityhub_account", "name"): nothing,
    ("aws_codebuild_project", "environment"): own(
        Environment=lambda variables: {
            "EnvironmentVariables": [renamed(name="Name", value="Value", type="Type")(one) for one in variables]
        }
    ),
    ("aws_autoscaling_group", "launch_template"): own(
        LaunchTemplate=lambda name: {"LaunchTemplateName": name, "Version": "1"}
    ),
    ("aws_launch_template", "versions"): own(LaunchTemplateData=_launch),
    ("aws_launch_configuration", "volumes"): listed("BlockDeviceMappings", volume),
    ("aws_launch_configuration", "user_data"): own(UserData=lambda text: {"Fn::Base64": text}),
    ("aws_eks_cluster", "log_types"): own(
        Logging=lambda types: {"ClusterLogging": {"EnabledTypes": [{"Type": one} for one in types]}}
    ),
    ("aws_lambda_event_source_mapping", "function"): same("FunctionName"),
    ("aws_lambda_function", "package_type"): same("PackageType"),
    ("aws_wafv2_web_acl", "default_action"): own(
        DefaultAction=lambda action: {str(action).title(): {}}, VisibilityConfig=lambda _: _SEEN
    ),
    ("aws_wafv2_web_acl", "protects"): parts("AWS::WAFv2::WebACLAssociation", lambda one: {"ResourceArn": one}),
    ("aws_wafv2_web_acl", "rules"): listed("Rules", _rule),
    ("aws_kinesis_stream", "encrypted"): own(
        StreamEncryption=lambda _: {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"}
    ),
    ("aws_kinesis_stream", "kms_key"): nothing,
    ("aws_sqs_queue", "dead_letters"): own(
        RedrivePolicy=lambda queue: {"deadLetterTargetArn": queue, "maxReceiveCount": 5}
    ),
    ("aws_sqs_queue", "max_receives"): nothing,
    ("aws_sns_topic", "subscriptions"): parts(
        "AWS::SNS::Subscription",
        lambda one: renamed(protocol="Protocol", address="Endpoint", target="Endpoint")(one),
    ),
}
