"""The arithmetic of the benchmark: pure functions, no files. Times are seconds, scores grow with similarity.

Sources:
- micro average precision over (query, reference) pairs: Pizzi et al., "The 2023 Video Similarity Dataset and Challenge"
  (VSC 2022), pair score = best match score; facebookresearch/vsc2022, vsc/metrics.py, `average_precision`.
- segment precision and recall: He et al., "A Large-scale Comprehensive Dataset and Copy-overlap Aware Evaluation Protocol
  for Segment-level Video Copy Detection" (VCSL), CVPR 2022, the evaluation protocol's precision and recall (each the product
  of the coverages on the two time axes); their toolbox: vcsl/metric.py, `precision_recall` and `evaluate`.
- exact binomial interval: Clopper and Pearson, Biometrika 26 (1934).
"""

import math
from itertools import groupby


def average_precision(scored, positives):
    """Micro average precision of (score, is_true) pairs; `positives`: how many true pairs there are, found or not.

    Equal scores have no order, so a false pair stands before the true pairs of its score (the severe reading).
    """
    if positives == 0:
        return None
    total, true_so_far = 0.0, 0
    falses_first = sorted(scored, key=lambda pair: pair[1])
    for rank, (_, is_true) in enumerate(sorted(falses_first, key=lambda pair: pair[0], reverse=True), 1):
        if is_true:
            true_so_far += 1
            total += true_so_far / rank
    return total / positives


def recall_without_false(scored, positives):
    """The part of the true pairs that score higher than every false pair."""
    if positives == 0:
        return None
    worst = max((score for score, is_true in scored if not is_true), default=-math.inf)
    return sum(1 for score, is_true in scored if is_true and score > worst) / positives


def recall_precision(flagged, positives):
    """(recall, precision) of a list of is_true; the precision of nothing is None."""
    right = sum(flagged)
    return (right / positives if positives else None, right / len(flagged) if flagged else None)


def union(spans):
    """Spans (begin, end) sorted and joined where they touch."""
    joined = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def length(spans):
    """Seconds covered by the spans, each second once."""
    return sum(end - begin for begin, end in union(spans))


def common(one, other):
    """Seconds that both lists of spans cover: |A ∩ B| = |A| + |B| − |A ∪ B|."""
    return length(one) + length(other) - length([*one, *other])


def iou(one, other):
    """Intersection over union of what two lists of spans cover; 0 when neither covers anything."""
    whole = length([*one, *other])
    return common(one, other) / whole if whole > 0 else 0.0


def _covered(boxes, others):
    """Per axis: the sum over `boxes` of the seconds that the boxes of `others` meeting it cover of it."""
    query_s = reference_s = 0.0
    for box in boxes:
        meets = [(max(box.q0, o.q0), min(box.q1, o.q1), max(box.r0, o.r0), min(box.r1, o.r1)) for o in others]
        meets = [m for m in meets if m[1] > m[0] and m[3] > m[2]]
        query_s += length([m[:2] for m in meets])
        reference_s += length([m[2:] for m in meets])
    return query_s, reference_s


def segment_coverage(predicted, true):
    """(query s, reference s) covered and in all, for the predicted, then for the true boxes of one pair."""
    totals = []
    for boxes, others in ((predicted, true), (true, predicted)):
        totals.append((*_covered(boxes, others), sum(b.q1 - b.q0 for b in boxes), sum(b.r1 - b.r0 for b in boxes)))
    return totals


def segment_precision_recall(predicted, true):
    """VCSL's precision and recall of one pair; of nothing predicted the precision is 1, of nothing true the recall."""
    (pq, pr, pq_all, pr_all), (tq, tr, tq_all, tr_all) = segment_coverage(predicted, true)
    precision = (pq / pq_all) * (pr / pr_all) if predicted else 1.0
    recall = (tq / tq_all) * (tr / tr_all) if true else 1.0
    return precision, recall


def harmonic(precision, recall):
    """F1; 0 when both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall > 0 else 0.0


def segment_f1_macro(pairs):
    """VCSL's F1: precision and recall are averaged over the pairs of a query, then over queries.

    `pairs`: (query, predicted boxes, true boxes). A pair with neither is left out, although VCSL would give it a full
    mark: nearly all pairs of a catalog are such. Gives (precision, recall, F1), or None without any pair.
    """
    told = sorted((p for p in pairs if p[1] or p[2]), key=lambda p: p[0])
    by_query = []
    for _, group in groupby(told, key=lambda p: p[0]):
        marks = [segment_precision_recall(predicted, true) for _, predicted, true in group]
        by_query.append([sum(column) / len(marks) for column in zip(*marks)])
    if not by_query:
        return None
    precision, recall = (sum(column) / len(by_query) for column in zip(*by_query))
    return precision, recall, harmonic(precision, recall)


def segment_f1_micro(pairs):
    """The same with the seconds of all pairs pooled before dividing, so that a long segment weighs more."""
    sums = [[0.0] * 4, [0.0] * 4]
    for _, predicted, true in pairs:
        for side, values in zip(sums, segment_coverage(predicted, true)):
            side[:] = [a + b for a, b in zip(side, values)]
    if not sums[1][2]:
        return None
    ratios = [(q / q_all) * (r / r_all) if q_all else 1.0 for q, r, q_all, r_all in sums]
    return ratios[0], ratios[1], harmonic(*ratios)


def boundary_errors(predicted, true):
    """Seconds by which the ends of each met true box are missed, on both axes: four values a box.

    Several predicted boxes that meet one true box count as one, from the first's begin to the last's end.
    """
    errors = []
    for box in true:
        meets = [p for p in predicted
                 if min(p.q1, box.q1) > max(p.q0, box.q0) and min(p.r1, box.r1) > max(p.r0, box.r0)]
        if meets:
            errors += [abs(min(p.q0 for p in meets) - box.q0), abs(max(p.q1 for p in meets) - box.q1),
                       abs(min(p.r0 for p in meets) - box.r0), abs(max(p.r1 for p in meets) - box.r1)]
    return errors


def median(values):
    """The middle value, or the mean of the two; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def at_most(count, trials, chance):
    """P(X ≤ count) of a binomial distribution."""
    if chance <= 0:
        return 1.0
    if chance >= 1:
        return 1.0 if count >= trials else 0.0
    logs = (math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
            + k * math.log(chance) + (trials - k) * math.log1p(-chance) for k in range(count + 1))
    return min(1.0, math.fsum(math.exp(value) for value in logs))


def clopper_pearson(count, trials, confidence=0.95):
    """The exact interval (low, high) for a rate of which `count` in `trials` were seen; (0, 1) for no trials."""
    if trials == 0:
        return 0.0, 1.0
    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else _root(lambda p: tail - (1 - at_most(count - 1, trials, p)))
    high = 1.0 if count == trials else _root(lambda p: at_most(count, trials, p) - tail)
    return low, high


def _root(falling):
    """Where a falling function of a chance crosses zero, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2
