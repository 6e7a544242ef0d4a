"""Listener of a load balancer: the door's port, and where it leads by default."""

from nephograph.catalog.aws._forward import ACTIONS, actions
from nephograph.catalog.language import Fields, Kind, Link, Spelling, mapping, number, reference, references, text
from nephograph.catalog.readers import element
from nephograph.model.resource import Class

_FIELDS: Fields = {
    "load_balancer": "load_balancer_arn",
    "port": "port",
    "protocol": "protocol",
    "ssl_policy": "ssl_policy",
    "certificate": "certificate_arn",
    "actions": actions("default_action"),
    "tags": "tags",
}
_IGNORED = (
    "alpn_policy",
    "mutual_authentication",
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
    fields={
        "load_balancer": reference("aws_lb"),
        "port": number(),
        "protocol": text(),
        "ssl_policy": text(),
        "certificate": reference("aws_acm_certificate"),
        "more_certificates": references("aws_acm_certificate"),
        "actions": ACTIONS,
        "tags": mapping(),
    },
    links=(
        Link("listens_for", "load_balancer"),
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
    ),
)
