"""OpenID Connect provider whose tokens the account trusts (GitHub Actions, EKS …)."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Spelling, mapping, text, texts
from nephograph.model.resource import Class

_SCHEME = "https://"


def _url(document: Cursor) -> Tree:
    """The issuer with its scheme: the API leaves it out, Terraform asks for it."""
    url = document.at("url")
    if url.unknown or not isinstance(url.value, str):
        return url
    return url if url.value.startswith(_SCHEME) else url.be(_SCHEME + url.value)


def _host(document: Cursor) -> Tree:
    """The issuer as ARNs and condition keys name it: without its scheme."""
    url = document.at("url")
    return url if url.unknown or not isinstance(url.value, str) else url.be(url.value.removeprefix(_SCHEME))


_ARN = "arn:{partition}:iam::{account}:oidc-provider/{host}"

KIND = Kind(
    native="AWS::IAM::OIDCProvider",
    service="iam",
    cls=Class.IDENTITY_PROVIDER,
    identity=("host",),
    arn=_ARN,
    id=_ARN,
    label="host",
    global_=True,
    fields={"url": text(), "host": text(), "client_ids": texts(), "thumbprints": texts(), "tags": mapping()},
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_openid_connect_provider",
            {
                "url": _url,
                "host": _host,
                "client_ids": "client_id_list",
                "thumbprints": "thumbprint_list",
                "tags": "tags",
            },
        ),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",),
)
