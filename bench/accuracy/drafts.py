"""A draft of one query: what it shows so far, as an ffmpeg graph, and which seconds of which material that is.

Each method changes picture, sound and pieces together, so that the truth follows the edit. Times are seconds.
"""

import random
from dataclasses import dataclass

import picture_edits as pictures
from ffmpeg import SOUND, Graph, Shot, fitting, probe
from truth import cut_pieces, pieces_of, scale_pieces

RATE = 25             # frames per second wherever parts are joined
JUMP_KEEP, JUMP_OF = 63, 75  # frames kept of every 75: half a second (12 frames) cut out of every three


@dataclass(frozen=True)
class Window:
    """Seconds start..start+duration of a reference."""
    reference: object
    start: float
    duration: float

    def part(self, begin, duration):
        return Window(self.reference, self.start + begin, duration)


def frames_of(seconds):
    """The seconds, rounded down to whole frames at RATE."""
    return int(seconds * RATE + 1e-6) / RATE


class Draft:
    """`windows`: first the copy, then more for compilations; `hosts`: unregistered shots; `font`: a file or None."""

    def __init__(self, windows, hosts, seed, font):
        self.graph = Graph()
        self.windows = windows
        self.hosts = hosts
        self.rng = random.Random(seed)
        self.font = font
        facts = probe(windows[0].reference.path) if windows else None
        self.canvas = fitting(facts.width, facts.height) if facts else (540, 960)
        self.video = self.sound = None
        self.pieces = []
        self.duration = 0.0
        self.options = []

    # what a query begins with

    def show_window(self, most=None):
        """The copy as it is, or its first `most` seconds."""
        window = self.windows[0]
        if most and most < window.duration:
            window = self.windows[0] = window.part(0.0, most)
        self.video, self.sound = self.graph.open(_shot(window))
        self.duration = window.duration
        self.pieces = _pieces(window, 0.0)

    def show_shot(self, shot, pieces=()):
        """Some shot; `pieces` says what of the known material it shows."""
        self.video, self.sound = self.graph.open(shot)
        self.duration, self.pieces = shot.duration, list(pieces)

    def show_parts(self, parts):
        """Windows and shots one after another, at RATE on the canvas; missing sound is silence."""
        labels, at = [], 0.0
        for part in parts:
            is_window = isinstance(part, Window)
            video, sound = self.graph.open(_shot(part) if is_window else part)
            seconds = frames_of(part.duration)
            frames = round(seconds * RATE)
            size = "{}:{}".format(*self.canvas)
            labels.append(self.graph.filter([video], (
                f"scale={size}:force_original_aspect_ratio=decrease,pad={size}:-1:-1,setsar=1,fps={RATE},"
                f"tpad=stop={RATE}:stop_mode=clone,trim=end_frame={frames},setpts=N/{RATE}/TB,format=yuv420p")))
            heard = f"apad,atrim=end={seconds:.3f}"
            labels.append(self.graph.filter([sound], heard) if sound else self.graph.silence(seconds))
            self.pieces += _pieces(part, at) if is_window else []
            at += seconds
        self.video, self.sound = self.graph.fork(labels, f"concat=n={len(parts)}:v=1:a=1", 2)
        self.duration = at

    def excerpt(self, seconds):
        """So many seconds of the copy in the middle of an unrelated video."""
        window = self.windows[0]
        cut = window.part(0.0, min(frames_of(seconds), frames_of(window.duration)))
        self.show_parts([self.host(9.0), cut, self.host(7.0)])

    def compilation(self):
        """Parts of all windows with unrelated seconds between them."""
        parts = [self.host(2.0)]
        for window in self.windows:
            parts += [window.part(0.0, min(12.0, frames_of(window.duration))), self.host(self.rng.choice((2.0, 3.0, 4.0)))]
        self.show_parts(parts)

    def shuffled(self):
        """The copy in four parts, none after its own predecessor."""
        window = self.windows[0]
        quarter = frames_of(window.duration / 4)
        order = self.rng.choice(([1, 0, 3, 2], [2, 1, 0, 3], [3, 1, 0, 2], [2, 0, 3, 1], [3, 2, 1, 0]))
        self.show_parts([window.part(i * quarter, quarter) for i in order])

    # what is done to it

    def picture(self, chain):
        """Filters on the picture alone."""
        self.video = self.graph.filter([self.video], f"{chain},{pictures.EVEN}")

    def subtitles(self):
        self.picture(pictures.subtitles(self.font, self.rng))

    def logo(self):
        self.picture(pictures.logo(self.font))

    def speed(self, factor):
        """Picture and sound `factor` times as fast, the sound at its pitch."""
        self.video = self.graph.filter([self.video], f"setpts=PTS/{factor}")
        if self.sound:
            self.sound = self.graph.filter([self.sound], f"atempo={factor}")
        self.pieces = scale_pieces(self.pieces, factor)
        self.duration /= factor

    def jump_cuts(self):
        """Half a second out of every three."""
        keep_s, of_s = JUMP_KEEP / RATE, JUMP_OF / RATE
        self.video = self.graph.filter([self.video], (
            f"fps={RATE},setpts=PTS-STARTPTS,select='lt(mod(n,{JUMP_OF}),{JUMP_KEEP})',setpts=N/{RATE}/TB"))
        if self.sound:
            self.sound = self.graph.filter([self.sound], f"aselect='lt(mod(t,{of_s:g}),{keep_s:g})',asetpts=N/SR/TB")
        kept, at = [], 0.0
        for k in range(int(self.duration / of_s) + 1):
            kept += cut_pieces(self.pieces, k * of_s, k * of_s + keep_s, at)
            at += min(keep_s, max(0.0, self.duration - k * of_s))
        self.pieces, self.duration = kept, at

    def reverse(self):
        """Last frame first."""
        window = self.windows[0]
        self.video = self.graph.filter([self.video], "reverse")
        if self.sound:
            self.sound = self.graph.filter([self.sound], "areverse")
        end = window.start + window.duration
        self.pieces = pieces_of(window.reference.contents, end, window.start, 0.0, window.duration)

    def dub(self):
        """Another sound: of an unregistered shot that has one, else drawn."""
        with_sound = [host for host in self.hosts if host.has_audio()]
        if with_sound:
            host = self.rng.choice(with_sound)
            sound = self.graph.open_sound(_looped(host, self.duration))
            self.sound = self.graph.filter([sound], f"atrim=end={self.duration:.3f}")
        else:
            self.sound = self.graph.filter([], f"sine=f=220:beep_factor=3,atrim=end={self.duration:.3f},{SOUND}")

    def inset(self, share):
        """The copy at `share` of the canvas's width and height, on an unrelated video: picture in picture, type 1."""
        background = self._host_picture()
        small = self._fit(self.video, share)
        across, down = self.rng.choice(((0.05, 0.05), (0.95, 0.05), (0.05, 0.95), (0.95, 0.95), (0.5, 0.5)))
        self._overlay(background, small, across, down)

    def host_in_front(self, share):
        """An unrelated video at `share` of the canvas in a corner of the copy: picture in picture, type 2."""
        small = self._fit(self._host_picture(), share)
        full = self._fit(self.video, 1.0)
        self._overlay(full, small, self.rng.choice((0.05, 0.95)), 0.05)

    def beside(self, stack, share=1.0):
        """The copy and an unrelated video of the same size, `stack` is hstack or vstack, all scaled by `share`."""
        pair = [self._fit(self.video, share), self._fit(self._host_picture(), share)]
        if self.rng.random() < 0.5:
            pair.reverse()
        # ffmpeg 5.1: stacked inputs of different rates come out without a rate, and thousands of frames a second are made
        self.video = self.graph.filter(pair, f"{stack}=shortest=1,fps={RATE}")

    def encode(self, *options):
        self.options = list(options)

    # helpers

    def host(self, seconds):
        """Seconds of an unregistered shot."""
        return _looped(self.rng.choice(self.hosts), frames_of(seconds))

    def _host_picture(self):
        """An unregistered picture that covers the canvas, at RATE, a second longer than the draft."""
        video = self.graph.open_picture(_looped(self.rng.choice(self.hosts), self.duration + 1.0))
        size = "{}:{}".format(*self.canvas)
        return self.graph.filter([video], f"scale={size}:force_original_aspect_ratio=increase,crop={size},setsar=1,fps={RATE}")

    def _fit(self, video, share):
        width, height = (2 * round(side * share / 2) for side in self.canvas)
        return self.graph.filter([video], f"scale={width}:{height},setsar=1")

    def _overlay(self, below, above, across, down):
        self.video = self.graph.filter([below, above], f"overlay=(W-w)*{across:g}:(H-h)*{down:g}:shortest=1")

    def arguments(self):
        return self.graph.arguments(self.video, self.sound, self.options)


def _shot(window):
    return Shot(window.duration, window.reference.path, window.start)


def _pieces(window, at):
    end = window.start + window.duration
    return pieces_of(window.reference.contents, window.start, end, at, at + window.duration)


def _looped(host, seconds):
    """That many seconds of a shot, from its start, again and again if it is shorter."""
    if host.lavfi:
        return Shot(seconds, lavfi=host.lavfi, chain=host.chain)
    return Shot(seconds, host.path, host.start, loop=seconds > host.duration, chain=host.chain)
