"""The edits: named recipes, each a list of steps on a draft, and the copies of the references that they make.

`trecvid` names the transformation of TRECVID's content-based copy detection task (2008–2011, "Final list of
transformations") that a recipe stands for: T1 camcording, T2 picture in picture type 1, T3 insertion of patterns, T4 strong
re-encoding, T5 change of gamma, T6/T7 three/five decreases of quality, T8/T9 three/five post productions, T10 five of all.
"""

import random
from dataclasses import dataclass

import picture_edits as pictures
from drafts import Draft, Window, frames_of
from references import LEAST_WINDOW_S, is_of

SHORTEST_S, LONGEST_S = 15.0, 25.0  # a query's window; shorter where the reference is
SEED = "reelprint accuracy 1"


@dataclass(frozen=True)
class Edit:
    """`steps` run in order on a draft that shows a window. `in_totals`: whether it counts in the sums."""
    name: str
    family: str
    steps: tuple
    trecvid: str = ""
    begin: object = Draft.show_window
    windows: int = 1
    whole: bool = False        # one of its queries shows a whole reference
    portrait: object = None    # True or False: only references of that shape, if there are any
    in_totals: bool = True


def picture(chain):
    return lambda draft: draft.picture(chain)


def short_side(pixels):
    return picture(f"scale='if(lt(iw,ih),{pixels},-2)':'if(lt(iw,ih),-2,{pixels})'")


def encode(*options):
    return lambda draft: draft.encode(*options)


def speed(factor):
    return lambda draft: draft.speed(factor)


def inset(share):
    return lambda draft: draft.inset(share)


QUALITY = (picture(pictures.BLUR), picture(pictures.GAMMA), picture("fps=12"), picture(pictures.CONTRAST),
           encode("-crf", "36"), picture(pictures.SQUEEZE), picture(pictures.GRAIN))
POST = (picture(pictures.crop(0.10)), picture(pictures.SHIFT), picture(pictures.CONTRAST), Draft.subtitles,
        picture("hflip"), Draft.logo, lambda draft: draft.host_in_front(0.3))
ANY = QUALITY + POST + (picture(pictures.CAMCORDER), inset(0.5))


def some(count, pool):
    """That many different steps of the pool, in a drawn order."""
    def steps(draft):
        for step in draft.rng.sample(pool, count):
            step(draft)
    return steps


BLUR_WIDE, BLUR_TALL = picture(pictures.blurred_fill(960, 540)), picture(pictures.blurred_fill(540, 960))
LOW_BIT_RATE = encode("-b:v", "150k", "-maxrate", "150k", "-bufsize", "300k")

