"""Policy documents that a plan puts off: what is known of their statements is read, what is not stays open."""

from __future__ import annotations

import json
import pathlib
from typing import Any

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.session import open_estate
from nephograph.sources.json_text import with_symbols
from nephograph.sources.terraform_plan import SOURCE
from tests.support.loading import by_address, load_json
from tests.support.plans import block, change, plan, refers

POLICY = "aws_iam_policy_document"
PUT_OFF = {"id": True, "json": True, "minified_json": True}
ARN = Unknown(Reason.AFTER_APPLY, ref=Ref("aws_s3_bucket.b", ("arn",)))


def document(name: str, after: dict[str, Any], unknown: dict[str, Any], index: str = "") -> dict[str, Any]:
    said = change(f"{POLICY}.{name}{index}", after, unknown={**PUT_OFF, **unknown}, actions=("read",))
    return {**said, "address": f"data.{POLICY}.{name}{index}", "mode": "data"}


def written(name: str, **expressions: Any) -> dict[str, Any]:
    body = block(f"{POLICY}.{name}")
    return {**body, "address": f"data.{POLICY}.{name}", "mode": "data", "expressions": expressions}


READS = {
    "statement": [
        {
            "sid": None,
            "effect": None,
            "actions": ["s3:GetObject"],
            "not_actions": None,
            "resources": [None, None],
            "condition": [],
        }
    ],
    "version": None,
}
READS_UNKNOWN = {"statement": [{"actions": [False], "resources": [True, True], "condition": []}]}
READS_WRITTEN = {
    "statement": [
        {
            "actions": refers({"is": ["s3:GetObject"]}),
            "resources": refers(["aws_s3_bucket.b.arn", "aws_s3_bucket.b.arn"]),
        }
    ]
}


def planned(*more: Any, policy: Any = f"data.{POLICY}.reads.json", blocks: tuple[Any, ...] = ()) -> dict[str, Any]:
    held = block("aws_iam_role_policy.p", policy=policy)
    return plan(
        change("aws_s3_bucket.b", {"bucket": "b"}, unknown={"arn": True, "id": True}),
        change("aws_iam_role_policy.p", {"role": "r"}, unknown={"policy": True}),
        document("reads", READS, READS_UNKNOWN),
        *more,
        root={"resources": [block("aws_s3_bucket.b"), held, written("reads", **READS_WRITTEN), *blocks]},
    )


def policy(tmp_path: pathlib.Path, said: dict[str, Any]) -> Any:
    return by_address(load_json(SOURCE, tmp_path, said))["aws_iam_role_policy.p"].attributes["policy"]


def statements(text: Any) -> list[dict[str, Any]]:
    return json.loads(with_symbols(text) if isinstance(text, Unknown) else text)["Statement"]


def test_what_is_known_of_a_statement_is_kept(tmp_path: pathlib.Path) -> None:
    text = policy(tmp_path, planned())
    (statement,) = statements(text)
    assert statement["Effect"] == "Allow"
    assert statement["Action"] == "s3:GetObject"


def test_a_resource_begins_with_what_is_referred_to_and_may_go_on(tmp_path: pathlib.Path) -> None:
    """`x.arn` and `"${x.arn}/*"` look the same: the text is neither the one nor the other for certain."""
    text = policy(tmp_path, planned())
    at = text.parts.index(ARN)
    assert isinstance(text.parts[at + 1], Unknown)
    assert text.parts[at + 1].ref is None


def test_documents_are_put_together_of_documents(tmp_path: pathlib.Path) -> None:
    both = document("both", {"source_policy_documents": [None]}, {"source_policy_documents": [True]})
    said = written("both", source_policy_documents=refers(f"data.{POLICY}.reads.json"))
    text = policy(tmp_path, planned(both, policy=f"data.{POLICY}.both.json", blocks=(said,)))
    assert [one["Action"] for one in statements(text)] == ["s3:GetObject"]


def test_each_instance_has_its_own(tmp_path: pathlib.Path) -> None:
    two = [
        document("many", {"statement": [{"actions": [action], "resources": ["*"]}]}, {}, index=f'["{key}"]')
        for key, action in (("a", "s3:GetObject"), ("b", "s3:PutObject"))
    ]
    text = policy(tmp_path, planned(*two, policy=f'data.{POLICY}.many["b"].json'))
    assert statements(text)[0]["Action"] == "s3:PutObject"


def test_an_expression_that_names_more_is_not_read_as_one(tmp_path: pathlib.Path) -> None:
    text = policy(tmp_path, planned(policy=[f"data.{POLICY}.reads.json", "aws_s3_bucket.b.arn"]))
    assert isinstance(text, Unknown)
    assert text.parts == ()


def test_documents_that_name_each_other_are_not_known(tmp_path: pathlib.Path) -> None:
    circle = [
        document(one, {"source_policy_documents": [None]}, {"source_policy_documents": [True]}) for one in ("a", "c")
    ]
    said = tuple(
        written(one, source_policy_documents=refers(f"data.{POLICY}.{other}.json"))
        for one, other in (("a", "c"), ("c", "a"))
    )
    text = policy(tmp_path, planned(*circle, policy=f"data.{POLICY}.a.json", blocks=said))
    assert isinstance(text, Unknown)


def test_that_a_policy_is_read_so_is_told(tmp_path: pathlib.Path) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(planned()))
    answer = open_estate([str(tmp_path)]).ask("check")
    assert any("taken to be exactly the attribute" in one for one in answer.assumptions)
