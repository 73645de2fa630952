"""Expressions that call something: definitions, measures, parameters, scores, statuses."""

from __future__ import annotations

from typing import Any, assert_never

from attain_compiler.model import program as model
from attain_engine.evaluate import calls, designations, recursion
from attain_engine.evaluate.problems import NoAnswer
from attain_engine.evaluate.provenance import with_rows
from attain_engine.evaluate.state import MISSING, Closure, Compile, Context, Frame
from attain_engine.evaluate.values import lifted
from attain_engine.open import quantities

CallForm = (
    model.Lookup | model.DefineCall | model.SelfCall | model.MeasureCall | model.ScoreCall | model.MaximumOf
    | model.StatusIs
)  # fmt: skip


def called(program: model.Program, closure_of: Compile, expression: CallForm) -> Closure:
    """The closure of a call."""
    match expression:
        case model.Lookup(table=table_id, keys=keys):
            return _lookup(program, program.tables[table_id], tuple(closure_of(each) for each in keys), expression)
        case model.DefineCall(define=define_id, arguments=arguments):
            return _define(program.defines[define_id], tuple(closure_of(each) for each in arguments))
        case model.SelfCall(define=define_id, arguments=arguments):
            define = program.defines[define_id]
            again = recursion.grown if define.back is None else recursion.earlier
            inners = tuple(closure_of(each) for each in arguments)
            return lambda frame, context: again(define, tuple([each(frame, context) for each in inners]), context)
        case model.MeasureCall(measure=measure_id, arguments=arguments):
            measure = program.measures[measure_id]
            inners = tuple(closure_of(each) for each in arguments)
            return lambda frame, context: calls.measure_value(
                measure, tuple([each(frame, context) for each in inners]), context
            )
        case model.ScoreCall(score=score_id, arguments=arguments, part=name):
            inners = tuple(closure_of(each) for each in arguments)
            return _score(program.scores[score_id], name, inners)
        case model.MaximumOf(score=score_id, arguments=arguments):
            parts = program.scores[score_id].parts
            inners = tuple(closure_of(each) for each in arguments)
            return lambda frame, context: quantities.total(
                calls.part_maximum(part, tuple([each(frame, context) for each in inners]), context) for part in parts
            )
        case model.StatusIs(track=track):
            which = None if track is None else closure_of(track)
            return lambda frame, context: designations.status_is(
                context.state, expression, None if which is None else which(frame, context), context
            )
        case _:
            assert_never(expression)


def _lookup(
    program: model.Program, table: model.Table, inners: tuple[Closure, ...], expression: model.Lookup
) -> Closure:
    name, span = table.id, expression.span

    def lookup(frame: Frame, context: Context) -> Any:
        keys = tuple([each(frame, context) for each in inners])
        memory = context.memos[name]
        known = memory.get(keys, MISSING)
        if known is MISSING:
            try:
                known = memory[keys] = calls.table_value(table, keys, context, span)
            except NoAnswer as problem:
                raise with_rows(problem, program, expression, frame, context) from None
        return known

    return lookup


def _define(define: model.Define, inners: tuple[Closure, ...]) -> Closure:
    name = define.id
    worked_out = recursion.grown if define.recursive and define.back is None else calls.define_value

    def define_call(frame: Frame, context: Context) -> Any:
        arguments = tuple([each(frame, context) for each in inners])
        memory = context.memos[name]
        known = memory.get(arguments, MISSING)
        if known is MISSING:
            known = memory[arguments] = worked_out(define, arguments, context)
        return known

    return define_call


def _score(score: model.Score, name: str | None, inners: tuple[Closure, ...]) -> Closure:
    if name is None:
        return lambda frame, context: calls.score_total(
            score, tuple([each(frame, context) for each in inners]), context
        )
    part = next(each for each in score.parts if each.name == name)
    return lambda frame, context: lifted(
        lambda *arguments: calls.part_points(score, part, arguments, context),
        tuple([each(frame, context) for each in inners]),
    )
