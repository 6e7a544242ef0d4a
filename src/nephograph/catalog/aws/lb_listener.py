"""Listener of a load balancer: the door's port, and where it leads by default."""

from nephograph.catalog.aws._elb import TAGS
from nephograph.catalog.aws._forward import ACTIONS, actions
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, number, reference, references, text
from nephograph.catalog.readers import element, tags
from nephograph.model.resource import Class


def _not_default(document: Cursor) -> Tree:
    """The certificates besides the default one."""
    listed = document.at("Certificates").each()
    return [one.at("CertificateArn") for one in listed if one.at("IsDefault").value is not True]


def _more(document: Cursor) -> Tree:
    listed = document.at("Certificates")
    return listed if listed.unknown else [one if one.unknown else one.at("CertificateArn") for one in listed.each()]


_FIELDS: Fields = {
    "id": "id",
    "load_balancer": "load_balancer_arn",
    "port": "port",
    "protocol": "protocol",
    "ssl_policy": "ssl_policy",
    "certificate": "certificate_arn",
    "actions": actions("default_action"),
    "mutual_authentication": "mutual_authentication.mode",
    "tags": "tags",
}
_IGNORED = (
    "alpn_policy",
    "routing_http_request_x_amzn_mtls_clientcert_header_name",
    "routing_http_request_x_amzn_mtls_clientcert_issuer_header_name",
    "routing_http_request_x_amzn_mtls_clientcert_leaf_header_name",
    "routing_http_request_x_amzn_mtls_clientcert_serial_number_header_name",
    "routing_http_request_x_amzn_mtls_clientcert_subject_header_name",
    "routing_http_request_x_amzn_mtls_clientcert_validity_header_name",
    "routing_http_request_x_amzn_tls_cipher_suite_header_name",
    "routing_http_request_x_amzn_tls_version_header_name",
    "routing_http_response_access_control_allow_credentials_header_value",
    "routing_http_response_access_control_allow_headers_header_value",
    "routing_http_response_access_control_allow_methods_header_value",
    "routing_http_response_access_control_allow_origin_header_value",
    "routing_http_response_access_control_expose_headers_header_value",
    "routing_http_response_access_control_max_age_header_value",
    "routing_http_response_content_security_policy_header_value",
    "routing_http_response_server_enabled",
    "routing_http_response_strict_transport_security_header_value",
    "routing_http_response_x_content_type_options_header_value",
    "routing_http_response_x_frame_options_header_value",
    "tcp_idle_timeout_seconds",
)

KIND = Kind(
    native="AWS::ElasticLoadBalancingV2::Listener",
    service="elasticloadbalancing",
    cls=Class.GENERIC,
    identity=("id",),
    known_by=("port",),
    arn="{id}",
    id="{id}",
    fields={
        "id": text(),
        "load_balancer": reference("aws_lb"),
        "port": number(),
        "protocol": text(),
        "ssl_policy": text(),
        "certificate": reference("aws_acm_certificate"),
        "more_certificates": references("aws_acm_certificate"),
        "actions": ACTIONS,
        # Whether clients show a certificate: off, passthrough or verify.
        "mutual_authentication": text(),
        "tags": mapping(),
    },
    links=(
        Link("listens_for", "load_balancer"),
        Link("uses_certificate", "certificate"),
        Link("uses_certificate", "more_certificates"),
        Link("forwards_to", "actions.*.target_group"),
    ),
    spellings=(
        Spelling("terraform", "aws_lb_listener", _FIELDS, ignores=_IGNORED),
        Spelling("terraform", "aws_alb_listener", _FIELDS, ignores=_IGNORED),
        Spelling(
            "terraform",
            "aws_lb_listener_certificate",
            {"more_certificates": element("certificate_arn")},
            part_of="listener_arn",
        ),
        Spelling(
            "terraform",
            "aws_alb_listener_certificate",
            {"more_certificates": element("certificate_arn")},
            part_of="listener_arn",
        ),
        Spelling(
            "cloudformation",
            "AWS::ElasticLoadBalancingV2::Listener",
            {
                "load_balancer": "LoadBalancerArn",
                "port": "Port",
                "protocol": "Protocol",
                "ssl_policy": "SslPolicy",
                "certificate": "Certificates.CertificateArn",
                "actions": actions("DefaultActions"),
                "mutual_authentication": "MutualAuthentication.Mode",
                "tags": tags("Tags"),
            },
            computed={"ListenerArn": "id"},
            ignores=("AlpnPolicy", "ListenerAttributes"),
        ),
        Spelling(
            "cloudformation",
            "AWS::ElasticLoadBalancingV2::ListenerCertificate",
            {"more_certificates": _more},
            part_of="ListenerArn",
        ),
        Spelling(
            "api",
            "elbv2:DescribeListeners",
            {
                "id": "ListenerArn",
                "load_balancer": "LoadBalancerArn",
                "port": "Port",
                "protocol": "Protocol",
                "ssl_policy": "SslPolicy",
                "certificate": "Certificates.CertificateArn",
                "actions": actions("DefaultActions"),
                "mutual_authentication": "MutualAuthentication.Mode",
            },
            items="Listeners.*",
            key="ListenerArn",
            asks=("LoadBalancerArn",),
            ignores=("AlpnPolicy",),
        ),
        Spelling(
            "api",
            "elbv2:DescribeListenerCertificates",
            {"more_certificates": _not_default},
            part_of="ListenerArn",
            asks=("ListenerArn",),
        ),
        TAGS,
    ),
)
