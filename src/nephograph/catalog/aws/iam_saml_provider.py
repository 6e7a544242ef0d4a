"""SAML identity provider whose assertions the account trusts. Its metadata (certificates, addresses) are not read."""

from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Kind, Reader, Spelling, mapping, text
from nephograph.catalog.readers import tags
from nephograph.model.resource import Class


def _name_of(name: str) -> Reader:
    """The name is the tail of the ARN, by which alone the API calls a provider."""

    def read(document: Cursor) -> Tree:
        arn = document.at(name)
        return arn.be(arn.value.partition(":saml-provider/")[2] or None) if isinstance(arn.value, str) else arn

    return read


_ARN = "arn:{partition}:iam::{account}:saml-provider/{name}"

KIND = Kind(
    native="AWS::IAM::SAMLProvider",
    service="iam",
    cls=Class.IDENTITY_PROVIDER,
    identity=("name",),
    arn=_ARN,
    id=_ARN,
    label="name",
    global_=True,
    fields={
        "name": text(),
        # The end of the signing certificate: logins fail after it.
        "valid_until": text(),
        "assertion_encryption": text(),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_iam_saml_provider",
            {"name": "name", "valid_until": "valid_until", "tags": "tags"},
            computed={"name": "{name}"},
            ignores=("saml_metadata_document", "saml_provider_uuid"),
        ),
        Spelling(
            "cloudformation",
            "AWS::IAM::SAMLProvider",
            {"name": "Name", "assertion_encryption": "AssertionEncryptionMode", "tags": tags("Tags")},
            ignores=("AddPrivateKey", "PrivateKeyList", "RemovePrivateKey", "SamlMetadataDocument"),
        ),
        Spelling(
            "api",
            "iam:ListSAMLProviders",
            {"name": _name_of("Arn"), "valid_until": "ValidUntil"},
            items="SAMLProviderList.*",
            key="Arn",
            ignores=("CreateDate",),
        ),
        Spelling(
            "api",
            "iam:GetSAMLProvider",
            {
                "name": _name_of("SAMLProviderArn"),
                "valid_until": "ValidUntil",
                "assertion_encryption": "AssertionEncryptionMode",
                "tags": tags("Tags"),
            },
            key="SAMLProviderArn",
            asks=("SAMLProviderArn",),
            ignores=("CreateDate", "PrivateKeyList", "SAMLMetadataDocument", "SAMLProviderUUID"),
        ),
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html",),
)
