"""Figures → a summary to read, a Markdown section for docs/benchmarks.md. Rounds; never computes."""


AT = {"infringing": "`infringing`", "needs_review": "`needs_review` and above"}
STAGES = ("decode_s", "fingerprint_s", "search_s")


def number(value, digits=3):
    return "–" if value is None else f"{value:.{digits}f}"


def span(seconds):
    return f"{seconds[0]:.1f}–{seconds[1]:.1f}"


def headline(run):
    """(name, value) rows of the main table."""
    f = run["figures"]
    macro, micro = f["segments_macro"], f["segments_micro"]
    flag, review = f["at_infringing"], f["at_needs_review"]
    ordered = "equal scores ordered by expected false alarms"
    rows = [("uAP", number(f["uap"])), (f"uAP, {ordered}", number(f["uap_ties_by_false_alarms"])),
            ("recall with no false pair", number(f["recall_no_false_pair"])),
            (f"recall with no false pair, {ordered}", number(f["recall_no_false_pair_ties_by_false_alarms"])),
            (f"recall / precision at {AT['infringing']}", f"{number(flag['recall'])} / {number(flag['precision'])}"),
            (f"recall / precision at {AT['needs_review']}", f"{number(review['recall'])} / {number(review['precision'])}")]
    for name, marks in (("(VCSL)", macro), ("with seconds pooled", micro)):
        value = " / ".join(number(marks[i]) for i in (2, 0, 1)) if marks else "–"
        rows.append((f"segment F1 {name}: F1 / precision / recall", value))
    rows.append(("median boundary error, s", number(f["boundary_error_median_s"], 2)))
    for decision, rate in f["false_alarms"].items():
        value = f"{number(rate['per_million'], 0)} ({rate['low']:.0f}–{rate['high']:.0f}); {rate['count']} of {rate['pairs']}"
        rows.append((f"false pairs at {AT[decision]}, per million (95 %)", value))
    return rows


def cost_rows(run):
    """(kind, queries, media s, decode, fingerprint, search, all: CPU s per media s; ratio to a full decode)."""
    rows = []
    for kind, cost in run["cost"]["by_outcome"].items():
        spent = [cost[stage] for stage in STAGES]
        per = [number(s / cost["media_s"], 4) if cost["media_s"] else "–" for s in (*spent, sum(spent))]
        rows.append((kind, str(cost["queries"]), f"{cost['media_s']:.0f}", *per, number(cost["full_decodes"], 2)))
    return rows


EDIT_HEAD = ("edit", "TRECVID", "pairs", "found", "infringing", "times right", "infringing, times right", "boundary, s")
COST_HEAD = ("outcome", "queries", "media, s", "decode", "fingerprint", "search", "together", "full decodes")
NEGATIVE_HEAD = ("negatives", "queries", "clear", "needs_review", "infringing", "best score of a false pair")


def edit_rows(run, in_totals):
    parts = ("found", "infringing", "times_right", "right", "boundary_error_median_s")
    return [(row["edit"], row["trecvid"], str(row["pairs"]), *(number(row[part], 2) for part in parts))
            for row in run["figures"]["edits"] if row["in_totals"] == in_totals]


def negative_rows(run):
    return [(row["family"], *(str(row[k]) for k in ("queries", "clear", "needs_review", "infringing")), number(row["best"]))
            for row in run["figures"]["negatives"]]


def conditions(run):
    """One sentence: what was run on what."""
    f, s = run["figures"], run["settings"]
    means = "picture only" if s["no_audio"] else "picture and sound"
    return (f"{run['program']}; corpus `{run['corpus']}`, split `{s['split']}`, effort `{s['effort']}`, {means}; "
            f"{run['references']} references, {f['queries']} queries ({f['negative_queries']} negative), "
            f"{f['true_pairs']} true pairs, {f['false_pairs']} false, {f['open_pairs']} open.")


def columns(head, rows):
    """Aligned columns for a terminal."""
    table = [head, *rows]
    widths = [max(len(row[i]) for row in table) for i in range(len(head))]
    lines = []
    for row in table:
        cells = [cell.rjust(width) for cell, width in zip(row, widths)]
        lines.append("  " + "  ".join([row[0].ljust(widths[0]), *cells[1:]]))
    return lines


def markdown_table(head, rows):
    return ["| " + " | ".join(head) + " |", "|" + "---|" * len(head), *("| " + " | ".join(row) + " |" for row in rows), ""]


def tables(run):
    """(title, head, rows) of everything."""
    return [("Totals", ("figure", "value"), headline(run)),
            ("Edits", EDIT_HEAD, edit_rows(run, True)),
            ("Not in the totals", EDIT_HEAD, edit_rows(run, False)),
            ("Hard negatives (queries by verdict)", NEGATIVE_HEAD, negative_rows(run)),
            ("Cost (CPU seconds per second of media)", COST_HEAD, cost_rows(run))]


def remarks(run):
    """Lines below the tables."""
    cost, f = run["cost"], run["figures"]
    lines = [f"Whole processes: {cost['process_cpu_per_media_s']:.4f} CPU s per media s (start and index loading included); "
             f"full decode: {number(cost['full_decode_cpu_per_media_s'], 4)}, measured on {cost['decoded']} queries."]
    lines += [f"Note: {note}" for note in run["notes"]]
    lines += [f"Not made: {text}" for text in run["not_made"]] + [f"No result: {text}" for text in run["no_result"]]
    lines.append(f"False infringing: {len(f['false_infringing'])}")
    return lines + [f"  {text}" for text in f["false_infringing"]]


def summary(run):
    """The text for the terminal."""
    lines = [conditions(run), ""]
    for title, head, rows in tables(run):
        if rows:
            lines += [title, *columns(head, rows), ""]
    lines += remarks(run)
    false = run["figures"]["best_false_pairs"]
    if false:
        lines.append("Best false pairs:")
        lines += [f"  {p['score']:.3f} {p['decision']:<12} {p['query']} × {p['reference']} {span(p['query_span'])} ↔ "
                  f"{span(p['reference_span'])}" for p in false]
    lines.append(f"Time: {run['seconds']['make']:.0f} s making, {run['seconds']['register']:.0f} s registering, "
                 f"{run['seconds']['screen']:.0f} s screening, {run['seconds']['decode']:.0f} s full decodes.")
    return "\n".join(lines)


def markdown(run):
    """The section for docs/benchmarks.md."""
    lines = [conditions(run), ""]
    for title, head, rows in tables(run):
        if rows:
            lines += [f"**{title}**", "", *markdown_table(head, rows)]
    return "\n".join([*lines, *(f"- {line.strip()}" for line in remarks(run)), ""])
