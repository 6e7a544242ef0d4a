"""Account and region of what a plan holds: by the provider configuration, by what is known, else by HCL's symbols."""

import pytest

from nephograph.model.source import LoadOptions, Scope
from nephograph.sources.terraform import SOURCE as HCL
from nephograph.sources.terraform_plan import SOURCE
from tests.support.loading import by_address, load, load_json
from tests.support.plans import SOURCE_OF_AWS, block, change, plan


def aws(alias="", **expressions):
    return {
        "name": "aws",
        "full_name": SOURCE_OF_AWS,
        **({"alias": alias} if alias else {}),
        "expressions": expressions,
    }


def scope(tmp_path, providers, key="aws", after=None, **more):
    resource = {**block("aws_s3_bucket.b"), "provider_config_key": key}
    data = plan(change("aws_s3_bucket.b", after or {}), root={"resources": [resource]}, providers=providers, **more)
    return load_json(SOURCE, tmp_path, data).documents[0].scope


def test_constants_of_the_configuration(tmp_path):
    said = aws(region={"constant_value": "eu-west-1"}, allowed_account_ids={"constant_value": ["111122223333"]})
    assert scope(tmp_path, {"aws": said}) == Scope("aws", "111122223333", "eu-west-1")


def test_variables_of_the_root(tmp_path):
    said = aws(region={"references": ["var.where"]}, assume_role=[{"role_arn": {"references": ["var.role"]}}])
    variables = {"where": {"value": "us-east-1"}, "role": {"value": "arn:aws:iam::111122223333:role/deploy"}}
    assert scope(tmp_path, {"aws": said}, variables=variables) == Scope("aws", "111122223333", "us-east-1")


def test_an_alias_and_a_module_find_their_configuration(tmp_path):
    providers = {"aws": aws(), "aws.west": aws("west", region={"constant_value": "us-west-2"})}
    assert scope(tmp_path, providers, "aws.west").region == "us-west-2"
    # A module without a configuration of its own uses that of its caller.
    assert scope(tmp_path, providers, "module.a.module.b:aws.west").region == "us-west-2"


def test_what_the_resource_knows_wins(tmp_path):
    said = aws(region={"constant_value": "eu-west-1"})
    assert scope(tmp_path, {"aws": said}, after={"region": "eu-north-1"}).region == "eu-north-1"
    known = {"arn": "arn:aws:sqs:eu-central-1:444455556666:q"}
    assert scope(tmp_path, {"aws": said}, after=known) == Scope("aws", "444455556666", "eu-central-1")


def test_one_known_account_is_that_of_its_neighbours(tmp_path):
    changes = [
        change("aws_vpc.v", {"owner_id": "111122223333"}),
        change("aws_subnet.s", {"availability_zone": "eu-west-1b"}),
        change("aws_sqs_queue.q", {}),
    ]
    found = by_address(load_json(SOURCE, tmp_path, plan(*changes)))
    assert found["aws_sqs_queue.q"].scope == Scope("aws", "111122223333", "eu-west-1")


def test_the_caller_tells_the_account(tmp_path):
    me = {
        "address": "data.aws_caller_identity.me",
        "mode": "data",
        "type": "aws_caller_identity",
        "provider_name": SOURCE_OF_AWS,
        "values": {"account_id": "111122223333"},
    }
    data = plan(change("aws_sqs_queue.q", {}), prior_state={"values": {"root_module": {"resources": [me]}}})
    assert load_json(SOURCE, tmp_path, data).documents[0].scope.account == "111122223333"


CODE = {
    "plain": ('provider "aws" {}', {"aws": aws()}, "aws"),
    "an alias": ('provider "aws" {\n  alias = "west"\n}', {"aws.west": aws("west")}, "aws.west"),
    "an alias of a profile": (
        'provider "aws" {\n  alias = "west"\n  profile = "p"\n}',
        {"aws.west": aws("west", profile={"constant_value": "p"})},
        "aws.west",
    ),
}


@pytest.mark.parametrize("prefix", ["", "two"])
@pytest.mark.parametrize("name", CODE)
def test_nobody_knows_reads_as_in_code(tmp_path, name, prefix):
    code, providers, key = CODE[name]
    tree = tmp_path / "code"
    tree.mkdir()
    (tree / "main.tf").write_text(f'{code}\nresource "aws_sqs_queue" "q" {{\n  provider = {key}\n}}\n')
    documents = HCL.load(tree, "code", LoadOptions(prefix=prefix), lambda *_: None).documents
    (expected,) = [one for one in documents if one.type == "aws_sqs_queue"]
    resource = {**block("aws_sqs_queue.q"), "provider_config_key": key}
    data = plan(change("aws_sqs_queue.q", {}), root={"resources": [resource]}, providers=providers)
    loaded = load_json(SOURCE, tmp_path, data, prefix=prefix)
    assert loaded.documents[0].scope == expected.scope
    assert bool(loaded.assumptions) == bool(prefix)


def test_a_saved_option_stands_where_nothing_is_known(tmp_path):
    load_json(SOURCE, tmp_path, plan(change("aws_sqs_queue.q", {})))
    (document,) = load(SOURCE, tmp_path / "plan.json", account="111122223333", region="eu-west-1").documents
    assert document.scope == Scope("aws", "111122223333", "eu-west-1")


def test_other_providers_read_as_in_code(tmp_path):
    google = {
        "name": "google-beta",
        "expressions": {"project": {"constant_value": "p1"}, "region": {"constant_value": "r"}},
    }
    resource = {**block("google_storage_bucket.b"), "provider_config_key": "google-beta"}
    data = plan(
        change("google_storage_bucket.b", {}), root={"resources": [resource]}, providers={"google-beta": google}
    )
    assert load_json(SOURCE, tmp_path, data).documents[0].scope == Scope("google", "p1", "r")
