"""States: both forms, every kind of instance, what is left out and what is named."""

import pathlib

import pytest

from nephograph.model.source import Scope
from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform_state import SOURCE
from tests.support.loading import by_address, load, load_json

DATA = pathlib.Path(__file__).parent / "data"
AWS = 'provider["registry.terraform.io/hashicorp/aws"]'


def resource(type_, name, *instances, provider=AWS, **more):
    return {"mode": "managed", "type": type_, "name": name, "provider": provider, "instances": list(instances), **more}


def instance(attributes=None, **more):
    return {"schema_version": 0, "attributes": attributes or {}, "sensitive_attributes": [], **more}


def state(*resources, **more):
    return {"version": 4, "terraform_version": "1.11.4", "serial": 3, "resources": list(resources), **more}


def loaded_of(tmp_path, *resources, **more):
    return load_json(SOURCE, tmp_path, state(*resources, **more), "terraform.tfstate")


def test_addresses_are_spelled_as_terraform_spells_them(tmp_path):
    loaded = loaded_of(
        tmp_path,
        resource("aws_vpc", "one", instance()),
        resource("aws_vpc", "counted", instance(index_key=0), instance(index_key=1)),
        resource("aws_vpc", "keyed", instance(index_key='a.b"${c}'), instance(index_key="0")),
        resource("aws_vpc", "inner", instance(), module='module.net["x"].module.deep[2]'),
    )
    assert [document.address for document in loaded.documents] == [
        "aws_vpc.one",
        "aws_vpc.counted[0]",
        "aws_vpc.counted[1]",
        'aws_vpc.keyed["a.b\\"$${c}"]',
        'aws_vpc.keyed["0"]',
        'module.net["x"].module.deep[2].aws_vpc.inner',
    ]
    assert (loaded.said, loaded.seen, loaded.problems, loaded.gaps) == ("state", 6, [], [])


def test_data_makes_no_document_and_what_is_left_behind_is_named(tmp_path):
    loaded = loaded_of(
        tmp_path,
        resource("aws_ami", "a", instance(), mode="data"),
        resource("aws_vpc", "v", instance({"id": "vpc-1"}, status="tainted"), instance(deposed="8f3a2b1c")),
        resource("aws_vpc", "old", {"schema_version": 0, "attributes_flat": {"id": "vpc-2"}}),
    )
    assert [(document.address, document.existence) for document in loaded.documents] == [("aws_vpc.v", None)]
    assert [(gap.kind, gap.subject) for gap in loaded.gaps] == [
        ("deposed-object", "aws_vpc.v"),
        ("flat-attributes", "aws_vpc.old"),
    ]
    assert loaded.seen == 3


def test_what_says_nothing_is_left_out(tmp_path):
    attributes = {
        "id": "i-1",
        "kms_key_id": "",
        "ipv6_addresses": [],
        "timeouts": None,
        "monitoring": False,
        "cpu_core_count": 0,
        "tags": {"empty": "", "Name": "web"},
        "tags_all": {"empty": "", "Name": "web", "team": "a"},
        "owner_id": "111122223333",
        "root_block_device": [{"encrypted": True, "kms_key_id": "", "tags": {}, "throughput": 0}],
    }
    (document,) = loaded_of(tmp_path, resource("aws_instance", "i", instance(attributes))).documents
    assert dict(document.attributes) == {
        "id": "i-1",
        "monitoring": False,
        "cpu_core_count": 0,
        "tags": {"empty": "", "Name": "web", "team": "a"},
        "root_block_device": [{"encrypted": True, "throughput": 0}],
    }


def path(*steps):
    return [
        {"type": "get_attr", "value": step}
        if isinstance(step, str)
        else {"type": "index", "value": {"value": step, "type": "number"}}
        for step in steps
    ]


