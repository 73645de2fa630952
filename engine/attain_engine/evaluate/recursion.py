"""Definitions that ask themselves again: along an order, and of conditions that only grow.

What only grows is the least that fits: everything that is asked for is worked out from nothing holding, again and
again, until nothing changes. With something open, the formulas say for each case what holds in it: in each case
something more holds each time, so that as often as there are things asked for is enough.
"""

from __future__ import annotations

from typing import Any

from attain_compiler.model import program as model
from attain_engine.evaluate.calls import define_value
from attain_engine.evaluate.problems import TooMuchWork
from attain_engine.evaluate.state import MISSING, Context
from attain_engine.evaluate.values import NO_VALUE, OPEN, Cases, Found, lifted
from attain_engine.open.conditions import Condition

MOST_BACK = 600
"""So many times a definition may go back, one from another."""


def earlier(define: model.Define, arguments: tuple[Found, ...], context: Context) -> Any:
    """The value for an earlier one; none before the first."""
    if any(isinstance(each, Cases) for each in arguments):
        return lifted(lambda *each: earlier(define, each, context), arguments)
    back = define.back
    assert back is not None
    first: Any = arguments[back.number]
    if not isinstance(first, OPEN) and first < back.low and (define.id, arguments) not in context.state.world.values:
        return NO_VALUE
    memory = context.memos[define.id]
    known = memory.get(arguments, MISSING)
    if known is MISSING:
        depth = context.memos[f"{define.id} back"]
        depth[()] = depth.get((), 0) + 1
        if depth[()] > MOST_BACK:
            depth.clear()
            raise TooMuchWork(define)
        try:
            known = memory[arguments] = define_value(define, arguments, context)
        finally:
            depth[()] = depth.get((), 1) - 1
    return known


def grown(define: model.Define, arguments: tuple[Found, ...], context: Context) -> Any:
    """Whether the least that fits holds for these arguments."""
    if any(isinstance(each, Cases) for each in arguments):
        return lifted(lambda *each: grown(define, each, context), arguments)
    done = context.memos[define.id]
    known = done.get(arguments, MISSING)
    if known is not MISSING:
        return known
    growing: dict[tuple[Found, ...], Condition] = context.memos[f"{define.id} growing"]
    if growing:
        return growing.setdefault(arguments, False)
    growing[arguments] = False
    try:
        _grow(define, growing, context)
        done.update(growing)
        return growing[arguments]
    finally:
        growing.clear()


def _grow(define: model.Define, growing: dict[tuple[Found, ...], Condition], context: Context) -> None:
    """Work out all that is asked for, until nothing more holds. What was asked for last is looked at first: the others
    were asked for on account of it."""
    asked, rounds = 0, 0
    while True:
        waiting, seen, changed = list(growing), set(growing), False
        while waiting:
            arguments = waiting.pop()
            value = define_value(define, arguments, context)
            changed |= value is not growing[arguments] and value != growing[arguments]
            growing[arguments] = value
            waiting.extend(each for each in growing if each not in seen)
            seen.update(growing)
        rounds = rounds + 1 if len(growing) == asked else 0
        asked = len(growing)
        if not changed or rounds > asked:
            return
