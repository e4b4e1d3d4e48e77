"""What /api gives, in OpenAPI 3.1: for machines, and for the tests that try every word of it."""

from collections.abc import Iterable

from apps._asked import LONGEST, MOST, STEP
from apps._formats import KINDS, places
from apps._told import ROWS, VALUES, visible
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
NEXT = {"rows_in_all": WHOLE, "offset": WHOLE, "next": {"type": ["string", "null"]}}
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
    409: "The feed has been asked again since fetched_at: begin at the first page",
    413: f"More than {ROWS:,} rows",
    421: "The host that was asked is not ours",
    422: "An argument is not what it can be",
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
        asked = [_name(names), _moment("at", AT), _moment("since", SINCE), *PAGE]
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
practice data says so. ``suspect`` names the columns of a row whose value is possible and not
believed, as it leaps or stands apart from its neighbours: show it as being verified, and leave it
out of means. An answer has so many values at most; ``next``, and a Link header, lead on."""
AT = f"As it was known then, told every {STEP.seconds // 60} minutes. ISO 8601, or so long ago: 2h"
SINCE = f"All rows observed since, at most {LONGEST.days} days. ISO 8601, or so long ago: 24h"


def _whole(properties: dict) -> dict:
    return {"type": "object", "required": list(properties), "properties": properties}


LIST = {KINDS["json"]: _whole({"feeds": {"type": "array", "items": _whole(LISTED)}})}
SUSPECT = {
    "type": ["string", "null"],
    "description": "Columns of this row that are being verified, separated by blanks; often none",
}
ROW = {"type": "array", "items": {"type": "object", "properties": {"suspect": SUSPECT}}}
FEATURE = {"type": "object", "properties": {"properties": ROW["items"]}}
COLLECTION = {
    "type": {"const": "FeatureCollection"},
    "features": {"type": "array", "items": FEATURE},
}
BODIES = {
    "json": {KINDS["json"]: _whole(HEAD | NEXT | {"rows": ROW})},
    "csv": {KINDS["csv"].partition(";")[0]: TEXT},
    "geojson": {KINDS["geojson"]: _whole(HEAD | NEXT | COLLECTION)},
    "parquet": {KINDS["parquet"]: {"type": "string", "format": "binary"}},
}


def _name(names: list[str]) -> dict:
    schema = {"type": "string", "enum": names}
    return {"name": "name", "in": "path", "required": True, "schema": schema}


def _count(name: str, least: int, most: int, description: str) -> dict:
    schema = {"type": "integer", "minimum": least, "maximum": most}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _moment(name: str, description: str) -> dict:
    schema = {"type": "string", "maxLength": 40}
    return {"name": name, "in": "query", "description": description, "schema": schema}


PAGE = [
    _count("limit", 1, MOST, f"Rows of a page at most; in any case {VALUES:,} values"),
    _count("offset", 0, 10**9, "Rows before the page"),
    _moment("fetched_at", "Pages of the present: the fetching that the first page was of"),
]


def _path(summary: str, name: str, bodies: dict, parameters: list[dict]) -> dict:
    """One path that is read, and every answer it may have."""
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {str(n): {"description": w, "content": problem} for n, w in WRONG.items()}
    del answers["304"]["content"]
    content = {kind: {"schema": schema} for kind, schema in bodies.items()}
    link = {"description": 'The next page, rel="next"; none after the last', "schema": TEXT}
    answers["200"] = {"description": summary, "content": content, "headers": {"Link": link}}
    told = {"summary": summary, "operationId": name, "parameters": parameters}
    return {"get": told | {"responses": answers}}
