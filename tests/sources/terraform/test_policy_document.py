"""`data.aws_iam_policy_document` as the provider writes it."""

import json

from nephograph.model.value import Reason, Ref, Unknown
from nephograph.sources.json_text import with_symbols
from nephograph.sources.policy_document import render, render_text

ARN = Unknown(Reason.AFTER_APPLY, ref=Ref('aws_s3_bucket.b["x"]', ("arn",)))


def test_the_text_is_the_providers():
    body = {
        "statement": [
            {
                "sid": "1",
                "actions": ["s3:GetBucketLocation", "s3:ListAllMyBuckets"],
                "resources": ["arn:aws:s3:::*"],
            },
            {
                "actions": ["s3:ListBucket"],
                "resources": ["arn:aws:s3:::b"],
                "condition": [{"test": "StringLike", "variable": "s3:prefix", "values": ["", "home/&{aws:username}/"]}],
            },
        ]
    }
    # The rendering that the data source's documentation shows for this example.
    assert render_text(body) == (
        '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Sid": "1",\n      "Effect": "Allow",\n'
        '      "Action": [\n        "s3:ListAllMyBuckets",\n        "s3:GetBucketLocation"\n      ],\n'
        '      "Resource": "arn:aws:s3:::*"\n    },\n    {\n      "Effect": "Allow",\n'
        '      "Action": "s3:ListBucket",\n'
        '      "Resource": "arn:aws:s3:::b",\n      "Condition": {\n        "StringLike": {\n          "s3:prefix": [\n'
        '            "",\n            "home/${aws:username}/"\n          ]\n        }\n      }\n    }\n  ]\n}'
    )


def test_principals():
    def principal(*blocks):
        return render({"statement": [{"principals": list(blocks)}]}).document["Statement"][0]["Principal"]

    assert principal({"type": "*", "identifiers": ["*"]}) == "*"
    assert principal({"type": "AWS", "identifiers": ["*"]}) == {"AWS": "*"}
    assert principal({"type": "Service", "identifiers": ["a", "b"]}) == {"Service": ["b", "a"]}
    assert principal({"type": "AWS", "identifiers": ["x"]}, {"type": "AWS", "identifiers": ["y"]}) == {
        "AWS": ["x", "y"]
    }


def test_override_replaces_the_same_sid_and_source_comes_first():
    source = json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "a", "Action": "x"}, {"Action": "anonymous"}]})
    override = json.dumps({"Statement": {"Sid": "own", "Effect": "Deny", "Action": "z"}})
    body = {
        "source_policy_documents": [source],
        "override_policy_documents": [override],
        "statement": [{"sid": "own", "actions": ["y"]}, {"sid": "a", "actions": ["w"]}],
    }
    policy = render(body)
    assert [statement["Action"] for statement in policy.document["Statement"]] == ["w", "anonymous", "z"]
    assert policy.places["Statement", 0] == ("statement", 1)
    assert policy.places["Statement", 1] == ("source_policy_documents", 0, "Statement", 1)
    assert policy.places["Statement", 2, "Action"] == ("override_policy_documents", 0, "Statement", 0, "Action")


def test_places_follow_the_order_of_the_rendering():
    places = render({"statement": [{"actions": ["a", "b"], "resources": ["*"]}]}).places
    assert places["Statement", 0, "Action", 0] == ("statement", 0, "actions", 1)
    assert places["Statement", 0, "Resource"] == ("statement", 0, "resources")
    assert places["Statement", 0, "Resource", 0] == ("statement", 0, "resources", 0)


def test_unknown_pieces_keep_the_rest():
    text = render_text({"statement": [{"actions": ["s3:GetObject"], "resources": [ARN]}]})
    assert isinstance(text, Unknown)
    statement = json.loads(with_symbols(text))["Statement"][0]
    assert statement["Action"] == "s3:GetObject"
    assert statement["Resource"] == ARN.symbol


def test_an_unknown_source_document_leaves_the_whole_unknown():
    absent = Unknown(Reason.NO_VALUE, "var.extra")
    assert render_text({"source_policy_documents": [absent], "statement": [{"actions": ["a"]}]}) is absent


def test_a_document_that_is_not_json_is_named():
    result = render_text({"source_policy_documents": ["{"]})
    assert isinstance(result, Unknown)
    assert "source_policy_documents[0]" in result.detail


def test_html_signs_are_escaped_as_go_does():
    assert "\\u003c\\u0026\\u003e" in render_text({"statement": [{"sid": "<&>"}]})


def test_a_sid_that_is_not_known_is_no_other_statement(tree):
    loaded = tree.load(
        'variable "sid" {}\ndata "aws_iam_policy_document" "d" {\n  statement {\n    sid = "A"\n'
        '    actions = ["s3:GetObject"]\n  }\n  dynamic "statement" {\n    for_each = [1, 2]\n    content {\n'
        '      sid = var.sid\n      actions = ["s3:Put${statement.value}"]\n    }\n  }\n}\n'
        'data "aws_iam_policy_document" "over" {\n  source_policy_documents = [data.aws_iam_policy_document.d.json]\n'
        '  statement {\n    sid = var.sid\n    actions = ["s3:List*"]\n  }\n}\n'
        'resource "x_y" "z" {\n  p = data.aws_iam_policy_document.d.json\n'
        "  q = data.aws_iam_policy_document.over.json\n}\n"
    )
    assert "s3:GetObject" in repr(loaded.value("x_y.z", "p"))
    assert "s3:List*" in repr(loaded.value("x_y.z", "q"))