EDITS = (
    Edit("reencode", "encoding", (encode("-crf", "30"),), whole=True),
    Edit("low_bit_rate_150k", "encoding", (LOW_BIT_RATE,), "T4", whole=True),
    Edit("size_360p", "encoding", (short_side(360),), whole=True),
    Edit("size_240p", "encoding", (short_side(240), encode("-crf", "32")), "T4"),
    Edit("frame_rate_15", "encoding", (picture("fps=15"),)),
    Edit("mirrored", "mirror", (picture("hflip"),), whole=True),
    Edit("hard_subtitles", "overlay", (Draft.subtitles,), "T3"),
    Edit("logo", "overlay", (Draft.logo,), "T3"),
    *(Edit(f"crop_{percent:02}", "crop", (picture(pictures.crop(percent / 100)),)) for percent in (2, 5, 10, 15, 25)),
    Edit("crop_15_off_centre", "crop", (picture(pictures.crop(0.15, 0.0, 1.0)),)),
    Edit("bottom_cut_20", "crop", (picture(pictures.BOTTOM_CUT),)),
    Edit("letterbox", "bars", (picture(pictures.LETTERBOX),)),
    Edit("pillarbox", "bars", (picture(pictures.PILLARBOX),)),
    Edit("blurred_fill_9_16_to_16_9", "bars", (BLUR_WIDE,), portrait=True),
    Edit("blurred_fill_16_9_to_9_16", "bars", (BLUR_TALL,), portrait=False),
    Edit("decorative_frame", "bars", (picture(pictures.decorative_frame()),)),
    Edit("inset_50", "inset", (inset(0.5),), "T2"),
    Edit("inset_30", "inset", (inset(0.3),), "T2"),
    Edit("other_video_in_front_30", "inset", (lambda draft: draft.host_in_front(0.3),)),
    Edit("side_by_side", "split", (lambda draft: draft.beside("hstack"),)),
    Edit("stacked", "split", (lambda draft: draft.beside("vstack", 0.6),)),
    Edit("rotated_2", "geometry", (picture(pictures.rotated(2)),)),
    Edit("rotated_5", "geometry", (picture(pictures.rotated(5)),)),
    Edit("camcorder", "geometry", (picture(pictures.CAMCORDER),), "T1"),
    Edit("squeezed_08", "geometry", (picture(pictures.SQUEEZE),)),
    Edit("grade", "colour", (picture(pictures.GRADE),)),
    Edit("gamma", "colour", (picture(pictures.GAMMA),), "T5"),
    Edit("grain", "quality", (picture(pictures.GRAIN),)),
    Edit("blur", "quality", (picture(pictures.BLUR),)),
    *(Edit(f"speed_{factor:.2f}", "time", (speed(factor),)) for factor in (0.75, 0.9, 1.1, 1.25, 1.5)),
    Edit("jump_cuts", "time", (Draft.jump_cuts,)),
    Edit("excerpt_10s", "time", (), begin=lambda draft: draft.excerpt(10.0)),
    Edit("excerpt_5s", "time", (), begin=lambda draft: draft.excerpt(5.0)),
    Edit("compilation", "time", (), begin=Draft.compilation, windows=4),
    Edit("shuffled", "time", (), begin=Draft.shuffled),
    Edit("dub", "sound", (Draft.dub,)),
    Edit("three_quality", "combination", (some(3, QUALITY),), "T6"),
    Edit("five_quality", "combination", (some(5, QUALITY),), "T7"),
    Edit("three_post", "combination", (some(3, POST),), "T8"),
    Edit("five_post", "combination", (some(5, POST),), "T9"),
    Edit("five_of_all", "combination", (some(5, ANY),), "T10"),
    Edit("reversed", "reversed", (Draft.reverse,), begin=lambda draft: draft.show_window(10.0), in_totals=False),
)


def windows_for(edit, copy, references, split):
    """The windows of an edit's copy: two of three are from series of several episodes, the third from the others."""
    rng, order = random.Random(f"{SEED}/{edit.name}/{copy}"), random.Random(f"{SEED}/{edit.name}")
    fitting = [r for r in references if edit.portrait is None or r.is_portrait() == edit.portrait] or references
    sizes = {r.series: sum(1 for s in fitting if s.series == r.series) for r in fitting}
    serial = [r for r in fitting if sizes[r.series] > 1]
    alone = [r for r in fitting if sizes[r.series] == 1]
    pool = (alone or serial) if copy % 3 == 2 else (serial or alone)
    whole = [r for r in references if split in r.whole_splits]
    if whole and edit.whole and (copy % 3 == 2 or split == "all"):
        reference = order.sample(whole, len(whole))[copy % len(whole)]
        return [Window(reference, 0.0, reference.duration)]
    if edit.windows > 1:
        return [_window(r, split, rng) for r in rng.sample(fitting, min(edit.windows, len(fitting)))]
    return [_window(order.sample(pool, len(pool))[copy % len(pool)], split, rng)]


def _window(reference, split, rng):
    """15 to 25 s of one of the regions of the split, on whole frames; all of it where it is shorter."""
    regions = [r for r in reference.regions if is_of(r.split, split)]
    region = max(regions, key=lambda r: (r.end - r.begin, r.begin))
    duration = min(region.end - region.begin, rng.uniform(SHORTEST_S, LONGEST_S))
    start = region.begin + rng.uniform(0.0, region.end - region.begin - duration)
    return Window(reference, frames_of(start + 0.039), frames_of(duration - 0.04))


def usable(references, split):
    """The references from which the split's queries may be cut."""
    return [r for r in references if any(is_of(g.split, split) and g.end - g.begin >= LEAST_WINDOW_S for g in r.regions)]


def draft_of(edit, windows, hosts, font, copy):
    """The draft of one copy, all steps done."""
    draft = Draft(windows, hosts, f"{SEED}/{edit.name}/{copy}/steps", font)
    edit.begin(draft)
    for step in edit.steps:
        step(draft)
    return draft
