"""OpenID Connect provider whose tokens the account trusts (GitHub Actions, EKS …)."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Reader, Spelling, mapping, text, texts
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class

_SCHEME = "https://"


def _url(name: str) -> Reader:
    """The issuer with its scheme: the API leaves it out, Terraform asks for it."""

    def read(document: Cursor) -> Tree:
        url = document.at(name)
        if url.unknown or not isinstance(url.value, str):
            return url
        return url if url.value.startswith(_SCHEME) else url.be(_SCHEME + url.value)

    return read


def _host(name: str) -> Reader:
    """The issuer as ARNs and condition keys name it: without its scheme."""

    def read(document: Cursor) -> Tree:
        url = document.at(name)
        return url if url.unknown or not isinstance(url.value, str) else url.be(url.value.removeprefix(_SCHEME))

    return read


def _host_of(name: str) -> Reader:
    """The issuer as the tail of the provider's ARN."""

    def read(document: Cursor) -> Tree:
        arn = document.at(name)
        return arn.be(arn.value.partition(":oidc-provider/")[2] or None) if isinstance(arn.value, str) else arn

    return read


def _url_of(name: str) -> Reader:
    read_host = _host_of(name)

    def read(document: Cursor) -> Tree:
        host = read_host(document)
        return host.be(_SCHEME + host.value) if isinstance(host, Cursor) and isinstance(host.value, str) else host

    return read


_SETTINGS: Fields = {
    "client_ids": "client_id_list",
    "thumbprints": "thumbprint_list",
    "tags": "tags",
}
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
            {"url": _url("url"), "host": _host("url"), **_SETTINGS},
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::OIDCProvider",
            {
                "url": _url("Url"),
                "host": _host("Url"),
                "client_ids": "ClientIdList",
                "thumbprints": "ThumbprintList",
                "tags": tags("Tags"),
            },
        ),
        Spelling(
            "api",
            "iam:ListOpenIDConnectProviders",
            {"url": _url_of("Arn"), "host": _host_of("Arn")},
            items="OpenIDConnectProviderList.*",
            key="Arn",
        ),
        Spelling(
            "api",
            "iam:GetOpenIDConnectProvider",
            {
                "url": _url_of("OpenIDConnectProviderArn"),
                "host": _host_of("OpenIDConnectProviderArn"),
                "client_ids": "ClientIDList",
                "thumbprints": "ThumbprintList",
                "tags": tags("Tags"),
            },
            key="OpenIDConnectProviderArn",
            asks=("OpenIDConnectProviderArn",),
            ignores=("CreateDate", "Url"),
        ),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html",),
)
