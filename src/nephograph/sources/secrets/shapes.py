"""Credentials that are known by their form: what their makers say they look like, each with its page.

`group` is the word of the check that tells of it. A form is exact: a prefix, an alphabet, a length.
"""

from __future__ import annotations

import msgspec

END = r"(?:[^\w-]|$)"
"""What ends a token: its alphabet does not go on."""


class Shape(msgspec.Struct, frozen=True):
    """One form: `pattern` in RE2's dialect, whose group 1 is the credential; `test` for what opens a sandbox only."""

    what: str
    group: str
    pattern: str
    page: str
    test: bool = False

    @property
    def signs(self) -> tuple[bytes, ...]:
        """Texts of which each credential of this form has one: what has none is asked nothing more."""
        return tuple(sign.encode() for sign in SIGNS[self.what])


def _token(what: str, pattern: str, page: str, test: bool = False) -> Shape:
    return Shape(what, "token", rf"(?:^|[^\w-])({pattern}){END}", page, test)


AWS_KEY = "access key of AWS"
PRIVATE_KEY = "private key"
ADDRESS = "password in an address"

_GITHUB = (
    "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github"
)
_GITLAB = "https://docs.gitlab.com/security/tokens/#token-prefixes"
_SLACK = "https://docs.slack.dev/authentication/tokens/"
_STRIPE = "https://docs.stripe.com/keys"

SHAPES = (
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
    Shape(
        AWS_KEY,
        "aws",
        r"(?:^|[^A-Za-z0-9_/+-])((?:AKIA|ASIA)[A-Z2-7]{16})(?:[^A-Za-z0-9_/+=-]|$)",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html",
    ),
    Shape(
        PRIVATE_KEY,
        "private-key",
        r"(-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----)",
        "https://www.rfc-editor.org/rfc/rfc7468",
    ),
    Shape(
        ADDRESS,
        "address",
        r"(?i:\b[a-z][a-z0-9+.-]{1,20})://[^\s/@:\"'<>{}$\x60]{0,64}:([^\s/@:\"'<>{}\x60]{3,})@[\w.${-]",
        "https://www.rfc-editor.org/rfc/rfc3986#section-7.5",
    ),
    _token("token of GitHub", r"gh[pousr]_[A-Za-z0-9]{36,}", _GITHUB),
    _token("token of GitHub", r"github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}", _GITHUB),
    _token("token of GitLab", r"gl(?:pat|dt|rt|ptt|cbt|ft|soat|imt|agent|oas)-[\w-]{20,}", _GITLAB),
    _token("token of Slack", r"xox[abeoprs]-[A-Za-z0-9-]{20,}", _SLACK),
    _token("app token of Slack", r"xapp-\d-[A-Z0-9]{8,16}-\d{8,16}-[a-f0-9]{64}", _SLACK),
    Shape(
        "webhook of Slack",
        "token",
        r"(hooks\.slack\.com/(?:services|workflows)/T[A-Z0-9]{6,12}/[AB][A-Z0-9]{6,12}/[A-Za-z0-9]{18,26})",
        "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/",
    ),
    _token("key of Stripe", r"[rs]k_live_[A-Za-z0-9]{16,}", _STRIPE),
    _token("test key of Stripe", r"[rs]k_test_[A-Za-z0-9]{16,}", _STRIPE, test=True),
    _token("API key of Google", r"AIza[\w-]{35}", "https://cloud.google.com/docs/authentication/api-keys"),
    _token("client secret of Google", r"GOCSPX-[\w-]{28}", "https://developers.google.com/identity/protocols/oauth2"),
    _token("token of npm", r"npm_[A-Za-z0-9]{36}", "https://docs.npmjs.com/about-access-tokens"),
    _token("token of PyPI", r"pypi-AgE[INQ][\w-]{50,}", "https://pypi.org/help/#apitoken"),
    _token("token of Docker Hub", r"dckr_[po]at_[\w-]{27,36}", "https://docs.docker.com/security/access-tokens/"),
    _token(
        "key of SendGrid",
        r"SG\.[\w-]{22}\.[\w-]{43}",
        "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
    ),
    _token(
        "token of Vault",
        r"hv[sbr]\.[\w-]{24,}",
        "https://developer.hashicorp.com/vault/docs/concepts/tokens#token-prefixes",
    ),
    _token(
        "token of HCP Terraform",
        r"[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,80}",
        "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
    ),
    _token(
        "token of DigitalOcean",
        r"do[opr]_v1_[a-f0-9]{64}",
        "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
    ),
    _token("token of Databricks", r"dapi[a-f0-9]{32}(?:-\d)?", "https://docs.databricks.com/aws/en/dev-tools/auth/pat"),
    _token(
        "key of OpenAI",
        r"sk-(?:proj|svcacct|admin)-[\w-]{40,}",
        "https://platform.openai.com/docs/api-reference/authentication",
    ),
    _token("key of Anthropic", r"sk-ant-[a-z]{3,8}\d{2}-[\w-]{80,}", "https://docs.anthropic.com/en/api/overview"),
    _token("token of Hugging Face", r"hf_[A-Za-z]{34}", "https://huggingface.co/docs/hub/security-tokens"),
    _token(
        "key of New Relic", r"NRAK-[A-Z0-9]{27}", "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"
    ),
    _token(
        "token of Grafana",
        r"glsa_[A-Za-z0-9]{32}_[a-f0-9]{8}",
        "https://grafana.com/docs/grafana/latest/administration/service-accounts/",
    ),
    _token(
        "token of Shopify",
        r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
        "https://shopify.dev/docs/apps/build/authentication-authorization",
    ),
    _token(
        "token of Atlassian",
        r"ATATT3[\w=-]{180,}",
        "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/",
    ),
    _token("token of Linear", r"lin_api_[A-Za-z0-9]{40}", "https://linear.app/developers/graphql"),
    _token(
        "token of Pulumi",
        r"pul-[a-f0-9]{40}",
        "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/",
    ),
    _token("secret key of age", r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}", "https://github.com/FiloSottile/age"),
    Shape(
        "key of an Azure storage account",
        "token",
        r"AccountKey=([A-Za-z0-9+/]{86}==)",
        "https://learn.microsoft.com/en-us/azure/storage/common/storage-configure-connection-string",
    ),
    Shape(
        "webhook of Discord",
        "token",
        r"(discord(?:app)?\.com/api/webhooks/\d{17,20}/[\w-]{60,70})",
        "https://discord.com/developers/docs/resources/webhook",
    ),
)

