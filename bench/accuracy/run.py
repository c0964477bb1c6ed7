#!/usr/bin/env python3
"""Accuracy benchmark: edited copies and hard negatives of a catalog, screened and judged by the known truth. See README.md."""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.dont_write_bytecode = True  # the folder is a source folder

import corpus
import evaluate
import negatives
import queries as query_plan
import references
import report
import tool
from ffmpeg import Cache, find_font

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("decode_s", "fingerprint_s", "search_s")


def arguments():
    parser = argparse.ArgumentParser(description="How well reelprint finds edited copies, and whom it accuses wrongly.")
    media, work = ROOT.parent / "shared" / "media", Path(tempfile.gettempdir()) / "reelprint_accuracy"
    parser.add_argument("--binary", required=True, help="the reelprint program")
    parser.add_argument("--media", default=str(media), help="catalog: Series/ep01.mp4, or flat files")
    parser.add_argument("--work", default=str(work), help="where edited copies stay")
    parser.add_argument("--split", choices=("tune", "final", "all"), default="all", help="sources the queries are cut from")
    parser.add_argument("--effort", choices=("auto", "fast", "standard", "deep"), default="auto")
    parser.add_argument("--no-audio", action="store_true", help="screen by the picture alone")
    parser.add_argument("--edits", metavar="NAME,...", help="only copies made by these edits, or of these families of edits")
    parser.add_argument("--limit", type=int, default=0, help="at most so many queries, drawn evenly")
    parser.add_argument("--per-edit", type=int, default=3, help="copies of each edit (3)")
    parser.add_argument("--jobs", type=int, default=1, help="ffmpeg processes, and the program's threads, at once (1)")
    parser.add_argument("--shared-edge", type=float, default=10.0, metavar="S",
                        help="own catalogs: first and last seconds that the episodes of a series may share (10)")
    parser.add_argument("--decode-sample", type=int, default=24, metavar="N", help="queries whose full decode is timed")
    parser.add_argument("--markdown", metavar="FILE", help="write the tables for docs/benchmarks.md")
    parser.add_argument("--json", metavar="FILE", help="figures and every result (results-SPLIT.json in the work folder)")
    parser.add_argument("--keep", action="store_true", help="keep the program's data folders")
    return parser.parse_args()


def main():
    settings = arguments()
    for program in ("ffmpeg", "ffprobe"):
        if not shutil.which(program):
            sys.exit(f"run: {program} is not installed")
    work = Path(settings.work)
    run = {"settings": vars(settings), "program": tool.version(settings.binary), "seconds": {}, "notes": []}
    cache, font = Cache(work / "made"), find_font()

    began = time.monotonic()
    library = open_library(settings, cache, font)
    queries = query_plan.plan(library, settings.split, settings.per_edit, font)
    if settings.edits:
        queries = query_plan.edited(queries, settings.edits.split(","))
    queries = query_plan.limited(queries, settings.limit)
    say(f"{len(library.references)} references, {len(queries)} queries")
    queries, run["not_made"] = query_plan.make(queries, cache, settings.jobs)
    run["seconds"]["make"] = time.monotonic() - began
    run["notes"] += library.notes + ([] if font else ["no font found: boxes stand for text"])
    run["corpus"], run["references"] = library.kind, len(library.references)

    results, screening = screen_all(settings, library, queries, work, run)
    run["no_result"] = [q.name for q in queries if q.name not in results] + screening.messages
    catalogs = {name: [r.id for r in refs] for name, refs in catalogs_of(library, queries).items()}
    run["figures"] = evaluate.figures(queries, catalogs, results)
    run["cost"] = cost_of(queries, results, screening, settings, run)
    run["results"] = {q.name: {"result": results[q.name], "truth": told(q.truth)} for q in queries if q.name in results}
    print(report.summary(run))
    write(settings, run, work)


def say(text):
    print(text, file=sys.stderr, flush=True)


def open_library(settings, cache, font):
    """The library of the media folder, carded clips made."""
    def make_card(shot, name):
        draft = negatives.card_then(shot, font)
        return cache.make(f"reference-{name}", draft.arguments(), draft.graph.sources)

    return references.open_library(settings.media, settings, make_card)


