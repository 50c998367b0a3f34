"""The structure that the W3C Web Annotation Data Model asks for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import jsonschema
import msgspec

from brief_tui.corpus.model import Document
from brief_tui.export import ExportRequest, narrow, render

URN = {"type": "string", "pattern": r"^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
BODY = {
    "type": "object",
    "required": ["type", "value", "purpose"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "purpose": {"enum": ["tagging", "commenting", "classifying", "describing"]},
    },
}
SELECTOR = {
    "oneOf": [
        {
            "type": "object",
            "required": ["type", "exact", "prefix", "suffix"],
            "properties": {"type": {"const": "TextQuoteSelector"}},
            "additionalProperties": {"type": "string"},
        },
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {"type": {"const": "TextPositionSelector"}},
            "additionalProperties": {"type": ["integer", "string"], "minimum": 0},
        },
    ]
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "motivation", "target"],
    "properties": {
        "id": URN,
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["highlighting", "classifying"]},
        "created": MOMENT,
        "modified": MOMENT,
        "body": {"type": "array", "minItems": 1, "items": BODY},
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "source": {"type": "object", "required": ["id", "type"]},
                "selector": {"type": "array", "items": SELECTOR, "minItems": 2},
            },
        },
    },
}
NOTE = {
    "type": "object",
    "required": ["id", "type", "motivation", "body", "target"],
    "properties": {
        "id": URN,
        "type": {"const": "Annotation"},
        "motivation": {"const": "commenting"},
        "body": {"type": "array", "minItems": 1, "items": BODY},
        "target": {"type": "object", "required": ["id", "type"], "not": {"required": ["selector"]}},
    },
}
COLLECTION = {
    "type": "object",
    "required": ["@context", "id", "type", "total"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": URN,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string"},
        "total": {"type": "integer", "minimum": 0},
        "last": URN,
        "first": {
            "type": "object",
            "required": ["id", "type", "partOf", "startIndex", "items"],
            "properties": {
                "id": URN,
                "type": {"const": "AnnotationPage"},
                "partOf": URN,
                "startIndex": {"const": 0},
                "items": {"type": "array", "minItems": 1, "items": {"oneOf": [ANNOTATION, NOTE]}},
            },
        },
    },
    "if": {"properties": {"total": {"const": 0}}},
    "then": {"not": {"anyOf": [{"required": ["first"]}, {"required": ["last"]}]}},
    "else": {"required": ["first", "last"]},
}


def collection(request: ExportRequest) -> dict[str, Any]:
    value: dict[str, Any] = msgspec.json.decode(b"".join(render("jsonld", request)))
    jsonschema.validate(value, COLLECTION)
    return value


def test_the_collection_is_as_the_recommendation_says(request_: ExportRequest) -> None:
    value = collection(request_)
    items = value["first"]["items"]
    assert value["total"] == len(items) == 9
    assert len({item["id"] for item in items}) == 9
    notes = [(each["target"]["id"], each["body"][0]["value"]) for each in items[:2]]
    assert notes == [(value["id"], "All in all."), ("urn:brief-tui:001_a.txt", "A *strong* text.")]
    mark = next(item for item in items[2:] if item.get("body", [{}])[-1].get("purpose") == "commenting")
    assert [(body["purpose"], body["value"]) for body in mark["body"]] == [
        ("tagging", "trust"),
        ("tagging", "free word"),
        ("commenting", "A *note*\n\n# of two"),
    ]
    quote, position = mark["target"]["selector"]
    text = request_.documents[0].text
    assert text[position["start"] : position["end"]] == quote["exact"]
    assert text[: position["start"]].endswith(quote["prefix"])
    assert text[position["end"] :].startswith(quote["suffix"])
    assert re.fullmatch(r"urn:brief-tui:[!-~]+", mark["target"]["source"]["id"])


def test_an_empty_collection_has_no_page(
    request_: ExportRequest, make_document: Callable[..., Document]
) -> None:
    assert collection(narrow(replace(request_, notes={}), tag="no such tag"))["total"] == 0