SIGNS: dict[str, tuple[str, ...]] = {
    AWS_KEY: ("AKIA", "ASIA"),
    PRIVATE_KEY: ("PRIVATE KEY",),
    ADDRESS: ("://",),
    "token of GitHub": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"),
    "token of GitLab": (
        "glpat-",
        "gldt-",
        "glrt-",
        "glptt-",
        "glcbt-",
        "glft-",
        "glsoat-",
        "glimt-",
        "glagent-",
        "gloas-",
    ),
    "token of Slack": ("xox",),
    "app token of Slack": ("xapp-",),
    "webhook of Slack": ("hooks.slack.com/",),
    "key of Stripe": ("k_live_",),
    "test key of Stripe": ("k_test_",),
    "API key of Google": ("AIza",),
    "client secret of Google": ("GOCSPX-",),
    "token of npm": ("npm_",),
    "token of PyPI": ("pypi-AgE",),
    "token of Docker Hub": ("dckr_",),
    "key of SendGrid": ("SG.",),
    "token of Vault": ("hvs.", "hvb.", "hvr."),
    "token of HCP Terraform": (".atlasv1.",),
    "token of DigitalOcean": ("_v1_",),
    "token of Databricks": ("dapi",),
    "key of OpenAI": ("sk-",),
    "key of Anthropic": ("sk-ant-",),
    "token of Hugging Face": ("hf_",),
    "key of New Relic": ("NRAK-",),
    "token of Grafana": ("glsa_",),
    "token of Shopify": ("shp",),
    "token of Atlassian": ("ATATT3",),
    "token of Linear": ("lin_api_",),
    "token of Pulumi": ("pul-",),
    "secret key of age": ("AGE-SECRET-KEY-1",),
    "key of an Azure storage account": ("AccountKey=",),
    "webhook of Discord": ("/api/webhooks/",),
}
"""By what a credential is."""

HINT = (
    r"A[KS]IA[A-Z2-7]{4}|PRIVATE KEY|://[^\s/@:\"'<>{}]*:[^\s/@]+@|gh[pousr]_[A-Za-z0-9]{4}|github_pat_|gl[a-z]{2,5}-[\w-]{8}|"
    r"xox[abeoprs]-|xapp-\d|hooks\.slack\.com/|k_(?:live|test)_|AIza[\w-]{4}|GOCSPX-|npm_[A-Za-z0-9]{8}|pypi-AgE|dckr_|"
    r"SG\.[\w-]{8}|hv[sbr]\.[\w-]{8}|\.atlasv1\.|do[opr]_v1_|dapi[a-f0-9]{8}|sk-(?:proj|svcacct|admin|ant)-|hf_[A-Za-z]{8}|"
    r"NRAK-|glsa_|shp(?:at|ca|pa|ss)_|ATATT3|lin_api_|pul-[a-f0-9]{8}|AGE-SECRET-KEY-1|AccountKey=|/api/webhooks/\d"
)
"""How the credentials begin, in one pattern that is quick to look for."""
