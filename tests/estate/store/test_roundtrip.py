"""What was written is what is read: an estate from code, through the store, answers as the fresh one does."""

from __future__ import annotations

import pathlib

import pytest

from nephograph.estate.store.reader import Store
from nephograph.session import Session, open_estate
from tests.estate.store.estates import TAKEN, about, assert_same, contents, paths, write
from tests.support.trees import estate_of

SHOP = pathlib.Path(__file__).resolve().parents[3] / "examples" / "shop"


@pytest.fixture(scope="module")
def shop() -> Session:
    return open_estate([str(SHOP)], today="2026-01-01")


@pytest.fixture(scope="module")
def stored(shop: Session, tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    path = tmp_path_factory.mktemp("shop") / "estate.neph"
    write(path, contents(shop))
    return path


def test_the_sample_estate_comes_back_whole(shop: Session, stored: pathlib.Path) -> None:
    with Store.open(stored) as store:
        back = store.contents()
        assert_same(shop.estate, back.estate)
        assert back.about == about(shop)
        assert store.problems == ()


def test_one_resource_is_read_without_the_others(shop: Session, stored: pathlib.Path) -> None:
    (bucket, *_) = shop.estate.of_kind("aws_s3_bucket")
    with Store.open(stored) as store:
        back = store.contents()
        found = back.resource(bucket.urn)
        assert found is not None
        assert found.config == bucket.config
        assert found.value("versioning") == bucket.value("versioning")
        assert back.resource("neph:nothing") is None
        assert "estate" not in vars(back)


def test_lines_are_there_for_every_origin_without_the_files(shop: Session, stored: pathlib.Path) -> None:
    shown = 0
    with Store.open(stored) as store:
        back = store.contents()
        for resource in shop.estate.resources.values():
            for path in paths(resource.config):
                origin = resource.origin(*path)
                for span in (origin.span, *(c.span for c in origin.causes)) if origin else ():
                    if span is not None:
                        line = shop.excerpts.line(span.file, span.line)
                        assert back.excerpts.line(span.file, span.line) == line
                        shown += line is not None
        assert back.excerpts.line("nowhere.tf", 1) is None
    assert shown > 1000


def test_raw_documents_are_kept(shop: Session, stored: pathlib.Path) -> None:
    with Store.open(stored) as store:
        back = store.contents()
        for read in shop.reads:
            for document in read.loaded.documents:
                if document.type in ("aws_s3_bucket", "aws_cloudwatch_log_group"):
                    (resource,) = [r for r in shop.estate.resources.values() if r.address == document.address]
                    kept = back.documents(resource.urn)[0]
                    assert (kept.dialect, kept.type, kept.address) == ("terraform", document.type, document.address)
                    assert kept.attributes == dict(document.attributes)


def test_no_credential_reaches_the_disk(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path / "code",
        main="""
            resource "aws_db_instance" "d" {
              identifier = "orders"
              password   = "correct-horse-battery"
            }
        """,
    )
    write(tmp_path / "estate.neph", contents(session))
    with Store.open(tmp_path / "estate.neph") as store:
        folder = store.export(tmp_path / "out", "json")[0].parent
        excerpts = "".join(store.contents().excerpts.line(str(tmp_path / "code/main.tf"), n) or "" for n in range(9))
    assert "orders" in excerpts
    for text in (excerpts, *(path.read_text() for path in folder.iterdir())):
        assert "battery" not in text


def test_what_is_said_twice_in_one_place_and_other_oddities(tmp_path: pathlib.Path) -> None:
    session = estate_of(
        tmp_path / "code",
        main="""
            variable "n" {}
            resource "aws_s3_bucket" "known" { bucket = "a\\u0000b-${var.n}" }
            resource "aws_s3_bucket" "half" {
              count  = var.n
              bucket = "x"
              tags   = { "we \\"quote\\"" = "ünï⟨cöde⟩", empty = "", none = null, n = var.n }
            }
            resource "aws_nothing_known" "x" { a = [1, 2.5, [], {}, null, true, var.n, 1e300] }
        """,
    )
    write(tmp_path / "estate.neph", contents(session))
    with Store.open(tmp_path / "estate.neph") as store:
        assert_same(session.estate, store.contents().estate)
        assert store.snapshot().taken == TAKEN
