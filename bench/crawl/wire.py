#!/usr/bin/env python3
"""What a found copy costs over the wire, its capture included, for each byte that it has: files and HLS on the loopback.

wire.py --binary build/release/reelprint --media ../shared/media --work /tmp/wire
"""

import argparse
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

from sampling import call, register
from web import Web

HOSTS = 4
COPY = ["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy"]
# Name to the episodes that it has, one behind the other, and whether it is a playlist.
COPIES = {
    "file1": ([1], False),
    "file2": ([2], False),
    "long1": ([1, 2, 3], False),
    "long2": ([4, 5, 6], False),
    "list1": ([3], True),
    "list2": ([4, 5, 6], True),
}


def make(media, folder):
    """The copies, each with a page that shows it. Name to the file or the playlist's folder."""
    made = {}
    for name, (episodes, is_playlist) in COPIES.items():
        parts = folder / f"{name}.txt"
        parts.write_text("".join(f"file '{media.resolve()}/series/dev_series_ep{e:02}.mp4'\n" for e in episodes))
        target = folder / name
        target.mkdir()
        out = ["-f", "hls", "-hls_time", "4", "-hls_playlist_type", "vod", "-master_pl_name", "master.m3u8",
               target / "list.m3u8"] if is_playlist else ["-movflags", "+faststart", target / "video.mp4"]
        subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "concat", "-safe", "0", "-i", parts, *COPY, *out], check=True)
        source = "master.m3u8" if is_playlist else "video.mp4"
        (folder / f"{name}.html").write_text(f"<!doctype html><html><body><video src='/{name}/{source}'></video>")
        made[name] = target
    return made


def count(data, media, begins):
    """Bytes over the wire of what led to a copy and of its capture."""
    requests = [json.loads(line) for line in media]
    mine = [r for r in requests if any(r["url"].startswith(b) for b in begins)]
    return {purpose: sum(r["bytes"] for r in mine if r["purpose"] == purpose)
            for purpose in ("discover", "sample", "whole", "capture")}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--media", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    shutil.rmtree(options.work, ignore_errors=True)
    served = options.work / "web"
    served.mkdir(parents=True)
    data = options.work / "data"
    register(options.binary, data, options.media)
    made = make(options.media, served)
    run = ["crawl", "run", "--contact", "https://example.org/crawler", "--until-idle", "--allow-loopback", "--least-delay-s", 0]
    with Web(served, HOSTS) as web:
        pages = {name: web.url(i, f"{name}.html") for i, name in enumerate(made)}
        sources = options.work / "sources.json"
        sources.write_text(json.dumps([{"name": "wire", "kind": "videos", "start_urls": list(pages.values()), "every_min": 0}]))
        call(options.binary, data, "crawl", "add", "--allow-loopback", "--from", sources)
        call(options.binary, data, *run)
        with sqlite3.connect(data / "reelprint.sqlite") as database:  # looks that are due in two hours are due now
            database.execute("UPDATE sightings SET next_check_at_us = 1 WHERE next_check_at_us > 0")
        database.close()
        call(options.binary, data, *run)
    requests = call(options.binary, data, "crawl", "requests", "--json", "--limit", 100000)
    found = {json.loads(s)["page_url"] for s in call(options.binary, data, "crawl", "sightings", "--json", "--limit", 1000)}
    print("copy   found  has      discover  sample    whole     capture   in all, of what it has")
    all_has = all_cost = 0
    for name, folder in made.items():
        page = pages[name]
        has = sum(f.stat().st_size for f in folder.iterdir()) + (served / f"{name}.html").stat().st_size
        cost = count(data, requests, [page, page.replace(f"{name}.html", f"{name}/")])
        total = sum(cost.values())
        all_has, all_cost = all_has + has, all_cost + total
        print(f"{name:6} {'yes' if page in found else 'no':6} {has:8} " + " ".join(f"{v:9}" for v in cost.values()) +
              f" {total / has:.3f}")
    print(f"all: {all_cost} of {all_has}: {all_cost / all_has:.3f}")


if __name__ == "__main__":
    main()