def test_sensitive_paths_are_not_kept_nor_shown(tmp_path):
    attributes = {
        "name": "fine",
        "value": "classified",
        "copy": "classified",
        "rule": [{"note": "open"}, {"note": "classified-2"}],
        "map": {"a": "classified-3", "b": "open"},
    }
    odd = [{"type": "get_attr", "value": "map"}, {"type": "index", "value": {"value": "a", "type": "string"}}]
    marks = [path("value"), path("rule", 1, "note"), odd]
    loaded = loaded_of(tmp_path, resource("aws_x", "y", instance(attributes, sensitive_attributes=marks)))
    said = loaded.documents[0].attributes
    assert said["value"] == Unknown(Reason.SENSITIVE, "value")
    assert said["copy"].reason is Reason.SENSITIVE
    assert [rule["note"] if isinstance(rule["note"], str) else None for rule in said["rule"]] == ["open", None]
    assert said["map"]["b"] == "open"
    assert "classified" not in repr(loaded.documents)
    shown = "\n".join(loaded.excerpts.line("terraform.tfstate", number) or "" for number in range(1, 100))
    assert "fine" in shown
    assert "classified" not in shown


def test_credentials_without_a_mark_are_known_by_name(tmp_path):
    loaded = loaded_of(
        tmp_path,
        resource("aws_db_instance", "d", instance({"password": "hunter22", "username": "admin"})),
        resource("aws_iam_access_key", "k", instance({"secret": "hunter22", "ses_smtp_password_v4": "hunter22"})),
        resource("aws_ssm_parameter", "p", instance({"type": "SecureString", "value": "hunter22"})),
        resource("aws_ssm_parameter", "q", instance({"type": "String", "value": "plain"})),
        resource("aws_instance", "i", instance({"user_data": "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3"})),
    )
    assert "hunter22" not in repr(loaded.documents)
    found = by_address(loaded)
    assert found["aws_ssm_parameter.q"].attributes["value"] == "plain"
    # Providers before version 6 keep only a hash: no text to look into.
    assert found["aws_instance.i"].attributes["user_data"].reason is Reason.NOT_SEEN


def test_scopes_by_provider_and_by_what_is_known(tmp_path):
    west = f"module.a.{AWS}.west"
    loaded = loaded_of(
        tmp_path,
        resource("aws_vpc", "v", instance({"arn": "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1", "id": "vpc-1"})),
        resource("aws_s3_bucket", "b", instance({"arn": "arn:aws:s3:::b", "id": "b"})),
        resource("aws_vpc", "w", instance({"owner_id": "444455556666", "region": "us-west-2"}), provider=west),
        resource("aws_s3_bucket", "c", instance({"arn": "arn:aws:s3:::c"}), provider=west),
        resource(
            "aws_caller_identity",
            "me",
            instance({"account_id": "777788889999"}),
            mode="data",
            provider="provider.aws.old",
        ),
        resource("aws_s3_bucket", "d", instance(), provider="provider.aws.old"),
        resource(
            "google_storage_bucket", "g", instance(), provider='provider["registry.terraform.io/hashicorp/google-beta"]'
        ),
    )
    assert [document.scope for document in loaded.documents] == [
        Scope("aws", "111122223333", "eu-west-1"),
        Scope("aws", "111122223333", "eu-west-1"),
        Scope("aws", "444455556666", "us-west-2"),
        Scope("aws", "444455556666", "us-west-2"),
        Scope("aws", "777788889999", "⟨region of provider aws.old⟩"),
        Scope("google", "⟨project of provider google-beta⟩", "⟨region of provider google-beta⟩"),
    ]


