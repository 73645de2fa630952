"""The kinds of faults that were found from outside, and the tests that hold each of them: the case as it was found, and
others of its kind that differ in field and shape.

A case is called as it was in the collection it came from: its number or letters, and what it is about.
"""

from __future__ import annotations

from typing import Final

HERE = "tests.regressions."

KINDS: Final[dict[str, tuple[str, ...]]] = {
    # wrong or misleading answers
    "03 units that are counted once": (
        HERE + "test_units:test_it_is_as_every_way_says",
        HERE + "test_partial_answers:test_a_line_of_an_allocation_that_counts_units_is_refused_with_the_way_to_say_it",
        HERE + "test_partial_answers:test_units_that_are_counted_once_are_assigned_by_a_plan",
    ),
    "12 named by the policy alone": (
        HERE + "test_evaluation:test_an_identifier_that_only_the_policy_names_is_run_over",
        HERE + "test_evaluation:test_check_doubts_an_every_that_may_hold_of_nothing",
    ),
    "12b named by a set": (
        HERE + "test_evaluation:test_an_identifier_that_only_the_policy_names_is_run_over",
        HERE + "test_evaluation:test_an_identifier_in_the_key_of_a_parameter_is_run_over",
    ),
    "18b sum of untold rows": (
        HERE + "test_certainty:test_rows_that_are_not_told_keep_to_their_fields",
        HERE + "test_certainty:test_there_may_be_no_rows_where_they_are_not_told",
        HERE + "test_none_of_rows_not_given:test_it_is_not_certain_that_there_are_some",
    ),
    "21 one bad value": (
        HERE + "test_evaluation:test_what_does_not_depend_on_a_bad_value_is_answered",
        HERE + "test_partial_answers:test_one_bad_value_leaves_the_rest_of_the_answer_and_its_reasons",
        HERE + "test_partial_answers:test_with_one_bad_row_the_others_may_decide",
    ),
    "29 windows to a month's end": (HERE + "test_rules:test_check_doubts_windows_to_the_end_of_a_month",),
    "36 names that look alike": (
        "tests.facts.test_doubts:test_names_that_look_alike_are_doubtful",
        HERE + "test_tables:test_names_that_look_alike_in_tables",
        HERE + "test_tables:test_names_that_look_like_one_of_the_policy",
    ),
    "44 costs and durations below nothing": (
        HERE + "test_plan_kinds:test_a_negative_cost_of_a_row_is_refused_with_row_field_and_value",
        HERE + "test_plan_kinds:test_a_negative_cost_that_is_worked_out_from_a_row_is_refused",
        HERE + "test_plan_kinds:test_a_negative_cost_of_each_unit_is_refused",
        HERE + "test_plan_kinds:test_a_duration_that_cannot_be_is_refused_with_its_row",
    ),
    "46 expires before the plan is done": (
        HERE + "test_plans_in_time:test_a_certificate_that_lapses_before_the_plan_is_ready_does_not_count",
        HERE + "test_plans_in_time:test_a_plan_holds_on_the_day_it_is_ready_or_there_is_none",
    ),
    "47 nearly reached": (HERE + "test_reasons:test_a_threshold_that_is_not_reached_never_reads_like_one_that_is",),
    "49 steps that need one another": (
        HERE + "test_plans_in_time:test_steps_that_need_one_another_follow_one_another",
        HERE + "test_plans_in_time:test_steps_that_need_one_another_are_not_done_sooner",
        HERE + "test_plans_in_time:test_steps_that_need_the_same_one_go_on_side_by_side",
        HERE + "test_plans_in_time:test_steps_that_need_each_other_never_begin",
    ),
    "62 days to never": (
        HERE + "test_evaluation:test_the_time_to_never_needs_else",
        HERE + "test_evaluation:test_else_stands_for_the_time_to_never",
    ),
    "62b months to never": (HERE + "test_evaluation:test_the_time_to_never_needs_else",),
    "64 nine categories": (
        HERE + "test_rules:test_twenty_roles_are_filled",
        HERE + "test_rules:test_a_line_that_needs_many_takes_no_more_than_there_are",
        HERE + "test_units:test_any_number_of_lines",
    ),
    "71 bounds of measures": (
        HERE + "test_bounds:test_a_plan_stays_within_the_bounds_of_measures",
        HERE + "test_bounds:test_what_a_measure_comes_to_outside_its_bounds_is_no_value",
        HERE + "test_bounds:test_a_measure_of_unknowns_keeps_to_its_bounds_and_a_plan_relies_on_it",
    ),
    "75 two changes to one value": (
        HERE + "test_plans_in_time:test_a_field_is_set_and_then_set_or_raised",
        HERE + "test_plans:test_two_changes_may_set_a_field_to_one_value",
    ),
    "83 thousands in a table": (HERE + "test_tables:test_a_dot_before_three_digits_beside_semicolons",),
    "a1 unknowns of one sum": (
        HERE + "test_certainty:test_a_sum_of_unknowns_is_that_sum",
        HERE + "test_certainty:test_a_plan_does_whatever_the_unknowns_are",
    ),
    "a2 claims about scores": (
        HERE + "test_claims:test_a_claim_is_proved_or_refuted",
        HERE + "test_claims_of_rows:test_a_claim_that_every_table_bears_out_is_proved",
        HERE + "test_claims_of_rows:test_what_breaks_a_claim_is_shown_to_be_possible_by_rows",
    ),
    "a3 examples as assessments": (HERE + "test_certainty:test_an_example_says_what_an_assessment_says",),
    "b1 when that cannot be told": (
        HERE + "test_certainty:test_a_plan_does_whatever_the_unknowns_are",
        HERE + "test_certainty:test_a_change_that_may_not_be_possible_is_named_by_what_it_rests_on",
    ),
    "b13 two new in one unit": (HERE + "test_bounds:test_every_new_identifier_is_a_new_one",),
    "b2 greatest of a change and an unknown": (
        HERE + "test_certainty:test_functions_of_unknowns_are_complete",
        HERE + "test_certainty:test_a_plan_does_whatever_the_unknowns_are",
    ),
    "b3 new identifiers and those of the facts": (
        HERE + "test_bounds:test_every_new_identifier_is_a_new_one",
        HERE + "test_plans:test_an_identifier_that_is_not_known_may_be_of_somebody_else",
        HERE + "test_plans:test_who_is_hired_is_nobody_of_the_facts",
    ),
    "b4 no designation": (HERE + "test_evaluation:test_an_assessment_without_a_designation_is_no_yes",),
    "d1 bounds of two aims": (
        HERE + "test_aims:test_the_best_by_one_aim_after_the_other_is_proved",
        "tests.optimise.test_race:test_a_bound_on_a_later_objective_counts_once_those_before_are_proved",
    ),
    "d3 an allocation without a reason": (
        HERE + "test_rules:test_a_line_that_cannot_be_filled_whatever_is_open_is_named",
        HERE + "test_rules:test_the_line_that_could_not_be_filled_is_named_with_what_went_where",
        HERE + "test_units:test_a_report_says_what_went_where",
        HERE + "test_evaluation:test_what_fails_of_a_definition_is_named",
    ),
    "f7 months in the aim of time": (
        HERE + "test_plans:test_a_month_is_as_long_as_it_is",
        HERE + "test_plans_in_time:test_the_earliest_plan_is_found_by_exact_dates",
    ),
    "h1 a track that is not known": (
        HERE + "test_certainty:test_a_track_that_is_not_known",
        HERE + "test_unknowns:test_the_status_on_an_unknown_track",
    ),
    "h2 the track that is shown": (
        HERE + "test_reasons:test_of_tracks_that_all_count_one_that_meets_or_lacks_least_is_shown",
    ),
    "h4 why of what is counted in a define": (HERE + "test_reasons:test_a_row_counts_wherever_it_is_counted",),
    "h5 options of a set that may be empty": (
        HERE + "test_reasons:test_the_worksheet_shows_options_of_a_set_that_may_be_empty",
    ),
    "l1 tracks of an entity": (
        HERE + "test_entity_tracks:test_each_identifier_is_a_track",
        HERE + "test_entity_tracks:test_a_plan_goes_by_the_cheapest_track",
        HERE + "test_entity_tracks:test_a_claim_about_some_identifier_is_not_proved",
    ),
    "l4 every names too much": (
        HERE + "test_evaluation:test_what_fails_of_every_and_no_is_named",
        HERE + "test_evaluation:test_what_a_where_leaves_out_is_not_named",
    ),
    "l5 every names nobody": (
        HERE + "test_evaluation:test_what_fails_of_every_and_no_is_named",
        HERE + "test_evaluation:test_what_fails_of_a_definition_is_named",
    ),
    "l6 unique in a plan": (
        HERE + "test_plan_kinds:test_effects_and_costs_add_up_and_rows_stay_unique",
        HERE + "test_unique_plans:test_what_changes_write_tells_rows_apart_still",
    ),
    "p1 a key that changes move": (HERE + "test_plan_lookups:test_a_key_that_changes_move_has_all_its_entries",),
    "u1 why of a capped sum": (HERE + "test_reasons:test_a_row_counts_wherever_it_is_counted",),
    "u2 ready, and lapsed": (
        HERE + "test_plans_in_time:test_a_plan_holds_on_the_day_it_is_ready_or_there_is_none",
        HERE + "test_plans_in_time:test_what_lasts_until_the_plan_is_ready_counts_and_what_fails_later_is_said",
    ),
    # limits that hold
    "b6 work without a limit": (
        "tests.hostile.test_hostile:test_the_time_limit_holds_in_every_stage",
        HERE + "test_limits:test_rows_within_rows_within_rows",
    ),
    "h3 a band of a sum that changes": (HERE + "test_banded_sums:test_the_cheapest_is_proved",),
    "l2 an average in a plan": (HERE + "test_ratios:test_the_cheapest_plan_for_a_ratio_is_found",),
    "p2 fine numbers": (HERE + "test_plan_lookups:test_a_small_problem_of_fine_numbers_is_proved",),
    # the shipped policies against their sources
    "fid boundary examples of the policies": ("tests.policies.test_examples:test_the_examples_come_true",),
    "mw, pci, renewal, windows against their sources": (
        "tests.policies.test_organisations:test_the_verdict_and_the_award",
        "tests.policies.test_organisations:test_before_october_2017_a_plan_pays_the_subsidised_fee_for_a_cloud_competency_only",
        "tests.policies.test_organisations:test_the_renewal_of_contoso",
    ),
}
"""Tests (`module:function`) by the case."""
