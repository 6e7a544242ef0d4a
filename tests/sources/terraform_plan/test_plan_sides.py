"""Which side of a plan is read, what every action means for it, and what is named instead."""

from nephograph.model.value import Reason, Unknown
from nephograph.sources.terraform_plan import SOURCE
from tests.support.loading import by_address, load, load_json
from tests.support.plans import change, plan

OLD, NEW = {"bucket": "old"}, {"bucket": "new"}

CHANGES = [
    change("aws_s3_bucket.created", NEW),
    change("aws_s3_bucket.kept", NEW, actions=("no-op",), before=NEW),
    change("aws_s3_bucket.changed", NEW, actions=("update",), before=OLD),
    change("aws_s3_bucket.replaced", NEW, actions=("delete", "create"), before=OLD),
    change("aws_s3_bucket.replaced_first", NEW, actions=("create", "delete"), before=OLD),
    change("aws_s3_bucket.gone", None, actions=("delete",), before=OLD),
    change("aws_s3_bucket.forgotten", None, actions=("forget",), before=OLD),
    change("aws_s3_bucket.new_place", NEW, actions=("update",), before=OLD, previous_address="aws_s3_bucket.old_place"),
    change("aws_s3_bucket.replaced", None, actions=("delete",), before=OLD, deposed="8f3a2b1c"),
    {**change("data.aws_caller_identity.me", {"account_id": "111122223333"}, actions=("read",)), "mode": "data"},
]


def names(loaded):
    return {document.address.partition(".")[2]: document.attributes["bucket"] for document in loaded.documents}


def test_after_is_what_every_action_leaves_behind(tmp_path):
    loaded = load_json(SOURCE, tmp_path, plan(*CHANGES))
    assert names(loaded) == dict.fromkeys(
        ["created", "kept", "changed", "replaced", "replaced_first", "new_place"], "new"
    )
    assert loaded.said == "plan"
    assert loaded.problems == []
    assert [(gap.kind, gap.subject) for gap in loaded.gaps] == [
        ("forgotten-resource", "aws_s3_bucket.forgotten"),
        ("deposed-object", "aws_s3_bucket.replaced"),
    ]
    assert loaded.moved == [(".", "aws_s3_bucket.old_place", "aws_s3_bucket.new_place")]
    assert loaded.seen == 7


def test_before_is_what_the_changes_start_from(tmp_path):
    loaded = load_json(SOURCE, tmp_path, plan(*CHANGES), side="before")
    assert names(loaded) == {
        **dict.fromkeys(["changed", "replaced", "replaced_first", "gone", "forgotten", "old_place"], "old"),
        "kept": "new",
    }


def test_before_prefers_the_refreshed_state(tmp_path):
    state = {
        "root_module": {
            "resources": [
                {
                    "address": "aws_s3_bucket.changed",
                    "mode": "managed",
                    "type": "aws_s3_bucket",
                    "values": {"bucket": "as refreshed", "acl": "", "arn": "arn:aws:s3:::old"},
                },
                {"address": "data.aws_region.here", "mode": "data", "type": "aws_region", "values": {}},
            ]
        }
    }
    data = plan(CHANGES[2], prior_state={"format_version": "1.0", "values": state})
    loaded = load_json(SOURCE, tmp_path, data, side="before")
    assert dict(loaded.documents[0].attributes) == {"bucket": "as refreshed", "arn": "arn:aws:s3:::old"}
    assert len(loaded.documents) == 1


def test_planned_values_stand_in_where_no_change_speaks(tmp_path):
    """A plan that was cut down by a tool still says what is planned; what it leaves out is not known."""
    resource = {"address": "module.a.aws_s3_bucket.b", "mode": "managed", "type": "aws_s3_bucket", "values": {}}
    data = plan(
        root={
            "module_calls": {
                "a": {
                    "module": {
                        "resources": [
                            {
                                "address": "aws_s3_bucket.b",
                                "expressions": {"bucket": {"references": ["random_id.x.hex"]}},
                            }
                        ]
                    }
                }
            }
        },
        planned_values={"root_module": {"child_modules": [{"address": "module.a", "resources": [resource]}]}},
    )
    (document,) = load_json(SOURCE, tmp_path, data).documents
    assert document.attributes["bucket"].reason is Reason.AFTER_APPLY


def test_drift_deferral_and_failure_are_named(tmp_path):
    data = plan(
        resource_drift=[change("aws_s3_bucket.b", NEW, actions=("update",), before=OLD)] * 2,
        deferred_changes=[{"reason": "provider_config_unknown", "resource_change": change("aws_s3_bucket.later", {})}],
        errored=True,
        complete=False,
    )
    loaded = load_json(SOURCE, tmp_path, data)
    assert [(gap.kind, gap.subject, gap.count) for gap in loaded.gaps] == [
        ("resource-drift", "plan.json", 2),
        ("deferred-change", "aws_s3_bucket.later", 1),
        ("incomplete-plan", "plan.json", 1),
    ]
    assert loaded.seen == 1


