"""Certificate of AWS Certificate Manager. Its private key is never read: only whether one is written in the code."""

from nephograph.catalog.aws._elb import said
from nephograph.catalog.cursor import Cursor, Tree
from nephograph.catalog.language import Fields, Kind, Reader, Spelling, flag, in_code_only, mapping, text, texts
from nephograph.catalog.readers import in_code, says, tags
from nephograph.model.resource import Class


def _alternatives(domain: str, names: str) -> Reader:
    """The other names of the certificate; most dialects list the domain itself among them."""

    def read(document: Cursor) -> Tree:
        listed = document.at(names)
        if listed.unknown or not listed.present:
            return listed
        return [one for one in listed.each() if one.value != document.at(domain).value]

    return read


def _key(name: str) -> Reader:
    """The key's algorithm in one word; one operation writes `RSA-2048` where the others write `RSA_2048`."""

    def read(document: Cursor) -> Tree:
        cursor = document.at(name)
        if not isinstance(cursor.value, str):
            return cursor
        return cursor.be(cursor.value.replace("RSA-", "RSA_").replace("EC-", "EC_")) if says(cursor) else None

    return read


_LISTED: Fields = {
    "id": "CertificateArn",
    "domain": "DomainName",
    "status": "Status",
    "type": "Type",
    "key_algorithm": _key("KeyAlgorithm"),
    "not_after": "NotAfter",
    "renewal": "RenewalEligibility",
}

KIND = Kind(
    native="AWS::CertificateManager::Certificate",
    service="acm",
    cls=Class.GENERIC,
    identity=("id",),
    arn="{id}",
    id="{id}",
    label="domain",
    fields={
        "id": text(),
        "domain": text(),
        "alternatives": texts(),
        "status": text(),
        # AMAZON_ISSUED, PRIVATE or IMPORTED: what is imported is not renewed by AWS.
        "type": text(),
        "key_algorithm": text(),
        "validation": text(),
        "not_after": text(),
        "renewal": text(),
        "authority": text(),
        "transparency_logging": flag(default=True),
        "key_in_code": in_code_only(),
        "in_use_by": texts(),
        "tags": mapping(),
    },
    spellings=(
        Spelling(
            "terraform",
            "aws_acm_certificate",
            {
                "id": "id",
                "domain": "domain_name",
                "alternatives": _alternatives("domain_name", "subject_alternative_names"),
                "status": "status",
                "type": "type",
                "key_algorithm": _key("key_algorithm"),
                "validation": "validation_method",
                "not_after": "not_after",
                "renewal": "renewal_eligibility",
                "authority": said("certificate_authority_arn"),
                "transparency_logging": "options.certificate_transparency_logging_preference",
                "key_in_code": in_code("private_key"),
                "tags": "tags",
            },
            computed={"domain_name": "{domain}"},
            ignores=(
                "certificate_body",
                "certificate_chain",
                "domain_validation_options",
                "early_renewal_duration",
                "not_before",
                "pending_renewal",
                "private_key_wo",
                "private_key_wo_version",
                "renewal_summary",
                "validation_emails",
                "validation_option",
            ),
        ),
        # Waits until the certificate is issued; others refer to the certificate by way of it.
        Spelling(
            "terraform",
            "aws_acm_certificate_validation",
            {},
            part_of="certificate_arn",
            computed={"certificate_arn": "id"},
            ignores=("validation_record_fqdns",),
        ),
        Spelling(
            "cloudformation",
            "AWS::CertificateManager::Certificate",
            {
                "domain": "DomainName",
                "alternatives": _alternatives("DomainName", "SubjectAlternativeNames"),
                "key_algorithm": _key("KeyAlgorithm"),
                "validation": "ValidationMethod",
                "authority": "CertificateAuthorityArn",
                "transparency_logging": "CertificateTransparencyLoggingPreference",
                "tags": tags("Tags"),
            },
            computed={"CertificateArn": "id", "Id": "id"},
            ignores=("CertificateExport", "DomainValidationOptions"),
        ),
        Spelling(
            "api",
            "acm:ListCertificates",
            _LISTED,
            items="CertificateSummaryList.*",
            key="CertificateArn",
            # Its list of names may be cut off.
            ignores=(
                "CertificateKeyPairOrigin",
                "CreatedAt",
                "ExportOption",
                "Exported",
                "ExtendedKeyUsages",
                "HasAdditionalSubjectAlternativeNames",
                "ImportedAt",
                "InUse",
                "IssuedAt",
                "KeyUsages",
                "ManagedBy",
                "NotBefore",
                "RevokedAt",
                "SubjectAlternativeNameSummaries",
            ),
        ),
        Spelling(
            "api",
            "acm:DescribeCertificate",
            {
                **_LISTED,
                "alternatives": _alternatives("DomainName", "SubjectAlternativeNames"),
                "validation": "DomainValidationOptions.ValidationMethod",
                "authority": "CertificateAuthorityArn",
                "transparency_logging": "Options.CertificateTransparencyLoggingPreference",
                "in_use_by": "InUseBy",
            },
            items="Certificate",
            key="CertificateArn",
            ignores=(
                "AcmeAccountId",
                "AcmeEndpointArn",
                "CertificateKeyPairOrigin",
                "CreatedAt",
                "ExtendedKeyUsages",
                "FailureReason",
                "ImportedAt",
                "IssuedAt",
                "Issuer",
                "KeyUsages",
                "ManagedBy",
                "NotBefore",
                "RenewalSummary",
                "RevocationReason",
                "RevokedAt",
                "Serial",
                "SignatureAlgorithm",
                "Subject",
                "UpdateSummary",
            ),
        ),
        Spelling(
            "api",
            "acm:ListTagsForCertificate",
            {"tags": tags("Tags")},
            part_of="CertificateArn",
            asks=("CertificateArn",),
        ),
    ),
    references=("https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",),
)
