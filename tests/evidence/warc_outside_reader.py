"""Reads a WARC file with nothing of ours: gzip members, then HTTP messages by http.client. Prints a line a record.

usage: warc_outside_reader.py FILE
"""

import base64
import hashlib
import http.client
import io
import json
import re
import sys
import uuid
import zlib


def members(data):
    while data:
        unpacker = zlib.decompressobj(31)
        content = unpacker.decompress(data) + unpacker.flush()
        assert unpacker.eof, "a gzip member is cut off"
        data = unpacker.unused_data
        yield content


def record_of(content):
    head, rest = content.split(b"\r\n\r\n", 1)
    lines = head.decode("utf-8").split("\r\n")
    assert lines[0] == "WARC/1.1", lines[0]
    fields = {}
    for line in lines[1:]:
        name, value = line.split(": ", 1)
        assert name.lower() not in fields, f"{name} twice"
        fields[name.lower()] = value
    size = int(fields["content-length"])
    assert rest[size:] == b"\r\n\r\n", "a record does not end in two empty lines"
    return fields, rest[:size]


def digest(data):
    return "sha256:" + base64.b32encode(hashlib.sha256(data).digest()).decode()


class Source(io.BytesIO):
    """What http.client takes for a socket."""

    def makefile(self, *_):
        return self


def check_response(fields, block, method):
    response = http.client.HTTPResponse(Source(block), method=method)
    response.begin()
    try:
        body = response.read()
    except http.client.IncompleteRead as cut:
        assert fields.get("warc-truncated"), "content is missing and the record does not say so"
        body = cut.partial
    stored = block.split(b"\r\n\r\n", 1)[1]
    assert body == stored, "the message does not fit its content"
    assert digest(body) == fields["warc-payload-digest"]
    return response.status, body


def check_request(block):
    line, rest = block.split(b"\r\n", 1)
    method, target, version = line.decode().split(" ")
    assert version in ("HTTP/1.0", "HTTP/1.1") and target.startswith("/"), line
    headers = http.client.parse_headers(io.BytesIO(rest))
    assert headers["Host"] and headers["User-Agent"]
    return method


def main():
    with open(sys.argv[1], "rb") as file:
        records = [record_of(content) for content in members(file.read())]
    ids = [fields["warc-record-id"] for fields, _ in records]
    assert len(set(ids)) == len(ids), "an id is there twice"
    for fields, block in records:
        uuid.UUID(fields["warc-record-id"].removeprefix("<urn:uuid:").removesuffix(">"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", fields["warc-date"])
        assert fields["warc-block-digest"] == digest(block)
        assert fields.get("warc-concurrent-to", ids[0]) in ids
        kind = fields["warc-type"]
        said = ""
        if kind == "response":
            status, body = check_response(fields, block, "GET")
            said = f" {status} {len(body)} bytes {fields['warc-ip-address']}"
        elif kind == "request":
            said = " " + check_request(block)
        elif kind == "metadata":
            assert fields["content-type"] == "application/json"
            facts = json.loads(block)
            said = f" {facts['status']}"
        print(f"{kind} {fields.get('warc-target-uri', '-')}{said}")


if __name__ == "__main__":
    main()
