#!/usr/bin/env python3
"""How often a crawl's sample misses a copy, and how many bytes it saves: crawls long videos on the loopback.

sampling.py --binary build/release/reelprint --media ../shared/media --work /tmp/sampling --part report
"""

import argparse
import csv
import json
import shutil
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import long_videos
from web import Web

HOSTS = 4
SAMPLES_ALONE_MIB = 6  # more than a sample of these videos has, less than any whole


def register(binary, data, media):
    """All episodes of the series."""
    data.parent.mkdir(parents=True, exist_ok=True)
    catalog = data.with_suffix(".csv")
    with open(catalog, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["holder", "series", "episode", "language", "file"])
        for number in range(1, 7):
            writer.writerow(["bench", "Dev", number, "und", media / f"series/dev_series_ep{number:02}.mp4"])
    call(binary, data, "register", catalog)


def call(binary, data, *arguments):
    """Lines of its output. RuntimeError when it failed."""
    done = subprocess.run([binary, "--data", data, *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{arguments}: {done.stderr[-600:]}")
    return done.stdout.splitlines()


@dataclass(frozen=True)
class Became:
    """Of one video. `is_read` and a sighting; `goes_on`: its sample asked for the whole; `is_found`: a case."""
    is_read: bool
    goes_on: bool
    is_found: bool
    sample_bytes: int
    all_bytes: int
    took_s: float


def crawl(binary, data, served, folder, options):
    """What became of each video by name, the wall seconds, and what the crawl reports of its cost."""
    with Web(folder, HOSTS) as web:
        urls = {name: web.url(i, path) for i, (name, path) in enumerate(served.items())}
        source = [{"name": "bench", "kind": "videos", "start_urls": list(urls.values()), "every_min": 0}]
        sources = data.with_suffix(".sources.json")
        sources.write_text(json.dumps(source), encoding="utf-8")
        call(binary, data, "crawl", "add", "--allow-loopback", "--from", sources)
        begin = time.monotonic()
        call(binary, data, "crawl", "run", "--contact", "https://example.org/crawler", "--until-idle", "--allow-loopback",
             "--least-delay-s", 0, "--screenings", 2, *options)
        took_s = time.monotonic() - begin
    seen = {s["location"]: s for s in map(json.loads, call(binary, data, "crawl", "sightings", "--json", "--limit", 10000))}
    requests = [json.loads(r) for r in call(binary, data, "crawl", "requests", "--json", "--limit", 1000000)]
    suspicious = wanted_whole(data)
    became = {}
    for name, url in urls.items():
        begins = url.rsplit("/", 1)[0] + "/" if url.endswith(".m3u8") else url
        of_it = [r for r in requests if r["url"].startswith(begins)]
        sample = sum(r["bytes"] for r in of_it if r["purpose"] == "sample")
        whole = [r["bytes"] for r in of_it if r["purpose"] == "whole"]
        sighting = seen.get(url)
        became[name] = Became(sighting is not None, bool(whole) or url in suspicious, bool(sighting and sighting["case"]),
                              sample, sample + sum(whole), sighting["took_s"] if sighting else 0)
    return became, took_s, call(binary, data, "crawl", "report", "--json")


def wanted_whole(data):
    """URLs of videos whose sample was suspicious, but whose whole was not to be had (--samples-alone)."""
    with sqlite3.connect(f"file:{data / 'reelprint.sqlite'}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT url FROM crawl_urls WHERE note LIKE '%the whole was not to be had%'")
        return {url for url, in rows}


def what_of(video):
    return {"excerpt": f"excerpt of {video.planted_s} s", "copy": f"whole copy, {video.edit}", "clear": "clear"}[video.kind]


def print_table(title, videos, forms, sizes, became):
    """By length of excerpt and form: samples that go on, cases, bytes fetched of those offered."""
    print(f"\n{title}\n| form | video | goes on | case | sample | all fetched | offered |")
    for form in forms:
        groups = {}
        for video in videos:
            groups.setdefault(what_of(video), []).append(video)
        for what, group in groups.items():
            answers = [became[(v.name, form)] for v in group]
            offered = sum(sizes[(v.name, form)] for v in group)
            unread = sum(not a.is_read for a in answers)
            print(f"| {form} | {what} | {sum(a.goes_on for a in answers)} of {len(answers)} | {sum(a.is_found for a in answers)} "
                  f"| {sum(a.sample_bytes for a in answers) / offered:.0%} | {sum(a.all_bytes for a in answers) / offered:.0%} "
                  f"| {offered / 1e6:.0f} MB |" + (f" {unread} not to be had" if unread else ""), flush=True)
    for video in videos:
        for form in forms:
            if (video.kind != "clear") != became[(video.name, form)].goes_on:
                wrong = "goes on" if video.kind == "clear" else "missed"
                print(f"  {wrong}: {video.name} {form}: {video.planted_s} s at {video.at_s} of {video.long_s} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--binary", type=Path, required=True)
    parser.add_argument("--media", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is made; used again")
    parser.add_argument("--part", choices=("tune", "report"), default="report")
    parser.add_argument("--forms", default="front", help="front,end,hls")
    parser.add_argument("--offsets", type=int, default=3, help="places for each length of excerpt and episode")
    parser.add_argument("--plans", default="default", help="default, whole, or WINDOW/EVERY in seconds; several by commas")
    parser.add_argument("--samples-alone", action="store_true", help="judge by the sample: nothing is fetched whole")
    parser.add_argument("--only-make", action="store_true")
    options = parser.parse_args()
    media, work = options.media.resolve(), options.work.resolve()
    forms = options.forms.split(",")
    videos = long_videos.plan(media, work / "pieces" / options.part, options.part, options.offsets)
    folder = work / f"web-{options.part}"
    folder.mkdir(parents=True, exist_ok=True)
    made = {(v.name, form): long_videos.make(v, folder, form) for v in videos for form in forms}
    registered = work / "registered"
    if not registered.exists():
        register(options.binary, registered, media)
    if options.only_make:
        return
    for plan in options.plans.split(","):
        data = work / f"data-{options.part}-{plan.replace('/', '-')}"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(registered, data)
        chosen = [] if plan == "default" else ["--whole"] if plan == "whole" else [
            "--sample-window-s", plan.split("/")[0], "--sample-every-s", plan.split("/")[1]]
        chosen += ["--most-media-mib", str(SAMPLES_ALONE_MIB)] if options.samples_alone else []
        became, took_s, report = crawl(options.binary, data, {k: p for k, (p, _) in made.items()}, folder, chosen)
        print_table(f"{options.part}, {plan}, {took_s:.0f} s", videos, forms, {k: s for k, (_, s) in made.items()}, became)
        print("  " + "".join(report))


if __name__ == "__main__":
    main()