def catalogs_of(library, queries):
    """Catalog name → its references. The small ones hold one talking person each."""
    catalogs = {"main": library.references}
    for name in sorted({q.catalog for q in queries} - {"main"}):
        path = str(library.root / corpus.TALKERS[int(name.rsplit("_", 1)[1]) - 1])
        catalogs[name] = [references.Reference(name, 1, path, [], [], (), 0.0)]
    return catalogs


def screen_all(settings, library, queries, work, run):
    """Registers each catalog in a fresh data folder and screens its queries: results by query name."""
    data = work / f"data-{os.getpid()}"
    options = ["--effort", settings.effort] + (["--no-audio"] if settings.no_audio else [])
    total, results = tool.Screening(), {}
    run["seconds"].update(register=0.0, screen=0.0)
    try:
        for name, refs in catalogs_of(library, queries).items():
            folder = str(data / name)
            run["seconds"]["register"] += tool.register(settings.binary, folder, refs, settings.jobs)[1]
            say(f"registered {name}")
            asked = [q for q in queries if q.catalog == name]
            paths = list(dict.fromkeys(q.path for q in asked))
            part = tool.screen(settings.binary, folder, paths, options, settings.jobs)
            good = {path: result for path, result in part.results.items() if "error" not in result}
            results.update({q.name: good[q.path] for q in asked if q.path in good})
            total.cpu_s, total.wall_s = total.cpu_s + part.cpu_s, total.wall_s + part.wall_s
            total.messages += part.messages
        run["seconds"]["screen"] = total.wall_s
    finally:
        if not settings.keep:
            shutil.rmtree(data, ignore_errors=True)
    return results, total


def cost_of(queries, results, screening, settings, run):
    """Stage sums by outcome, and what a full decode of a sample costs beside them."""
    done = [q for q in queries if q.name in results]
    by_outcome = {kind: {"queries": 0, "media_s": 0.0, **dict.fromkeys(STAGES, 0.0)} for kind in ("clear", "not clear")}
    for query in done:
        into = by_outcome[outcome(results[query.name])]
        into["queries"] += 1
        for field in (*STAGES, "media_s"):
            into[field] += results[query.name]["cost"][field]
    began, decode_s, media_s, decoded = time.monotonic(), 0.0, 0.0, 0
    for kind, into in by_outcome.items():
        sample = [q for q in done if outcome(results[q.name]) == kind]
        sample = sample[::max(1, -(-2 * len(sample) // max(1, settings.decode_sample)))]
        full_s = sum(tool.full_decode_cpu_s(q.path) for q in sample)
        spent_s = sum(results[q.name]["cost"][stage] for q in sample for stage in STAGES)
        into["full_decodes"] = spent_s / full_s if full_s else None
        decode_s, decoded = decode_s + full_s, decoded + len(sample)
        media_s += sum(results[q.name]["cost"]["media_s"] for q in sample)
    run["seconds"]["decode"] = time.monotonic() - began
    whole_s = sum(into["media_s"] for into in by_outcome.values())
    return {"by_outcome": by_outcome, "decoded": decoded,
            "process_cpu_per_media_s": screening.cpu_s / whole_s if whole_s else 0.0,
            "full_decode_cpu_per_media_s": decode_s / media_s if media_s else None}


def outcome(result):
    return "clear" if result["verdict"] == "clear" else "not clear"


def told(truth):
    """A query's truth as plain values: [q0, q1, r0, r1] by reference."""
    return {side: {ref: [[b.q0, b.q1, b.r0, b.r1] for b in boxes] for ref, boxes in getattr(truth, side).items()}
            for side in ("true", "shared")}


def write(settings, run, work):
    name = f"results-{settings.split}{'-picture' if settings.no_audio else ''}.json"
    path = Path(settings.json) if settings.json else work / name
    path.write_text(json.dumps(run, indent=1, ensure_ascii=False), encoding="utf-8")
    say(f"wrote {path}")
    if settings.markdown:
        Path(settings.markdown).write_text(report.markdown(run), encoding="utf-8")


if __name__ == "__main__":
    main()
