"""Hard negatives: uploads that show nothing of a registered work, or only what several works share.

Shared cards and an intro alone are neither a true nor a false *pair* (truth.py), but a verdict `infringing` on such an
upload is wrong and is reported by name.
"""

from dataclasses import dataclass

import corpus
from drafts import Draft, Window
from ffmpeg import Shot, fitting, probe
from references import is_of
from truth import Piece

UPRIGHT = "540x960"
SIDE_S = 15.0  # unrelated seconds beside a shared card


@dataclass
class Negative:
    """A draft of an upload; `catalog`: which references it is screened against, "main" or the name of a small one."""
    name: str
    family: str
    draft: Draft
    split: str
    catalog: str = "main"


def card_chain(font):
    """A licence card: red ground, gold frame, lines of text or boxes in their place."""
    frame = "drawbox=iw*0.06:ih*0.05:iw*0.88:ih*0.9:0xe8c35a:6,drawbox=iw*0.08:ih*0.065:iw*0.84:ih*0.87:0xe8c35a:2"
    if not font:
        return frame + "".join(f",drawbox=iw*0.2:ih*{y:g}:iw*{w:g}:ih*0.025:0xf6e3a8:fill"
                               for y, w in ((0.3, 0.6), (0.4, 0.45), (0.47, 0.55), (0.6, 0.3)))
    lines = (("BROADCAST LICENCE", 14, 0.28), ("web drama production", 22, 0.40), ("No. 2026-0117-B", 20, 0.47),
             ("issued to the holder of the work", 26, 0.60), ("all rights reserved", 26, 0.64))
    return frame + "".join(f",drawtext=fontfile={font}:text='{text}':fontsize=w/{size}:fontcolor=0xf6e3a8:"
                           f"x=(w-text_w)/2:y=h*{y:g}" for text, size, y in lines)


def card_shot(font, size=UPRIGHT):
    """The card, corpus.CARD_S seconds of it."""
    return Shot(corpus.CARD_S, lavfi=f"color=c=0x9c1420:s={size}:r=25", chain=card_chain(font))


def card_then(shot, font):
    """A draft that shows the card and then the shot, in the shot's shape: a reference as it is published."""
    draft = Draft([], [], "card", font)
    facts = probe(shot.path)
    draft.canvas = fitting(facts.width, facts.height)
    draft.show_parts([card_shot(font, "{}x{}".format(*draft.canvas)), shot])
    draft.encode("-crf", "23")
    return draft


def negatives_of(library, split, font):
    """All negatives of one split, in a fixed order."""
    hosts = [shot for shot, s in library.unregistered if is_of(s, split)]
    found = [_single(f"unrelated_{i}", "unrelated", _short(shot), split, font) for i, shot in enumerate(hosts[:8], 1)]
    found += _edited(hosts, split, font)
    found += [_single(f"same_set_{i}", "same set, another moment", shot, split, font)
              for i, shot in enumerate((s for s, of in library.same_set if is_of(of, split)), 1)]
    if library.kind == "development":
        found += _wide_same_set(library, split, font)
    found += [_single(f"same_framing_{i}", "same framing, other subject", shot, split, font)
              for i, shot in enumerate((s for s, of in library.same_framing if is_of(of, split)), 1)]
    found += _shared(library, hosts, split, font) + _drawn(split, font)
    if library.kind == "development" and is_of("final", split):
        found += _talkers(library, font)
    return found


def _short(shot):
    return Shot(min(shot.duration, 20.0), shot.path, shot.start, shot.lavfi, chain=shot.chain)


def _single(name, family, shot, split, font, steps=()):
    draft = Draft([], [], name, font)
    draft.show_shot(shot)
    for step in steps:
        step(draft)
    return Negative(name, family, draft, split)


def _edited(hosts, split, font):
    """Unrelated uploads that carry the same subtitles, logo and bars as the copies do."""
    if not hosts:
        return []
    steps = (("subtitles_and_logo", (Draft.subtitles, Draft.logo)),
             ("letterbox", (lambda d: d.picture("pad=iw:ih*1.35:0:(oh-ih)/2:black"),)))
    return [_single(f"unrelated_with_{name}", "unrelated", _short(hosts[i % len(hosts)]), split, font, what)
            for i, (name, what) in enumerate(steps)]


def _wide_same_set(library, split, font):
    """The same seconds of the first shot of each set as they were filmed, wide."""
    firsts = {shot.path: shot for shot, of in reversed(library.same_set) if is_of(of, split)}
    return [_single(f"same_set_wide_{i}", "same set, another moment", Shot(shot.duration, path, shot.start), split, font)
            for i, (path, shot) in enumerate(sorted(firsts.items()), 1)]


def _shared(library, hosts, split, font):
    """A shared intro, outro or card, and then something unrelated."""
    found = []

    def add(name, family, parts, pieces=()):
        draft = Draft([], hosts, name, font)
        draft.show_parts(parts)
        draft.pieces += pieces
        found.append(Negative(name, family, draft, split))

    side = [Shot(SIDE_S, h.path, h.start, h.lavfi, h.duration < SIDE_S, h.chain) for h in hosts]
    if not side:
        return found
    serial = [r for r in library.references if any(c.shared and c.key != "card" for c in r.contents) and r.series == "A"]
    for i, reference in enumerate(serial[:2]):
        intro, outro = (c for c in reference.contents if c.shared)
        show = [Window(reference, c.start, c.end - c.start) for c in (intro, outro)]
        add(f"intro_then_unrelated_{i + 1}", "shared intro and outro", [show[0], side[i % len(side)]])
        add(f"intro_unrelated_outro_{i + 1}", "shared intro and outro", [show[0], side[(i + 1) % len(side)], show[1]])
    if library.kind == "development":
        card = [Piece(0.0, corpus.CARD_S, "card", 0.0, corpus.CARD_S)]
        for i in range(2):
            add(f"card_then_unrelated_{i + 1}", "licence card", [card_shot(font), side[i % len(side)]], card)
        add("card_alone", "licence card", [card_shot(font)], card)
    add("black_then_unrelated", "black and slates", [Shot(5.0, lavfi=f"color=c=black:s={UPRIGHT}:r=25"), side[-1]])
    return found


def _drawn(split, font):
    """Black, grey, colour bars, a test pattern, noise: drawn anew for each split."""
    late = 7 if split == "final" else 0
    sources = (("black", f"color=c=black:s={UPRIGHT}:r=25"), ("grey", f"color=c=0x{0x606060 + late:06x}:s=960x540:r=25"),
               ("colour_bars", "smptebars=s=960x540:r=25"), ("test_pattern", f"testsrc2=s={UPRIGHT}:r=25"),
               ("snow", f"color=c=gray:s=480x270:r=25,noise=all_seed={11 + late}:alls=90:allf=t"))
    return [_single(name, "black and slates", Shot(10.0, lavfi=spec), split, font) for name, spec in sources]


def _talkers(library, font):
    """Each talking person is registered alone in turn (catalog talker_N); the others are screened against it."""
    found = []
    for registered in range(len(corpus.TALKERS)):
        for other, file in enumerate(corpus.TALKERS):
            if other == registered:
                continue
            path = str(library.root / file)
            shot = Shot(min(15.0, probe(path).duration), path, chain="scale=540:960")
            name = f"talker_{other + 1}_against_{registered + 1}"
            negative = _single(name, "same framing, other subject", shot, "final", font)
            negative.catalog = f"talker_{registered + 1}"
            found.append(negative)
    return found
