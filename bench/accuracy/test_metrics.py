"""Tests of metrics.py and truth.py, the arithmetic beside each expectation: python3 -m unittest discover bench/accuracy"""

import sys
import unittest
from collections import namedtuple
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import metrics  # noqa: E402
from truth import Box, Content, Piece, cut_pieces, pieces_of, scale_pieces, truth_of  # noqa: E402

Work = namedtuple("Work", "id contents")


class PairMetrics(unittest.TestCase):
    def test_average_precision_counts_pairs_that_were_not_found(self):
        # ranks: true 1/1, false, true 2/3; three true pairs exist: (1 + 2/3) / 3 = 5/9
        self.assertAlmostEqual(metrics.average_precision([(0.9, True), (0.8, False), (0.7, True)], 3), 5 / 9)

    def test_a_false_pair_stands_before_the_true_pairs_of_its_score(self):
        # order: false, true 1/2, true 2/3: (1/2 + 2/3) / 2 = 7/12
        self.assertAlmostEqual(metrics.average_precision([(1, True), (1, False), (1, True)], 2), 7 / 12)

    def test_recall_without_false_stops_at_the_best_false_pair(self):
        # 0.9 and 0.8 are above the false 0.7, 0.7 is not: 2 of 4
        scored = [(0.9, True), (0.8, True), (0.7, True), (0.7, False)]
        self.assertEqual(metrics.recall_without_false(scored, 4), 0.5)

    def test_recall_without_false_counts_all_found_when_nothing_is_false(self):
        self.assertEqual(metrics.recall_without_false([(0.1, True)], 2), 0.5)  # 1 of 2

    def test_recall_and_precision(self):
        # 2 right of 3 flagged, of 4 true ones
        self.assertEqual(metrics.recall_precision([True, True, False], 4), (0.5, 2 / 3))
        self.assertEqual(metrics.recall_precision([], 4), (0.0, None))


class SegmentMetrics(unittest.TestCase):
    def test_spans(self):
        self.assertEqual(metrics.length([(0, 10), (2, 3), (9, 12)]), 12)  # 0..12
        self.assertEqual(metrics.common([(0, 10)], [(5, 20)]), 5)         # 10 + 15 − 20
        self.assertEqual(metrics.iou([(0, 10)], [(5, 20)]), 0.25)         # 5 / 20

    def test_a_right_segment_has_full_marks(self):
        self.assertEqual(metrics.segment_precision_recall([Box(0, 10, 5, 15)], [Box(0, 10, 5, 15)]), (1, 1))

    def test_coverage_is_multiplied_over_the_axes(self):
        # predicted 0..10 × 0..10, true 5..15 × 0..10: query 5 of 10, reference 10 of 10: 0.5 × 1 either way
        self.assertEqual(metrics.segment_precision_recall([Box(0, 10, 0, 10)], [Box(5, 15, 0, 10)]), (0.5, 0.5))

    def test_a_segment_may_be_told_in_parts(self):
        # two halves cover the whole on both axes, each wholly inside it: 1, 1
        halves = [Box(0, 5, 0, 5), Box(5, 10, 5, 10)]
        self.assertEqual(metrics.segment_precision_recall(halves, [Box(0, 10, 0, 10)]), (1, 1))

    def test_one_box_over_two_true_segments_pays_in_precision(self):
        # one box 0..20 × 0..20 over 0..5 × 0..5 and 15..20 × 15..20: 10 of 20 on each axis: 0.5 × 0.5; all found: 1
        true = [Box(0, 5, 0, 5), Box(15, 20, 15, 20)]
        self.assertEqual(metrics.segment_precision_recall([Box(0, 20, 0, 20)], true), (0.25, 1))

    def test_nothing_told_and_nothing_true(self):
        self.assertEqual(metrics.segment_precision_recall([], [Box(0, 1, 0, 1)]), (1, 0))
        self.assertEqual(metrics.segment_precision_recall([Box(0, 1, 0, 1)], []), (0, 1))

    def test_macro_f1_averages_pairs_then_queries(self):
        box = Box(0, 10, 0, 10)
        pairs = [("a", [box], [box]), ("a", [box], []),  # (1, 1) and (0, 1): query a (0.5, 1)
                 ("b", [], [box]),                       # query b (1, 0)
                 ("c", [], [])]                          # left out
        precision, recall, f1 = metrics.segment_f1_macro(pairs)
        self.assertEqual((precision, recall), (0.75, 0.5))  # (0.5 + 1) / 2, (1 + 0) / 2
        self.assertAlmostEqual(f1, 0.6)                     # 2 · 0.375 / 1.25

    def test_micro_f1_pools_seconds(self):
        # told 10 + 10 s of which 10 are right: (1/2)² on the axes; true 10 + 30 s of which 10 are found: (1/4)²
        pairs = [("a", [Box(0, 10, 0, 10)], [Box(0, 10, 0, 10)]), ("b", [Box(0, 10, 0, 10)], [Box(40, 70, 40, 70)])]
        precision, recall, _ = metrics.segment_f1_micro(pairs)
        self.assertEqual((precision, recall), (0.25, 0.0625))

    def test_boundary_errors_use_the_envelope(self):
        # parts 1..4 and 5..9.5 of a true 0..10; the reference ends are right
        parts = [Box(1, 4, 20, 24), Box(5, 9.5, 25, 30)]
        self.assertEqual(metrics.boundary_errors(parts, [Box(0, 10, 20, 30)]), [1, 0.5, 0, 0])
        self.assertEqual(metrics.median([1, 0.5, 0, 0]), 0.25)  # (0 + 0.5) / 2


