"""Results of screenings → figures. Pure: no files, no processes. The definitions are in README.md."""

import metrics
from truth import Box

CLEAR, REVIEW, INFRINGING = "clear", "needs_review", "infringing"
TIMES_RIGHT_IOU = 0.5
FLAG_SCORE, REVIEW_SCORE = 0.9, 0.5  # used for a match's own decision only when the program does not tell it


def decision_of(place, match, result):
    """The decision on one match: its own field, else its sentence in `reasons`, else its score under the query's verdict."""
    if "verdict" in match:
        return match["verdict"]
    reasons = result.get("reasons", [])
    if len(reasons) == len(result["matches"]):
        for decision in (INFRINGING, REVIEW, CLEAR):
            if f"→ {decision}" in reasons[place]:
                return decision
    if match["score"] >= FLAG_SCORE:
        return result["verdict"]
    return REVIEW if match["score"] >= REVIEW_SCORE and result["verdict"] != CLEAR else CLEAR


class Pair:
    """What was said of one query and one reference; `boxes`: the segments told, to a person or as infringing.

    `label` is "true", "false", or "open" (only shared seconds, or undecided).
    """

    def __init__(self, query, reference_id, result):
        self.query, self.reference_id = query, reference_id
        self.true = query.truth.true.get(reference_id, [])
        self.matches = [(place, m) for place, m in enumerate(result["matches"])
                        if f"{m['series']}/{m['episode']}" == reference_id and not self._is_open(m)]
        shared = query.truth.shared.get(reference_id)
        self.label = "true" if self.true else "open" if shared and not self.matches else "false"
        self.score = max((m["score"] for _, m in self.matches), default=0.0)
        strengths = [(m["score"], -(m.get("log10_false_alarms") or 0.0)) for _, m in self.matches]
        self.strength = max(strengths, default=(0.0, 0.0))
        decisions = [decision_of(place, m, result) for place, m in self.matches]
        self.decision = next((d for d in (INFRINGING, REVIEW) if d in decisions), CLEAR)
        ends = ("query_start", "query_end", "reference_start", "reference_end")
        self.boxes = [Box(*(m[end] for end in ends)) for (_, m), d in zip(self.matches, decisions) if d != CLEAR]

    def _is_open(self, match):
        """Whether at least half of the match's query seconds show only what is shared with this reference."""
        if self.true:
            return False
        spans = [(b.q0, b.q1) for b in self.query.truth.shared.get(self.reference_id, [])]
        own = [(match["query_start"], match["query_end"])]
        return bool(spans) and metrics.common(spans, own) >= 0.5 * metrics.length(own)

    def iou(self):
        """Of the query seconds told with the true ones."""
        return metrics.iou([(b.q0, b.q1) for b in self.boxes], [(b.q0, b.q1) for b in self.true])

    def is_found(self):
        """Told at all, to a person or as infringing."""
        return self.decision != CLEAR

    def times_right(self):
        return self.is_found() and self.iou() >= TIMES_RIGHT_IOU


def pairs_of(queries, catalogs, results):
    """All pairs of the queries that have a result with the references of their catalog."""
    return [Pair(query, reference_id, results[query.name]) for query in queries if query.name in results
            for reference_id in catalogs[query.catalog]]


