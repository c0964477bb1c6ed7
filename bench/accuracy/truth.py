"""Which seconds of a query are which seconds of which reference: the truth that matches are judged by.

Everything shown is named by the material it comes from and the second of that material ("key" and key time). A reference
lists the material it consists of (`Content`), a query lists the material it shows (`Piece`); where the two name the same
seconds of the same material, the pair has a true segment (`Box`). So a copy of one episode's intro is known to equal
every other episode's intro, and a clip that was cut into an episode is known to be in it.

All times are seconds; spans are half-open.
"""

from dataclasses import dataclass, field

LEAST_OWN_S = 1.0       # a segment with less material that only this work shows proves nothing about the work
MERGE_GAP_S = 1.0       # segments no further apart on both axes are one, as a person labelling in whole seconds would say
LEAST_OVERLAP_S = 0.2   # rounding in the segment tables


@dataclass(frozen=True)
class Content:
    """Seconds start..end of a reference show `key` from second `key_start` on; `shared`: other works show them too."""
    start: float
    end: float
    key: str
    key_start: float
    shared: bool = False


@dataclass(frozen=True)
class Piece:
    """Seconds q0..q1 of a query show seconds k0..k1 of `key`; k0 > k1 when shown backwards; `shared` as in Content."""
    q0: float
    q1: float
    key: str
    k0: float
    k1: float
    shared: bool = False


@dataclass(frozen=True)
class Box:
    """Seconds q0..q1 of a query are seconds r0..r1 of a reference: a rectangle of the time-time plane."""
    q0: float
    q1: float
    r0: float
    r1: float


@dataclass
class Truth:
    """Boxes by reference id. `shared` holds what only shared material supports: neither a true nor a false find."""
    true: dict = field(default_factory=dict)
    shared: dict = field(default_factory=dict)


def pieces_of(contents, r0, r1, q0, q1):
    """The pieces of a query whose seconds q0..q1 show seconds r0..r1 of a reference with these contents."""
    pieces = []
    for content in contents:
        low, high = max(min(r0, r1), content.start), min(max(r0, r1), content.end)
        if high <= low:
            continue
        pieces.append(_piece(content, (low, high), (r0, r1, q0, q1)))
    return sorted(pieces, key=lambda piece: (piece.q0, piece.key))


def _piece(content, span, line):
    """The piece for reference seconds `span`, on the straight line r0..r1 ↔ q0..q1."""
    r0, r1, q0, q1 = line
    ends = []
    for second in span:
        ends.append((q0 + (second - r0) * (q1 - q0) / (r1 - r0), content.key_start + second - content.start))
    ends.sort()
    return Piece(ends[0][0], ends[1][0], content.key, ends[0][1], ends[1][1], content.shared)


def cut_pieces(pieces, begin, end, new_begin):
    """What is left of the pieces when only query seconds begin..end are kept and put at new_begin."""
    kept = []
    for piece in pieces:
        low, high = max(begin, piece.q0), min(end, piece.q1)
        if high <= low:
            continue
        slope = (piece.k1 - piece.k0) / (piece.q1 - piece.q0)
        kept.append(Piece(low - begin + new_begin, high - begin + new_begin, piece.key,
                          piece.k0 + (low - piece.q0) * slope, piece.k0 + (high - piece.q0) * slope, piece.shared))
    return kept


def scale_pieces(pieces, speed):
    """The pieces of a query played `speed` times as fast."""
    return [Piece(p.q0 / speed, p.q1 / speed, p.key, p.k0, p.k1, p.shared) for p in pieces]


def truth_of(pieces, references):
    """The truth about one query: `references` are objects with `id` and `contents`."""
    truth = Truth()
    for reference in references:
        parts = [part for piece in pieces for part in _parts(piece, reference.contents)]
        for box, own_s in _merged(parts):
            side = truth.true if own_s >= LEAST_OWN_S else truth.shared
            side.setdefault(reference.id, []).append(box)
    return truth


def _parts(piece, contents):
    """(box, seconds of it that only this work shows, shown forwards) for each content that names the piece's material."""
    parts = []
    for content in contents:
        if content.key != piece.key:
            continue
        low = max(min(piece.k0, piece.k1), content.key_start)
        high = min(max(piece.k0, piece.k1), content.key_start + content.end - content.start)
        if high - low < LEAST_OVERLAP_S:
            continue
        slope = (piece.q1 - piece.q0) / (piece.k1 - piece.k0)
        q = sorted(piece.q0 + (k - piece.k0) * slope for k in (low, high))
        r = [content.start + k - content.key_start for k in (low, high)]
        own_s = 0.0 if content.shared or piece.shared else q[1] - q[0]
        parts.append((Box(q[0], q[1], r[0], r[1]), own_s, slope > 0))
    return parts


def _merged(parts):
    """(box, own seconds) of the parts, those joined that go on from one another on both axes in one direction."""
    joined = []
    for box, own_s, forwards in sorted(parts, key=lambda part: (part[0].q0, part[0].r0)):
        for i, (before, before_s, before_forwards) in enumerate(joined):
            gap = box.r0 - before.r1 if forwards else before.r0 - box.r1
            if forwards == before_forwards and abs(gap) <= MERGE_GAP_S and abs(box.q0 - before.q1) <= MERGE_GAP_S:
                whole = Box(before.q0, box.q1, min(before.r0, box.r0), max(before.r1, box.r1))
                joined[i] = (whole, before_s + own_s, forwards)
                break
        else:
            joined.append((box, own_s, forwards))
    return [(box, own_s) for box, own_s, _ in joined]
