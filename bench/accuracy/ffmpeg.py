"""Runs ffmpeg and ffprobe: probing, filter graphs from shots, and a cache of what was made.

A made file is named by a hash of its ffmpeg arguments and of the bytes of its sources, so that a second run makes nothing.
One ffmpeg uses one thread and low priority; how many run at once is the caller's choice.
"""

import hashlib
import json
import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LONG_SIDE = 960       # pixels; larger sources are scaled down to this before an edit
MOST_S = 900          # wall seconds for one file
SOUND = "aresample=44100,aformat=sample_fmts=fltp:channel_layouts=stereo"
FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf", "/usr/share/fonts/dejavu/DejaVuSans-Bold.ttf",
         "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf",
         "/System/Library/Fonts/Supplemental/Arial Bold.ttf", "C:/Windows/Fonts/arialbd.ttf")


def find_font():
    """A font file for drawn text, or None: then patterns of boxes stand for text."""
    return next((font for font in FONTS if Path(font).is_file()), None)


@dataclass(frozen=True)
class Facts:
    """Width and height in pixels, duration in seconds."""
    width: int
    height: int
    duration: float
    has_audio: bool


@lru_cache(maxsize=None)
def probe(path):
    """The facts of a video file; ValueError when it has no picture."""
    fields = "format=duration:stream=codec_type,width,height,duration"
    answer = json.loads(subprocess.run(["ffprobe", "-v", "error", "-show_entries", fields, "-of", "json", str(path)],
                                       check=True, capture_output=True, text=True).stdout)
    pictures = [s for s in answer["streams"] if s["codec_type"] == "video"]
    if not pictures:
        raise ValueError(f"probe '{path}': no video stream")
    duration = float(pictures[0].get("duration") or answer["format"]["duration"])
    has_audio = any(s["codec_type"] == "audio" for s in answer["streams"])
    return Facts(pictures[0]["width"], pictures[0]["height"], duration, has_audio)


@dataclass(frozen=True)
class Shot:
    """`duration` seconds of a file from `start`, or of a lavfi source; `chain` is applied to the picture as it comes in."""
    duration: float
    path: str = ""
    start: float = 0.0
    lavfi: str = ""
    loop: bool = False
    chain: str = ""

    def has_audio(self):
        return bool(self.path) and probe(self.path).has_audio


def fitting(width, height, long_side=LONG_SIDE):
    """The even size no larger than `long_side` with this shape."""
    scale = min(1.0, long_side / max(width, height))
    return 2 * round(width * scale / 2), 2 * round(height * scale / 2)


class Graph:
    """An ffmpeg command under construction: inputs, and filters between named labels."""

    def __init__(self):
        self.inputs = []
        self.sources = []
        self.filters = []
        self.loose = []  # outputs that nothing takes yet, in order; at the end only sounds that were replaced

    def filter(self, labels, chain):
        """Puts `chain` behind the labels; gives its output's label."""
        return self.fork(labels, chain, 1)[0]

    def fork(self, labels, chain, outputs):
        """The same for a filter with several outputs: their labels."""
        outs = [f"n{len(self.filters)}x{i}" for i in range(outputs)]
        self.filters.append("".join(f"[{label}]" for label in labels) + chain + "".join(f"[{out}]" for out in outs))
        self.loose = [label for label in self.loose if label not in labels] + outs
        return outs

    def open(self, shot):
        """(picture, sound or None) of a shot, the picture in square pixels, 4:2:0 and at most LONG_SIDE."""
        index = self._input(shot)
        return self._picture(index, shot), self._sound(index) if shot.has_audio() else None

    def open_picture(self, shot):
        """Only the picture of a shot."""
        return self._picture(self._input(shot), shot)

    def open_sound(self, shot):
        """Only the sound of a shot that has one."""
        return self._sound(self._input(shot))

    def _input(self, shot):
        index = sum(1 for word in self.inputs if word == "-i")
        limits = ["-t", f"{shot.duration:.3f}", "-threads", "1"]
        if shot.lavfi:
            self.inputs += [*limits, "-f", "lavfi", "-i", shot.lavfi]
            return index
        loop = ["-stream_loop", "-1"] if shot.loop else []
        self.inputs += [*loop, "-ss", f"{shot.start:.3f}", *limits, "-i", shot.path]
        self.sources.append(shot.path)
        return index

    def _picture(self, index, shot):
        if shot.lavfi:
            return self.filter([f"{index}:v:0"], shot.chain or "null")
        facts = probe(shot.path)
        chain = shot.chain or "scale={}:{}".format(*fitting(facts.width, facts.height))
        return self.filter([f"{index}:v:0"], chain + ",setsar=1,format=yuv420p")

    def _sound(self, index):
        return self.filter([f"{index}:a:0"], SOUND)

    def silence(self, seconds):
        """A label with that much silence."""
        return self.filter([], f"anullsrc=r=44100:cl=stereo,atrim=end={seconds:.3f},{SOUND}")

    def arguments(self, picture, sound, options):
        """All arguments but the output: even size, H.264 (and AAC), no metadata."""
        last = self.filter([picture], "scale=trunc(iw/2)*2:trunc(ih/2)*2,setsar=1,format=yuv420p")
        maps = ["-map", f"[{last}]"] + (["-map", f"[{sound}]", "-c:a", "aac", "-b:a", "96k"] if sound else [])
        unheard = [label for label in self.loose if label not in (last, sound)]
        filters = [*self.filters, *(f"[{label}]anullsink" for label in unheard)]
        quality = options or ["-crf", "26"]
        return [*self.inputs, "-filter_complex", ";".join(filters), *maps, "-c:v", "libx264", "-preset", "veryfast",
                *quality, "-threads", "1", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact"]


class Cache:
    """Files made by ffmpeg in a folder, by content."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)

    def make(self, name, arguments, sources):
        """The path of the file these arguments make; made now unless it is there. RuntimeError when ffmpeg fails."""
        digest = hashlib.sha256("\n".join(_portable(arguments, sources)).encode()).hexdigest()[:12]
        target = self.folder / f"{name}-{digest}.mp4"
        if target.exists():
            return str(target)
        partial = target.with_suffix(f".{os.getpid()}.{threading.get_ident()}.part.mp4")
        nice = ["nice", "-n", "10"] if shutil.which("nice") else []
        command = [*nice, "ffmpeg", "-v", "error", "-nostdin", "-y", "-filter_threads", "1", "-filter_complex_threads", "1",
                   *arguments, str(partial)]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=MOST_S)
        except subprocess.CalledProcessError as error:
            partial.unlink(missing_ok=True)
            raise RuntimeError(f"make '{name}': {error.stderr.strip()[-600:]}") from error
        except subprocess.TimeoutExpired as error:
            partial.unlink(missing_ok=True)
            raise RuntimeError(f"make '{name}': not done in {MOST_S} s") from error
        partial.rename(target)
        return str(target)


def _portable(arguments, sources):
    """The arguments with each source's path replaced by the digest of its bytes."""
    digests = {source: digest_of(source) for source in sources}
    return [digests.get(word, word) for word in arguments]


@lru_cache(maxsize=None)
def digest_of(path):
    """SHA-256 of a file's bytes, in hex."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