def figures(queries, catalogs, results):
    """Everything the report shows about accuracy, as plain values."""
    pairs = pairs_of(queries, catalogs, results)
    counted = [p for p in pairs if p.query.in_totals]
    true, false = ([p for p in counted if p.label == label] for label in ("true", "false"))
    told = [p for p in counted if p.label != "open" and p.matches]
    positives = len(true)
    scored = [(p.score, p.label == "true") for p in told]
    boxes = [(p.query.name, p.boxes, p.true) for p in counted if p.label != "open"]
    done = [q for q in queries if q.name in results]
    errors = [e for p in true for e in metrics.boundary_errors(p.boxes, p.true)]
    worst = sorted((p for p in false if p.matches), key=lambda p: p.score, reverse=True)[:15]
    return {
        "queries": len(done), "negative_queries": sum(q.is_negative for q in done),
        "true_pairs": positives, "false_pairs": len(false), "open_pairs": sum(p.label == "open" for p in counted),
        "uap": metrics.average_precision(scored, positives),
        "uap_ties_by_false_alarms": metrics.average_precision([(p.strength, p.label == "true") for p in told], positives),
        "recall_no_false_pair": metrics.recall_without_false(scored, positives),
        "recall_no_false_pair_ties_by_false_alarms": _without_false_by_strength(told, positives),
        "at_infringing": _at(told, positives, (INFRINGING,)),
        "at_needs_review": _at(told, positives, (INFRINGING, REVIEW)),
        "segments_macro": metrics.segment_f1_macro(boxes), "segments_micro": metrics.segment_f1_micro(boxes),
        "boundary_error_median_s": metrics.median(errors),
        "false_alarms": {d: _rate(sum(p.decision in kinds for p in false), len(false))
                         for d, kinds in ((INFRINGING, (INFRINGING,)), (REVIEW, (INFRINGING, REVIEW)))},
        "edits": _by_edit(pairs), "negatives": _by_negative(done, pairs, results),
        "false_infringing": _false_infringing(done, pairs, results),
        "best_false_pairs": [_line(p) for p in worst],
        "missed": [f"{p.query.name} × {p.reference_id}" for p in true if not p.is_found()],
    }


def _without_false_by_strength(told, positives):
    """recall_without_false, with equal scores ordered by their expected false alarms."""
    if not positives:
        return None
    worst = max((p.strength for p in told if p.label == "false"), default=(-1.0, 0.0))
    return sum(p.label == "true" and p.strength > worst for p in told) / positives


def _at(told, positives, decisions):
    recall, precision = metrics.recall_precision([p.label == "true" for p in told if p.decision in decisions], positives)
    return {"recall": recall, "precision": precision}


def _rate(count, trials):
    """Per million, with the exact 95 % interval."""
    low, high = metrics.clopper_pearson(count, trials)
    return {"count": count, "pairs": trials, "per_million": 1e6 * count / trials if trials else None,
            "low": 1e6 * low, "high": 1e6 * high}


def _line(pair):
    match = max((m for _, m in pair.matches), key=lambda m: m["score"])
    return {"query": pair.query.name, "reference": pair.reference_id, "score": pair.score, "decision": pair.decision,
            "query_span": [match["query_start"], match["query_end"]],
            "reference_span": [match["reference_start"], match["reference_end"]]}


def _by_edit(pairs):
    """One row an edit, over its true pairs."""
    rows = {}
    for pair in pairs:
        if pair.label == "true":
            rows.setdefault(pair.query.edit, []).append(pair)
    table = []
    for edit, group in rows.items():
        errors = [e for p in group for e in metrics.boundary_errors(p.boxes, p.true)]
        table.append({"edit": edit, "family": group[0].query.family, "trecvid": group[0].query.trecvid,
                      "in_totals": group[0].query.in_totals, "pairs": len(group),
                      "found": sum(p.is_found() for p in group) / len(group),
                      "infringing": sum(p.decision == INFRINGING for p in group) / len(group),
                      "times_right": sum(p.times_right() for p in group) / len(group),
                      "right": sum(p.decision == INFRINGING and p.times_right() for p in group) / len(group),
                      "boundary_error_median_s": metrics.median(errors)})
    return table


def _by_negative(done, pairs, results):
    """One row a family of negatives: how the verdicts fell, and the best score of a pair that is not open."""
    table = {}
    for query in (q for q in done if q.is_negative):
        empty = {"family": query.family, "queries": 0, CLEAR: 0, REVIEW: 0, INFRINGING: 0, "best": 0.0}
        row = table.setdefault(query.family, empty)
        verdict = results[query.name]["verdict"]
        row["queries"] += 1
        row[verdict] = row.get(verdict, 0) + 1
        row["best"] = max([row["best"], *(p.score for p in pairs if p.query is query)])
    return list(table.values())


def _false_infringing(done, pairs, results):
    """Negatives with the verdict infringing, and copies said to infringe a reference that they do not show."""
    named = [f"{q.name}: {'; '.join(results[q.name].get('reasons', []))}"
             for q in done if q.is_negative and results[q.name]["verdict"] == INFRINGING]
    return named + [f"{p.query.name} × {p.reference_id}, score {p.score:.3f}" for p in pairs
                    if p.label == "false" and p.decision == INFRINGING and not p.query.is_negative]
