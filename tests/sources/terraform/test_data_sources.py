"""Data sources that look something up whose answer their own arguments fix."""

from nephograph.model.value import Unknown

PROVIDER = 'provider "aws" {\n  region              = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n'
GITHUB = 'data "aws_iam_openid_connect_provider" "github" {\n  url = "https://token.actions.githubusercontent.com"\n}\n'
ASKED = 'resource "x_y" "z" {\n  arn  = data.aws_iam_openid_connect_provider.github.arn\n'
ARN = "arn:aws:iam::{}:oidc-provider/token.actions.githubusercontent.com"


def test_the_url_of_an_identity_provider_says_its_arn(tree):
    loaded = tree.load(PROVIDER + GITHUB + ASKED + "}\n")
    assert loaded.value("x_y.z", "arn") == ARN.format("111122223333")


def test_an_account_that_is_not_known_leaves_only_itself_open(tree):
    loaded = tree.load('provider "aws" {}\n' + GITHUB + ASKED + "}\n")
    arn = loaded.value("x_y.z", "arn")
    assert isinstance(arn, Unknown)
    assert arn.symbol == ARN.format("⟨account of provider aws⟩")


def test_what_the_url_does_not_say_stays_unknown_and_is_counted(tree):
    loaded = tree.load(
        PROVIDER
        + GITHUB
        + ASKED
        + "  list = data.aws_iam_openid_connect_provider.github.client_id_list\n}\n"
        + 'data "aws_iam_openid_connect_provider" "other" {\n  url = var.url\n}\nvariable "url" {}\n'
        + 'resource "x_y" "other" {\n  arn = data.aws_iam_openid_connect_provider.other.arn\n}\n'
    )
    assert isinstance(loaded.value("x_y.z", "list"), Unknown)
    assert loaded.value("x_y.other", "arn").symbol == "arn:aws:iam::111122223333:oidc-provider/⟨var.url⟩"
    assert loaded.kinds() == [
        ("data-source", "data.aws_iam_openid_connect_provider.github"),
        ("data-source", "data.aws_iam_openid_connect_provider.other"),
    ]
