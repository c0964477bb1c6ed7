"""The queries of a run: edited copies, versions that other people made, and hard negatives, each with its truth."""

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import corpus
from edits import EDITS, draft_of, usable, windows_for
from ffmpeg import probe
from negatives import negatives_of
from references import is_of
from truth import Piece, Truth, truth_of

SPLITS = ("tune", "final")


@dataclass
class Query:
    """`edit` is the recipe's name, or the negative's family. `path` is empty until the file is made."""
    name: str
    edit: str
    family: str
    split: str
    is_negative: bool = False
    in_totals: bool = True
    trecvid: str = ""
    catalog: str = "main"
    path: str = ""
    draft: object = None
    pieces: list = field(default_factory=list)
    truth: Truth = field(default_factory=Truth)


def plan(library, wanted, per_edit, font):
    """All queries of a run of `wanted` (tune, final or all), not yet made."""
    queries = []
    for split in SPLITS if wanted == "all" else (wanted,):
        queries += _copies(library, split, range(per_edit), EDITS, font)
        if library.kind == "development":
            queries += _natural(library.root, split)
        queries += [Query(f"{split}-{n.name}", n.family, n.family, split, True, catalog=n.catalog, draft=n.draft,
                          pieces=n.draft.pieces) for n in negatives_of(library, split, font)]
    if wanted == "all":
        queries += _copies(library, "all", (0,), [edit for edit in EDITS if edit.whole], font)
    for query in queries:
        query.truth = truth_of(query.pieces, library.references)
    return queries


def _copies(library, split, copies, edits, font):
    """Each edit's copies; a window that two copies share is taken once."""
    hosts = [shot for shot, s in library.unregistered if is_of(s, split)]
    references = usable(library.references, split)
    if split == "all":
        references = [r for r in library.references if split in r.whole_splits]
    queries, seen = [], set()
    for edit in edits if references else []:
        for copy in copies:
            windows = windows_for(edit, copy, references, split)
            place = ",".join(f"{w.reference.id}@{w.start:.2f}" for w in windows)
            if (edit.name, place) in seen:
                continue
            seen.add((edit.name, place))
            draft = draft_of(edit, windows, hosts, font, copy)
            first = windows[0]
            name = f"{split}-{edit.name}-{_slug(first.reference.id)}-{first.start:06.2f}"
            queries.append(Query(name, edit.name, edit.family, split, in_totals=edit.in_totals, trecvid=edit.trecvid,
                                 draft=draft, pieces=draft.pieces))
    return queries


def _natural(root, split):
    """Other people's versions as they are; wide originals and the reversed one count in no sum."""
    queries = []
    for file, begin, end, registered, second in corpus.NATURAL:
        if not is_of(corpus.split_of(file), split):
            continue
        end = min(end, probe(str(root / file)).duration, begin + probe(str(root / registered)).duration - second)
        piece = Piece(begin, end, Path(registered).name, second, second + end - begin)
        queries.append(_original(root, file, "natural", split, [piece], True))
    for file, registered in corpus.REVERSED:
        if is_of(corpus.split_of(file), split):
            end = min(probe(str(root / name)).duration for name in (file, registered))
            queries.append(_original(root, file, "reversed", split, [Piece(0, end, Path(registered).name, end, 0)], False))
    for file in corpus.WIDE_ORIGINALS:
        if is_of(corpus.split_of(file), split):
            facts = probe(str(root / file))
            is_wide = facts.width > facts.height
            pieces = [Piece(0, facts.duration, Path(file).name, 0, facts.duration)]
            queries.append(_original(root, file, "wide_original" if is_wide else "natural", split, pieces, not is_wide))
    return queries


def _original(root, file, edit, split, pieces, in_totals):
    return Query(f"{split}-{edit}-{Path(file).name}", edit, "natural" if in_totals else edit, split, in_totals=in_totals,
                 path=str(root / file), pieces=pieces)


def _slug(text):
    return "".join(c if c.isalnum() else "_" for c in text)


def edited(queries, names):
    """Those made by the edits, or the families of edits, that are named."""
    known = {word for edit in EDITS for word in (edit.name, edit.family)}
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"run: no edit is called {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    return [query for query in queries if not query.is_negative and {query.edit, query.family} & set(names)]


def limited(queries, limit):
    """At most `limit` of them, drawn evenly by the hash of their names, in their order."""
    if not limit or limit >= len(queries):
        return queries
    ranked = sorted(queries, key=lambda query: hashlib.sha256(query.name.encode()).digest())[:limit]
    kept = {query.name for query in ranked}
    return [query for query in queries if query.name in kept]


def make(queries, cache, jobs):
    """Makes the files that are not in the cache; gives the queries that have one and the messages of those that failed."""
    failures, done = [], 0

    def one(query):
        try:
            if query.draft is not None:
                query.path = cache.make(query.name, query.draft.arguments(), query.draft.graph.sources)
        except RuntimeError as error:
            return str(error)
        return None

    with ThreadPoolExecutor(jobs) as pool:
        for query, error in zip(queries, pool.map(one, queries)):
            done += 1
            if error:
                failures.append(error)
            if done % 20 == 0 or done == len(queries):
                print(f"  made {done} of {len(queries)}", file=sys.stderr, flush=True)
    return [query for query in queries if query.path], failures
