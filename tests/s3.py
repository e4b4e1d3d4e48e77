"""A small server that speaks as much S3 as the past needs: ``python -m tests.s3 PORT``.

Buckets and objects in memory; conditional puts, ranges, listings and bulk deletes. No keys are
checked and nothing is uploaded in parts.
"""

import re
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import md5
from xml.sax.saxutils import escape

import defusedxml.ElementTree as ElementTree
from aiohttp import web

XML = '<?xml version="1.0" encoding="UTF-8"?>'
Object = tuple[bytes, datetime]
BUCKETS: dict[str, dict[str, Object]] = {}


def error(status: int, code: str) -> web.Response:
    """As S3 says it."""
    body = f"{XML}<Error><Code>{code}</Code><Message>{code}</Message></Error>"
    return web.Response(status=status, text=body, content_type="application/xml")


def mark(body: bytes) -> str:
    return f'"{md5(body, usedforsecurity=False).hexdigest()}"'


async def bucket(request: web.Request) -> web.Response:
    """PUT makes one, GET lists it, POST ?delete empties it of what is named."""
    name = request.match_info["bucket"]
    if request.method == "PUT":
        BUCKETS[name] = {}
        return web.Response()
    if name not in BUCKETS:
        return error(404, "NoSuchBucket")
    if request.method == "POST" and "delete" in request.query:
        keys = [e.text for e in ElementTree.fromstring(await request.text()).iter() if _is_key(e)]
        for key in keys:
            BUCKETS[name].pop(key, None)
        gone = "".join(f"<Deleted><Key>{escape(key)}</Key></Deleted>" for key in keys)
        body = f"{XML}<DeleteResult>{gone}</DeleteResult>"
        return web.Response(text=body, content_type="application/xml")
    if request.query.get("list-type") != "2":
        return error(501, "NotImplemented")
    return listed(BUCKETS[name], request.query)


def _is_key(element) -> bool:
    return element.tag.rpartition("}")[2] == "Key"


def listed(objects: dict[str, Object], query) -> web.Response:
    """In order of the keys, after ``start-after``; folders where a delimiter is given."""
    prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
    told, folders = [], {}
    for key in sorted(objects):
        if not key.startswith(prefix) or key <= query.get("start-after", ""):
            continue
        rest = key.removeprefix(prefix)
        if delimiter and delimiter in rest:
            folders[prefix + rest.partition(delimiter)[0] + delimiter] = True
            continue
        body, changed = objects[key]
        told.append(
            f"<Contents><Key>{escape(key)}</Key><Size>{len(body)}</Size>"
            f"<LastModified>{changed:%Y-%m-%dT%H:%M:%S}.000Z</LastModified>"
            f"<ETag>{escape(mark(body))}</ETag></Contents>"
        )
    told += [f"<CommonPrefixes><Prefix>{escape(f)}</Prefix></CommonPrefixes>" for f in folders]
    body = (
        f"{XML}<ListBucketResult><KeyCount>{len(told)}</KeyCount>"
        f"<IsTruncated>false</IsTruncated>{''.join(told)}</ListBucketResult>"
    )
    return web.Response(text=body, content_type="application/xml")


async def thing(request: web.Request) -> web.Response:
    """One object: put (with If-None-Match: * only where none is), got, asked about, deleted."""
    key, objects = request.match_info["key"], BUCKETS.get(request.match_info["bucket"])
    if objects is None:
        return error(404, "NoSuchBucket")
    if request.method == "PUT" and not request.query and "x-amz-copy-source" not in request.headers:
        body = await request.read()
        if request.headers.get("If-None-Match") == "*" and key in objects:
            return error(412, "PreconditionFailed")
        objects[key] = body, datetime.now(UTC)
        return web.Response(headers={"ETag": mark(body)})
    if request.method == "DELETE":
        objects.pop(key, None)
        return web.Response(status=204)
    if request.method not in ("GET", "HEAD"):
        return error(501, "NotImplemented")
    if key not in objects:
        return error(404, "NoSuchKey")
    body, changed = objects[key]
    headers = {"ETag": mark(body), "Last-Modified": format_datetime(changed, usegmt=True)}
    said = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    if said is None:
        return web.Response(body=body, headers=headers)
    first = int(said[1]) if said[1] else max(len(body) - int(said[2]), 0)
    last = min(int(said[2]), len(body) - 1) if said[1] and said[2] else len(body) - 1
    headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    return web.Response(status=206, body=body[first : last + 1], headers=headers)


def main(port: int) -> None:
    """Serve on this machine alone."""
    app = web.Application(client_max_size=2**28)
    app.router.add_route("*", "/{bucket}/{key:.+}", thing)
    app.router.add_route("*", "/{bucket:[^/]+}{slash:/?}", bucket)
    app.router.add_get("/", lambda request: web.Response())
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