def test_an_attachment_is_of_the_account_of_what_it_names(tmp_path):
    """`terraform show -json` does not tell two configurations of a provider apart."""
    resources = [
        {
            "address": "aws_subnet.a",
            "values": {"id": "subnet-1", "arn": "arn:aws:ec2:eu-west-1:111122223333:subnet/subnet-1"},
        },
        {
            "address": "aws_subnet.b",
            "values": {"id": "subnet-2", "arn": "arn:aws:ec2:us-east-1:444455556666:subnet/subnet-2"},
        },
        {"address": "aws_route_table_association.a", "values": {"id": "rtbassoc-1", "subnet_id": "subnet-2"}},
        {"address": "aws_route_table_association.x", "values": {"id": "rtbassoc-2", "subnet_id": "subnet-9"}},
    ]
    for one in resources:
        one |= {
            "mode": "managed",
            "type": one["address"].partition(".")[0],
            "provider_name": "registry.terraform.io/hashicorp/aws",
        }
    data = {"format_version": "1.0", "values": {"root_module": {"resources": resources}}}
    found = by_address(load_json(SOURCE, tmp_path, data, "state.json"))
    assert found["aws_route_table_association.a"].scope == Scope("aws", "444455556666", "us-east-1")
    assert found["aws_route_table_association.x"].scope.account == "⟨account of provider aws⟩"


@pytest.mark.parametrize("version", [1, 2, 3, 5, None, "4", [4]])
def test_other_versions_are_a_problem(tmp_path, version):
    data = {"version": version, "terraform_version": "0.11.14", "serial": 1, "modules": []}
    loaded = load_json(SOURCE, tmp_path, data, "terraform.tfstate")
    assert [problem.code for problem in loaded.problems] == ["unsupported-format"]
    assert loaded.documents == []


def test_an_encrypted_state_is_told_how_to_print(tmp_path):
    data = {"serial": 1, "lineage": "x", "meta": {}, "encrypted_data": "AAAA", "encryption_version": "v0"}
    (problem,) = load_json(SOURCE, tmp_path, data, "terraform.tfstate").problems
    assert problem.code == "encrypted-state"


def test_an_empty_state_is_no_error(tmp_path):
    (tmp_path / "terraform.tfstate").write_text("")
    loaded = load(SOURCE, tmp_path / "terraform.tfstate")
    assert (loaded.problems, loaded.documents, loaded.files) == ([], [], 1)
    assert load_json(SOURCE, tmp_path, {"format_version": "1.0"}, "state.json").problems == []


def test_the_configuration_of_a_backend_is_no_state(tmp_path):
    cache = tmp_path / ".terraform"
    cache.mkdir()
    load_json(SOURCE, cache, state(resource("aws_vpc", "v", instance())), "terraform.tfstate")
    assert not SOURCE.recognises(tmp_path)
    assert not SOURCE.recognises(cache / "terraform.tfstate")
    load_json(SOURCE, tmp_path, state(), "other.tfstate")
    assert SOURCE.recognises(tmp_path)
    assert load(SOURCE, tmp_path).documents == []


def test_malformed_entries_are_left_out(tmp_path):
    loaded = loaded_of(
        tmp_path,
        5,
        {"mode": "managed", "type": "aws_vpc"},
        resource("aws_vpc", "a", 3, {"attributes": 4}, instance(index_key=True), instance({"id": "vpc-1"})),
        resource("aws_vpc", "a", instance()),
        {**resource("aws_vpc", "b"), "instances": {}},
    )
    assert [document.attributes for document in loaded.documents] == [{"id": "vpc-1"}]
    assert [problem.code for problem in loaded.problems].count("malformed-entry") == 6
    assert [problem.code for problem in loaded.problems].count("duplicate-address") == 1
    assert all(problem.span and problem.help for problem in loaded.problems)


def test_a_recorded_state_loads_whole(tmp_path):
    loaded = load(SOURCE, DATA / "builtin.tfstate")
    assert (loaded.problems, loaded.gaps, loaded.seen) == ([], [], 14)
    found = by_address(loaded)
    assert found['terraform_data.a["y.z"]'].attributes["input"] == "y.z"
    # The mark of a sensitive value does not follow it into the computed copy; the value is hidden all the same.
    assert {name: value.reason for name, value in found["terraform_data.s"].attributes.items() if name != "id"} == {
        "input": Reason.SENSITIVE,
        "output": Reason.SENSITIVE,
    }
    lines = (DATA / "builtin.tfstate").read_text().splitlines()
    span = found["terraform_data.b[1]"].origin(("id",)).span
    held = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    assert held == f'"{found["terraform_data.b[1]"].attributes["id"]}"'
