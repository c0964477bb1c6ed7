"""Long videos of unrelated footage with a piece of an episode planted in them, and copies of whole episodes, edited.

Each piece is encoded once, all alike; a video is pieces joined without encoding them again. A join is a cut with a key
frame, as encoders put one at a cut.
"""

import random
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

PLANTED_S = (5, 10, 20)
SIZE = "432:768"
FILLER_S = 20
EDITS = {
    "plain": "",
    "mirrored": "hflip,",
    "cropped": "crop=iw*0.9:ih*0.9,",
    "subtitled": "drawbox=x=iw*0.1:y=ih*0.78:w=iw*0.8:h=ih*0.08:color=white:t=fill,"
                 "drawbox=x=iw*0.13:y=ih*0.8:w=iw*0.7:h=ih*0.015:color=black:t=fill,"
                 "drawbox=x=iw*0.2:y=ih*0.83:w=iw*0.6:h=ih*0.015:color=black:t=fill,",
    "1.1x": "setpts=PTS/1.1,",
}
# Which footage is for choosing values, and which for reporting: none is in both.
PARTS = {
    "tune": {"episodes": (1, 2, 3), "fillers": ("pairs/bbb/*movie.mp4", "pairs/bbb/*bunny_0.mp4", "pairs/bbb/*bunny_1.mp4",
                                                "pairs/mdn_crystal/*.mp4", "pairs/mdn_elf/*.mp4")},
    "report": {"episodes": (4, 5, 6), "fillers": ("clips/*car-detection.mp4", "clips/*friday.mp4", "pairs/mdn_frog/*.mp4",
                                                  "pairs/mdn_monster/*.mp4", "pairs/mdn_pig/*.mp4",
                                                  "pairs/mdn_rabbit/*rabbit.mp4", "pairs/mdn_flower/*.mp4")},
}


@dataclass(frozen=True)
class Video:
    """`kind`: excerpt, copy or clear. `planted_s`: seconds of the excerpt; `at_s`: where it begins."""
    name: str
    kind: str
    edit: str
    planted_s: int
    at_s: int
    long_s: int
    pieces: tuple


def _run(arguments):
    subprocess.run(["nice", "ffmpeg", "-y", "-v", "error", "-threads", "1", *map(str, arguments)], check=True)


def _encode(source, begin_s, length_s, edit, speed, made, loops=False):
    if made.exists():
        return made
    fit = f"{edit}scale={SIZE}:force_original_aspect_ratio=increase,crop={SIZE},fps=25,setsar=1,format=yuv420p"
    part = made.with_suffix(".part.ts")
    _run([*(["-stream_loop", "-1"] if loops else []), "-ss", begin_s, "-i", source,
          "-f", "lavfi", "-i", "anullsrc=r=44100:cl=mono", "-filter_complex",
          f"[0:v]{fit}[v]", "-map", "[v]", "-map", "1:a", "-t", length_s / speed, "-c:v", "libx264", "-preset", "superfast",
          "-crf", 24, "-g", 125, "-c:a", "aac", "-b:a", "32k", part])
    part.rename(made)
    return made


def _fillers(media, work, part):
    """Pieces of FILLER_S seconds of every filler, as it is and in two disguises."""
    looks = ("", "hflip,crop=iw*0.8:ih*0.8,", "negate,crop=iw*0.7:ih*0.9,")
    jobs = []
    for pattern in PARTS[part]["fillers"]:
        for source in sorted(Path(media).glob(pattern))[:1]:
            jobs += [(source, 0, FILLER_S, look, 1, work / f"filler-{source.stem}-{i}.ts", True) for i, look in enumerate(looks)]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda job: _encode(*job), jobs))


def _excerpt(media, work, episode, begin_s, length_s, edit="plain"):
    source = Path(media) / f"series/dev_series_ep{episode:02}.mp4"
    speed = 1.1 if edit == "1.1x" else 1
    return _encode(source, begin_s, length_s, EDITS[edit], speed, work / f"ep{episode}-{begin_s}-{length_s}-{edit}.ts")


def plan(media, work, part, offsets):
    """The videos of a part; encodes their pieces."""
    work.mkdir(parents=True, exist_ok=True)
    chance = random.Random(7)  # the same videos each time
    fillers = _fillers(media, work, part)
    videos = []
    for episode in PARTS[part]["episodes"]:
        for planted_s in PLANTED_S:
            for i in range(offsets):
                long_s = chance.choice((120, 150, 180))
                at_s = chance.randrange(0, long_s - planted_s)
                begin_s = chance.choice((4, 14, 24, 34))
                piece = _excerpt(media, work, episode, begin_s, planted_s)
                videos.append(Video(f"ep{episode}-{planted_s}s-{i}", "excerpt", "plain", planted_s, at_s, long_s,
                                    _with_piece(fillers, chance, long_s, at_s, piece, planted_s)))
    for edit in EDITS:
        pieces = tuple((str(_excerpt(media, work, e, 0, 57, edit)), 0, 57) for e in PARTS[part]["episodes"])
        videos.append(Video(f"copy-{edit}", "copy", edit, 171, 0, 171, pieces))
    for i in range(6):
        videos.append(Video(f"clear-{i}", "clear", "plain", 0, 0, 180, _filled(fillers, chance, 180)))
    return videos


def _filled(fillers, chance, length_s):
    pieces = []
    while length_s > 0:
        pieces.append((str(chance.choice(fillers)), 0, min(FILLER_S, length_s)))
        length_s -= FILLER_S
    return tuple(pieces)


def _with_piece(fillers, chance, long_s, at_s, piece, planted_s):
    return (*_filled(fillers, chance, at_s), (str(piece), 0, planted_s), *_filled(fillers, chance, long_s - at_s - planted_s))


def make(video, folder, form):
    """As `form`: front, end (where an MP4 has its index) or hls. Gives its path below `folder` and its bytes."""
    listed = folder / f"{video.name}.txt"
    lines = [f"file '{piece}'\noutpoint {end}\n" for piece, _, end in video.pieces]
    listed.write_text("ffconcat version 1.0\n" + "".join(lines), encoding="utf-8")
    join = ["-f", "concat", "-safe", 0, "-i", listed, "-c", "copy"]
    if form == "hls":
        inner = folder / video.name
        inner.mkdir(exist_ok=True)
        if not (inner / "index.m3u8").exists():
            _run([*join, "-f", "hls", "-hls_time", 6, "-hls_playlist_type", "vod", inner / "index.m3u8"])
        return f"{video.name}/index.m3u8", sum(f.stat().st_size for f in inner.iterdir())
    made = folder / f"{video.name}-{form}.mp4"
    if not made.exists():
        _run([*join, *(["-movflags", "+faststart"] if form == "front" else []), made])
    return made.name, made.stat().st_size
