"""What /api gives, in OpenAPI 3.1: for machines, and for the tests that try every word of it."""

from collections.abc import Iterable

from apps._formats import KINDS, places
from apps._told import LONGEST, ROWS, STEP, visible
from data import Feed

TEXT, NUMBER, WHOLE, YES = ({"type": t} for t in ("string", "number", "integer", "boolean"))
MOMENT = {"type": ["string", "null"], "format": "date-time"}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {"type": TEXT, "title": TEXT, "status": WHOLE, "detail": TEXT},
}
COLUMNS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["label", "unit", "dtype"],
        "properties": {"label": TEXT, "unit": TEXT, "dtype": TEXT},
    },
}
HEAD = {
    "name": TEXT,
    "title": TEXT,
    "source": TEXT,
    "licence": TEXT,
    "observed_at": MOMENT,
    "fetched_at": MOMENT,
    "state": {"enum": ["live", "late", "silent", "refused", "suspect"]},
    "practice": YES,
    "mark": TEXT,
    "columns": COLUMNS,
}
STRINGS = {"type": "array", "items": TEXT}
LISTED = HEAD | {
    "every": TEXT,
    "lag": TEXT,
    "age_seconds": {"type": ["integer", "null"]},
    "problem": TEXT,
    "worked_out_from": STRINGS,
    "rows": {"type": ["integer", "null"]},
    "files": STRINGS,
}
WRONG = {
    304: "The asker has it already",
    404: "No such feed, or nothing known of it then",
    413: f"More than {ROWS:,} rows",
    422: "at or since is not what it can be",
    429: "This address asks too often",
    503: "Too much is being worked out, or the past cannot be read",
}


def openapi(feeds: Iterable[Feed]) -> dict:
    """The document, for those feeds."""
    feeds = list(feeds)
    located = [f.name for f in feeds if places(visible(f))]
    paths = {"/api/feeds": _path("Every feed, its age and its columns", "listFeeds", LIST, [])}
    for form in KINDS:
        names = located if form == "geojson" else [f.name for f in feeds]
        asked = [_name(names), _moment("at", AT), _moment("since", SINCE)]
        path = _path(f"A feed as {form}", f"feedAs{form.title()}", BODIES[form], asked)
        paths[f"/api/feeds/{{name}}.{form}"] = path
    return {
        "openapi": "3.1.0",
        "info": {"title": "Digital Civic Mayor's Office", "version": "1", "description": ABOUT},
        "paths": paths,
        "components": {"schemas": {"Problem": PROBLEM}},
    }


ABOUT = """Everything the city tells, with its age. Read-only, from any origin; ETag and gzip.
Unknown is null. The state of a feed says whether its numbers are of now: live, late or silent;
practice data says so."""
AT = f"As it was known then, told every {STEP.seconds // 60} minutes. ISO 8601, or so long ago: 2h"
SINCE = f"All rows observed since, at most {LONGEST.days} days. ISO 8601, or so long ago: 24h"


def _whole(properties: dict) -> dict:
    return {"type": "object", "required": list(properties), "properties": properties}


LIST = {KINDS["json"]: _whole({"feeds": {"type": "array", "items": _whole(LISTED)}})}
ROW = {"type": "array", "items": {"type": "object"}}
BODIES = {
    "json": {KINDS["json"]: _whole(HEAD | {"rows": ROW})},
    "csv": {KINDS["csv"].partition(";")[0]: TEXT},
    "geojson": {
        KINDS["geojson"]: _whole(HEAD | {"type": {"const": "FeatureCollection"}, "features": ROW})
    },
    "parquet": {KINDS["parquet"]: {"type": "string", "format": "binary"}},
}


def _name(names: list[str]) -> dict:
    schema = {"type": "string", "enum": names}
    return {"name": "name", "in": "path", "required": True, "schema": schema}


def _moment(name: str, description: str) -> dict:
    schema = {"type": "string", "maxLength": 40}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _path(summary: str, name: str, bodies: dict, parameters: list[dict]) -> dict:
    """One path that is read, and every answer it may have."""
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {str(n): {"description": w, "content": problem} for n, w in WRONG.items()}
    del answers["304"]["content"]
    content = {kind: {"schema": schema} for kind, schema in bodies.items()}
    answers["200"] = {"description": summary, "content": content}
    told = {"summary": summary, "operationId": name, "parameters": parameters}
    return {"get": told | {"responses": answers}}