class Intervals(unittest.TestCase):
    def test_no_event_in_n_trials(self):
        # high solves (1 − p)^100 = 0.025: 1 − 0.025^(1/100) = 0.036217
        low, high = metrics.clopper_pearson(0, 100)
        self.assertEqual(low, 0)
        self.assertAlmostEqual(high, 1 - 0.025 ** 0.01, places=9)

    def test_one_event_in_ten_trials(self):
        # low solves 1 − (1 − p)^10 = 0.025; high is the tabulated 0.4450
        low, high = metrics.clopper_pearson(1, 10)
        self.assertAlmostEqual(low, 1 - 0.975 ** 0.1, places=9)
        self.assertAlmostEqual(high, 0.4450, places=4)

    def test_every_trial(self):
        low, high = metrics.clopper_pearson(5, 5)
        self.assertAlmostEqual(low, 0.025 ** 0.2, places=9)  # low solves p^5 = 0.025
        self.assertEqual(high, 1)


class TruthBookkeeping(unittest.TestCase):
    def setUp(self):
        # two episodes of 4 s shared intro and 10 s of their own, which come from one film
        self.one = Work("A/1", [Content(0, 4, "intro", 0, True), Content(4, 14, "film", 0)])
        self.two = Work("A/2", [Content(0, 4, "intro", 0, True), Content(4, 14, "film", 10)])

    def truth(self, pieces):
        return truth_of(pieces, [self.one, self.two])

    def test_a_whole_copy_is_true_for_its_episode_and_open_for_the_sister(self):
        truth = self.truth(pieces_of(self.one.contents, 0, 14, 0, 14))
        self.assertEqual(truth.true, {"A/1": [Box(0, 14, 0, 14)]})
        self.assertEqual(truth.shared, {"A/2": [Box(0, 4, 0, 4)]})

    def test_the_intro_alone_is_open_for_both(self):
        truth = self.truth(pieces_of(self.one.contents, 0, 4, 0, 4))
        self.assertEqual((truth.true, sorted(truth.shared)), ({}, ["A/1", "A/2"]))

    def test_the_film_itself_holds_both_episodes(self):
        # film seconds 5..15: the last 5 of the first episode, the first 5 of the second
        truth = self.truth([Piece(0, 10, "film", 5, 15)])
        self.assertEqual(truth.true, {"A/1": [Box(0, 5, 9, 14)], "A/2": [Box(5, 10, 4, 9)]})

    def test_speed_and_a_cut_move_the_query_only(self):
        # seconds 4..14 shown in 5 s; then query seconds 1..3 kept: reference 6..10
        pieces = scale_pieces(pieces_of(self.one.contents, 4, 14, 0, 10), 2)
        self.assertEqual(self.truth(cut_pieces(pieces, 1, 3, 0)).true, {"A/1": [Box(0, 2, 6, 10)]})

    def test_what_is_undecided_in_the_query_is_open_elsewhere(self):
        # a window of a work that may show film seconds 0..5: open for the film's episode, true for the work
        contents = [Content(0, 10, "mound", 0), Content(0, 5, "film", 0, True)]
        truth = truth_of(pieces_of(contents, 0, 10, 0, 10), [self.one, Work("M/1", contents)])
        self.assertEqual(sorted(truth.true), ["M/1"])
        self.assertEqual(truth.shared["A/1"], [Box(0, 5, 4, 9)])

    def test_backwards(self):
        truth = self.truth(pieces_of(self.one.contents, 14, 4, 0, 10))
        self.assertEqual(truth.true, {"A/1": [Box(0, 10, 4, 14)]})

    def test_jump_cuts_of_half_a_second_leave_one_segment(self):
        pieces = pieces_of(self.one.contents, 4, 14, 0, 10)
        kept = [*cut_pieces(pieces, 0, 2.5, 0), *cut_pieces(pieces, 3, 5.5, 2.5)]
        self.assertEqual(self.truth(kept).true, {"A/1": [Box(0, 5, 4, 9.5)]})

    def test_shuffled_parts_stay_apart(self):
        pieces = [*pieces_of(self.one.contents, 9, 14, 0, 5), *pieces_of(self.one.contents, 4, 8, 5, 9)]
        self.assertEqual(self.truth(pieces).true, {"A/1": [Box(0, 5, 9, 14), Box(5, 9, 4, 8)]})


if __name__ == "__main__":
    unittest.main()
