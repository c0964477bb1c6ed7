"""Media folder → a Library: the references to register, where queries may be cut from, and what stays unregistered.

Two kinds of folder: the development corpus (it has clips/ and series_segments.csv; the tables are in corpus.py) and anybody's
own: `Series/ep01.mp4`, or flat files, each a series of its own. All times are seconds.
"""

import csv
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import corpus
from ffmpeg import Shot, probe
from truth import Content

VIDEO = {".mp4", ".mkv", ".webm", ".mov", ".m4v", ".avi", ".ts", ".flv", ".mpg", ".mpeg"}
LEAST_WINDOW_S = 5.0
BOTH = ("tune", "final")


@dataclass(frozen=True)
class Region:
    """Seconds of a reference from which a split's queries may be cut."""
    begin: float
    end: float
    split: str


@dataclass
class Reference:
    """One episode to register. `whole_splits`: in which a query may show all of it; "all" where it mixes both."""
    series: str
    episode: int
    path: str
    contents: list
    regions: list
    whole_splits: tuple
    duration: float
    splits: tuple = BOTH

    @property
    def id(self):
        return f"{self.series}/{self.episode}"

    def is_portrait(self):
        facts = probe(self.path)
        return facts.height > facts.width


@dataclass
class Library:
    """`unregistered`, `same_set`, `same_framing`: (Shot, split). `kind` is "development" or "own"."""
    kind: str
    root: Path
    references: list
    unregistered: list = field(default_factory=list)
    same_set: list = field(default_factory=list)
    same_framing: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def is_of(split, wanted):
    """Whether something of `split` (tune, final or both) takes part when `wanted` is asked for."""
    return wanted == "all" or split in (wanted, "both")


def open_library(media, settings, make_card):
    """What a run of `settings.split` needs of a folder.

    `make_card(shot, name)` gives the path of a file with a card of corpus.CARD_S seconds and then the shot.
    """
    root = Path(media)
    if (root / "clips").is_dir() and (root / "series_segments.csv").is_file():
        return development(root, settings.split, make_card)
    library = own(root, settings)
    library.references = [r for r in library.references if settings.split == "all" or settings.split in r.splits]
    return library


def development(root, wanted, make_card):
    """The development corpus: series A of six episodes, one-episode series that open with the same card."""
    references = [_episode(root, number, rows) for number, rows in _segments(root / "series_segments.csv").items()]
    singles = [single for single in corpus.SINGLES if is_of(corpus.split_of(single.file), wanted)]
    references += [_single(root, single, make_card) for single in singles]
    for series, begin, end, key, key_start in corpus.UNDECIDED:
        for reference in (r for r in references if r.series == series):
            span = (corpus.CARD_S + begin, corpus.CARD_S + end)
            reference.contents.append(Content(*span, Path(key).name, key_start, shared=True))
    upright = "crop=ih*9/16:ih,scale=540:960"
    same_set = []
    for file, start, duration in corpus.SAME_SET:
        shot = Shot(duration, str(root / file), start, chain=upright)
        same_set.append((shot, corpus.split_of(file)))

    def shots(rows):
        return [(Shot(duration, str(root / file), start), corpus.split_of(file)) for file, start, duration in rows]
    return Library("development", root, references, shots(corpus.UNREGISTERED), same_set, shots(corpus.SAME_FRAMING))


def _segments(path):
    """Episode number → its rows of the segment table."""
    episodes = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            episodes.setdefault(int(row["episode"]), []).append(row)
    return episodes


def _episode(root, number, rows):
    """An episode of series A; neighbouring segments of one split are one region."""
    contents, regions = [], []
    for row in rows:
        begin, end = float(row["start_s"]), float(row["end_s"])
        shared = row["part"] != "content"
        contents.append(Content(begin, end, row["source_file"], float(row["source_start_s"]), shared))
        split = corpus.split_of(row["source_file"])
        if shared:
            continue
        if regions and regions[-1].split == split and regions[-1].end == begin:
            regions[-1] = Region(regions[-1].begin, end, split)
        else:
            regions.append(Region(begin, end, split))
    path = str(root / rows[0]["file"])
    return Reference("A", number, path, contents, regions, ("all",), probe(path).duration)


def _single(root, single, make_card):
    """The card, then the clip."""
    facts = probe(str(root / single.file))
    path = make_card(Shot(facts.duration, str(root / single.file)), single.series)
    split = corpus.split_of(single.file)
    contents = [Content(0, corpus.CARD_S, "card", 0, True),
                Content(corpus.CARD_S, corpus.CARD_S + facts.duration, Path(single.file).name, 0)]
    region = Region(corpus.CARD_S, corpus.CARD_S + min(facts.duration, single.usable), split)
    return Reference(single.series, 1, path, contents, [region], (split,), probe(path).duration, (split,))


def own(root, settings):
    """Anybody's folder. Of every four series one stays unregistered, and of a long series the last episode."""
    by_series = {}
    for path in sorted(p for p in root.rglob("*") if p.suffix.lower() in VIDEO):
        flat = path.parent == root
        by_series.setdefault(path.stem if flat else str(path.parent.relative_to(root)), []).append(path)
    if not by_series:
        raise ValueError(f"read '{root}': no video files")
    library = Library("own", root, [])
    names = sorted(by_series, key=lambda name: hashlib.sha256(name.encode()).digest())
    left_out = set(names[3::4])
    for place, name in enumerate(names):
        split = BOTH[place % 2] if len(names) > 1 else "both"
        paths = by_series[name]
        if name in left_out:
            library.unregistered += [_middle(path, 0.0, 60.0) for path in paths]
            continue
        edge = settings.shared_edge if len(paths) > 1 else 0.0
        if len(paths) >= 5:
            library.same_set.append((_middle(paths.pop(), edge, 20.0), split))
        library.references += [_own_reference(name, i, path, edge, split) for i, path in enumerate(paths, 1)]
    if not library.unregistered:
        library.notes.append("fewer than four series: nothing could be left unregistered, hosts are drawn")
        library.unregistered = [Shot(20.0, lavfi=f"mandelbrot=s=640x360:r=25:start_scale={scale}") for scale in (2.5, 0.8)]
    one = len(library.unregistered) == 1
    library.unregistered = [(shot, "both" if one else BOTH[i % 2]) for i, shot in enumerate(library.unregistered)]
    return library


def _middle(path, edge, seconds):
    """A shot of at most that many seconds about the middle of a file, without its edges."""
    duration = probe(str(path)).duration
    usable = max(1.0, min(seconds, duration - 2 * edge))
    return Shot(usable, str(path), (duration - usable) / 2)


def _own_reference(series, place, path, edge, split):
    """An episode whose first and last `edge` seconds are taken for an intro and outro that its series shares.

    Nobody knows what the edges show, so all episodes of the series are said to show the same there: a match through
    them is neither true nor false.
    """
    duration = probe(str(path)).duration
    key = str(path)
    edge = min(edge, duration / 4)
    contents = [Content(edge, duration - edge, key, edge)]
    if edge > 0:
        contents = [Content(0, edge, f"head of {series}", 0, True), *contents,
                    Content(duration - edge, duration, f"tail of {series}", 0, True)]
    splits = BOTH if split == "both" else (split,)
    regions = [Region(edge, duration - edge, s) for s in splits]
    return Reference(series, place, key, contents, regions, splits, duration, splits)
