"""Edits of the picture as ffmpeg filter chains: each takes a picture of any size and gives one.

Sizes are written in the filters' own terms (iw, ih), so that chains can follow one another. "crop N %" takes N % of the width
and N % of the height away, both sides together, and scales what is left back.
"""

LINES = ("WHAT ARE YOU DOING HERE", "I WAITED ALL NIGHT FOR YOU", "NOBODY MUST KNOW ABOUT THIS", "THEN WE LEAVE AT DAWN")
EVEN = "scale=trunc(iw/2)*2:trunc(ih/2)*2,setsar=1"


def crop(share, across=0.5, down=0.5):
    """Takes `share` of each side away, at the given place, and scales back."""
    keep = 1 - share
    return f"crop=iw*{keep:g}:ih*{keep:g}:(iw-ow)*{across:g}:(ih-oh)*{down:g},scale=iw/{keep:g}:ih/{keep:g}"


def blurred_fill(width, height):
    """The picture fitted into width×height over its own blurred enlargement."""
    size = f"{width}:{height}:force_original_aspect_ratio"
    return (f"split[fillA][fillB];[fillA]scale={size}=increase,crop={width}:{height},gblur=sigma=18[fillC];"
            f"[fillB]scale={size}=decrease[fillD];[fillC][fillD]overlay=(W-w)/2:(H-h)/2")


def decorative_frame():
    """The picture at 78 % inside a patterned border."""
    lines = "".join(f",drawbox=iw*{e:g}:ih*{e:g}:iw*{1 - 2 * e:g}:ih*{1 - 2 * e:g}:0xe8c35a:4" for e in (0.02, 0.05, 0.08))
    knots = "".join(f",drawbox=iw*{x:g}:ih*{y:g}:iw*0.06:iw*0.06:0xe8c35a:fill"
                    for x in (0.02, 0.25, 0.47, 0.69, 0.92) for y in (0.015, 0.945))
    return f"scale=iw*0.78:ih*0.78,pad=iw/0.78:ih/0.78:(ow-iw)/2:(oh-ih)/2:0x7a1f3d{lines}{knots}"


def subtitles(font, rng):
    """Two lines in the lower fifth that change every three seconds; boxes for letters when there is no font."""
    order = list(range(len(LINES)))
    rng.shuffle(order)
    parts = []
    for phase, first in enumerate(order[:2]):
        for row in (0, 1):
            line, top = LINES[order[(order.index(first) + 2 * row) % len(LINES)]], 0.80 + 0.05 * row
            when = f"enable='between(mod(t,6),{3 * phase},{3 * phase + 3})'"
            parts += [_text(font, line, top, when)] if font else _letters(line, top, when)
    return ",".join(parts)


def _text(font, line, top, when):
    return (f"drawtext=fontfile={font}:text='{line}':fontsize=min(w\\,h)/20:fontcolor=white:borderw=2:bordercolor=black:"
            f"x=(w-text_w)/2:y=h*{top:g}:{when}")


def _letters(line, top, when):
    """White boxes as wide as the words of the line."""
    parts, left = [], 0.5 - len(line) * 0.013
    for word in line.split():
        parts.append(f"drawbox=iw*{left:.3f}:ih*{top:g}:iw*{len(word) * 0.026:.3f}:ih*0.03:white:fill:{when}")
        left += (len(word) + 1) * 0.026
    return parts


def logo(font):
    """A box with a sign in the upper right corner, 22 % of the width."""
    box = ("drawbox=iw*0.74:ih*0.03:iw*0.22:iw*0.11:0x1060d0@0.85:fill,"
           "drawbox=iw*0.76:ih*0.03+iw*0.02:iw*0.07:iw*0.07:white:fill")
    sign = f",drawtext=fontfile={font}:text='HOT':fontsize=w/18:fontcolor=yellow:x=w*0.84:y=h*0.03+w*0.03"
    return box + (sign if font else "")


def rotated(degrees):
    """Turned about its middle, black corners."""
    return f"rotate={degrees}*PI/180:ow=iw:oh=ih:c=black"


# Filmed from a screen at an angle: keystone, darker, a little soft and noisy.
CAMCORDER = ("perspective=x0=W*0.05:y0=H*0.04:x1=W*0.96:y1=0:x2=0:y2=H*0.95:x3=W:y3=H:sense=source,"
             "eq=gamma=0.8:contrast=0.9,gblur=sigma=0.8,noise=alls=10:allf=t")
GRADE = "eq=gamma=1.35:contrast=1.15:saturation=1.5,hue=h=15"
GAMMA = "eq=gamma=0.6"
CONTRAST = "eq=contrast=0.6:brightness=0.05"
GRAIN = "noise=alls=30:allf=t"
BLUR = "gblur=sigma=2.5"
LETTERBOX = "pad=iw:ih*1.35:0:(oh-ih)/2:black"
PILLARBOX = "pad=iw*1.78:ih:(ow-iw)/2:0:black"
BOTTOM_CUT = "crop=iw:ih*0.8:0:0"
SQUEEZE = "scale=iw*0.8:ih"
SHIFT = "crop=iw*0.92:ih*0.94:0:0,pad=iw/0.92:ih/0.94:ow-iw:oh-ih:black"