def test_what_nobody_wrote_is_left_out_as_in_code(tmp_path):
    after = {"bucket": "logs", "tags": None, "force_destroy": False, "acl": "", "grant": [], "policy": ""}
    unknown = {"id": True, "arn": True, "tags_all": True, "versioning": True}
    root = {
        "resources": [{"address": "aws_s3_bucket.b", "expressions": {"bucket": {}, "policy": {"constant_value": ""}}}]
    }
    data = plan(change("aws_s3_bucket.b", after, unknown=unknown), root=root)
    (document,) = load_json(SOURCE, tmp_path, data).documents
    assert dict(document.attributes) == {"bucket": "logs", "force_destroy": False, "policy": ""}


def test_default_tags_and_the_start_of_a_name_read_as_in_code(tmp_path):
    after = {"bucket_prefix": "logs-", "tags": {"team": "a"}, "tags_all": {"team": "a", "env": "prod"}}
    root = {"resources": [{"address": "aws_s3_bucket.b", "expressions": {"bucket_prefix": {}, "tags": {}}}]}
    data = plan(change("aws_s3_bucket.b", after, unknown={"bucket": True, "id": True}), root=root)
    attributes = load_json(SOURCE, tmp_path, data).documents[0].attributes
    assert attributes["tags"] == {"env": "prod", "team": "a"}
    assert attributes["bucket"].parts[0] == "logs-"


def test_sensitive_values_are_not_kept_and_not_shown(tmp_path):
    after = {"engine": "postgres", "snapshot_identifier": "keep-me-out", "tags": {"note": "keep-me-out"}}
    data = plan(
        change("aws_db_instance.d", after, sensitive={"snapshot_identifier": True}),
        variables={"snapshot": {"value": "keep-me-out"}},
    )
    loaded = load_json(SOURCE, tmp_path, data)
    attributes = loaded.documents[0].attributes
    assert attributes["snapshot_identifier"] == Unknown(Reason.SENSITIVE, "snapshot_identifier")
    assert attributes["engine"] == "postgres"
    assert "keep-me-out" not in repr(loaded.documents)
    shown = [loaded.excerpts.line("plan.json", number) or "" for number in range(1, 200)]
    assert any("postgres" in line for line in shown)
    assert not any("keep-me-out" in line for line in shown)


def test_credentials_are_known_by_their_names(tmp_path):
    after = {"password": "hunter22", "username": "admin"}
    changes = [
        change("aws_db_instance.d", after),
        change("aws_secretsmanager_secret_version.v", {"secret_string": "hunter22"}),
        change("tls_private_key.k", {"private_key_pem": "hunter22"}),
        change("random_password.p", {"result": "hunter22"}),
        change(
            "aws_instance.i", {"user_data_base64": "ZXhwb3J0IERCX1BBU1NXT1JEPWh1bnRlcjIy", "user_data": "echo hello"}
        ),
    ]
    loaded = load_json(SOURCE, tmp_path, plan(*changes))
    assert "hunter22" not in repr(loaded.documents)
    assert "ZXhwb3J0" not in repr(loaded.documents)
    assert by_address(loaded)["aws_instance.i"].attributes["user_data"] == "echo hello"


def test_a_value_is_found_in_the_file(tmp_path):
    after = {"bucket": "logs", "cors_rule": [{"allowed_origins": ["*"]}]}
    loaded = load_json(SOURCE, tmp_path, plan(change("aws_s3_bucket.b", after, unknown={"tags": {"x": True}})))
    (document,) = loaded.documents
    lines = (tmp_path / "plan.json").read_text().splitlines()

    def text(path):
        span = document.origin(path).span
        assert span.line == span.end_line
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]

    assert text(("bucket",)) == '"logs"'
    assert text(("cors_rule", 0, "allowed_origins", 0)) == '"*"'
    assert text(("tags", "x")) == "true"
    assert document.origin(()).span == document.origin(("absent",)).span
    assert lines[document.origin(()).span.line].strip() == '"address": "aws_s3_bucket.b",'


def test_a_directory_gives_every_plan_its_root(tmp_path):
    for name in ("a/plan.json", "b/tfplan.json"):
        (tmp_path / name).parent.mkdir()
        load_json(SOURCE, tmp_path, plan(change("aws_s3_bucket.b", NEW)), name)
    loaded = load(SOURCE, tmp_path)
    assert [document.root for document in loaded.documents] == ["a/plan.json", "b/tfplan.json"]
    assert len({document.scope.account for document in loaded.documents}) == 2
    assert loaded.assumptions == ["Root modules whose providers name no account are taken to be of different accounts."]
    assert load(SOURCE, tmp_path / "a/plan.json").documents[0].root == "."
    assert load(SOURCE, tmp_path / "a/plan.json", prefix="x/plan.json").documents[0].root == "x/plan.json"
