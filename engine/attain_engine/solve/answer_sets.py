"""The one file that talks to clingo: it grounds programs and searches their answer sets.

Programs are data (`attain_compiler.asp`): facts go in as symbols, rules come from the files in `encodings`. Every
message of the grounder is an error, as each means that a program says something else than was meant. Costs are added up
by the callers from what an answer set says: clingo's own figure is cut to 32 bits.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

import clingo

from attain_compiler.asp import Argument, Fact, Program
from attain_compiler.asp.rules import Atom, Function, Number, Symbol, Term, Text
from attain_engine.solve.deadline import left, look

Shown: TypeAlias = tuple[str, tuple[Argument, ...]]
"""An atom of an answer set: its predicate and arguments."""

CLASP: tuple[str, ...] = ("--opt-strategy=usc,oll,4", "--opt-usc-shrink=min", "--configuration=handy")
"""Core-guided, stratified, cores shrunk: the options that prove reduced plans (measured by bench/plan_synthetic.py)."""

_EVERY_MESSAGE = 2**31 - 1
_ENCODINGS = Path(__file__).with_name("encodings")


@cache
def encoding(name: str) -> str:
    """The text of `encodings/<name>.lp`."""
    return (_ENCODINGS / f"{name}.lp").read_text(encoding="utf-8")


class Theory(Protocol):
    """What an answer set must keep to beside the rules."""

    @property
    def atoms(self) -> Iterable[Shown]:
        """The atoms that it looks at."""

    def conflict(self, holding: Mapping[Shown, bool]) -> Collection[Shown] | None:
        """Given whether each of the atoms holds: some that cannot be as they are together, or None."""


class Grounded:
    """A grounded program, to be searched any number of times, one search at a time."""

    def __init__(
        self,
        program: Program,
        options: Sequence[str] = (),
        *,
        theory: Theory | None = None,
    ) -> None:
        """Ground a program; the caller has seen to it that its numbers fit and its size is bounded. Answer sets keep to
        `theory` as well. Raises RuntimeError if the grounder has anything to say, and OutOfTime where a deadline is
        past, as all searches do but those that the caller waits for."""
        look()
        messages: list[str] = []
        self._control = clingo.Control(
            list(options), logger=lambda _, message: messages.append(message), message_limit=_EVERY_MESSAGE
        )
        if theory is not None:
            self._control.register_propagator(_TheoryPropagator(theory))
        with self._control.backend() as backend:
            for fact in program.facts:
                backend.add_rule([backend.add_atom(_symbol(fact))])
        self._control.add("base", [], "\n".join(encoding(name) for name in program.encodings))
        self._control.ground([("base", [])])
        if messages:
            raise RuntimeError("clingo: " + "; ".join(message.strip() for message in messages))

    def start(
        self,
        on_model: Callable[[frozenset[Shown]], object],
        on_bound: Callable[[tuple[int, ...]], object] | None = None,
        assumptions: Sequence[tuple[Shown, bool]] = (),
    ) -> Search:
        """Begin a search. The callbacks run in the solver's thread: with the shown atoms of each answer set found, and
        with lower bounds as they rise (see `Search`); what they raise, `wait` raises."""
        return Search(self._control, on_model, on_bound, assumptions)

    def first(self, assumptions: Sequence[tuple[Shown, bool]] = ()) -> frozenset[Shown] | None:
        """The shown atoms of the best answer set, or of any if nothing is minimised; None if there is none."""
        return self._searched(assumptions)[0]

    def first_within(self, conflicts: int | None) -> tuple[frozenset[Shown] | None, bool]:
        """The same within so many conflicts of the search (None: to its end), and whether that is decided: else neither
        was found."""
        self._limit(conflicts)
        found, exhausted = self._searched()
        return found, found is not None or exhausted

    def consequences(self, kind: Literal["brave", "cautious"], conflicts: int | None = None) -> frozenset[Shown] | None:
        """The shown atoms that some (brave) or every (cautious) answer set has; None where so many conflicts of the
        search do not tell. Raises ValueError if there is no answer set."""
        self._control.configuration.solve.enum_mode = kind  # type: ignore[union-attr]
        self._control.configuration.solve.models = 0  # type: ignore[union-attr]
        self._limit(conflicts)
        found, exhausted = self._searched()
        if not exhausted:
            return None
        if found is None:
            raise ValueError("no answer set")
        return found

    def _searched(self, assumptions: Sequence[tuple[Shown, bool]] = ()) -> tuple[frozenset[Shown] | None, bool]:
        """The last answer set that a search finds, and whether it has seen everything. Raises OutOfTime."""
        found: list[frozenset[Shown]] = []
        with self.start(found.append, assumptions=assumptions) as search:
            while not search.wait(left()):  # clingo may wake before the time is over, and the search goes on then
                pass
        return found[-1] if found else None, search.exhausted

    def _limit(self, conflicts: int | None) -> None:
        self._control.configuration.solve.solve_limit = "umax" if conflicts is None else str(conflicts)  # type: ignore[union-attr]

    def statistics(self) -> dict[str, int]:
        """Figures on the last search: variables, constraints, conflicts, choices."""
        statistics = self._control.statistics
        generator, solvers = statistics["problem"]["generator"], statistics["solving"]["solvers"]
        return {
            "variables": int(generator["vars"]),
            "constraints": int(generator["constraints"]),
            "conflicts": int(solvers["conflicts"]),
            "choices": int(solvers["choices"]),
        }


def answer_set(text: str) -> tuple[frozenset[Atom], int]:
    """The shown atoms of the one answer set of a stratified program, and how many atoms its grounding has. Raises
    RuntimeError if the grounder has anything to say, or if there is no answer set or more than one."""
    messages: list[str] = []
    control = clingo.Control(["0"], logger=lambda _, message: messages.append(message), message_limit=_EVERY_MESSAGE)
    try:
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError as error:
        raise RuntimeError("\n".join((str(error), *messages))) from error
    if messages:
        raise RuntimeError("\n".join(messages))
    found: list[frozenset[Atom]] = []
    with control.solve(yield_=True) as answers:
        for answer in answers:
            found.append(frozenset(_atom(each) for each in answer.symbols(shown=True)))
            if len(found) > 1:
                break
    if len(found) != 1:
        raise RuntimeError(f"{len(found) or 'no'} answer sets, where there is one for everything known")
    return found[0], len(control.symbolic_atoms)


Grounding = Literal["done", "too long", "too large"]


def grounding(text: str, seconds: float) -> Grounding:
    """Whether plain clingo takes a program in so much time, with sums that it can hold. In a process of its own:
    grounding cannot be interrupted. Raises RuntimeError where clingo has anything else to say of it."""
    import subprocess  # most questions have no use for it

    command = [sys.executable, "-m", "clingo", "--solve-limit=0,0", "--outf=3", "-"]
    try:
        run = subprocess.run(  # noqa: S603 - this interpreter and fixed arguments; the program is its input
            command,
            input=text,
            text=True,
            timeout=seconds,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "too long"
    if "Integer overflow" in run.stderr:
        return "too large"
    if run.stderr:
        raise RuntimeError(run.stderr)
    return "done"


def _atom(symbol: clingo.Symbol) -> Atom:
    return Atom(symbol.name, tuple(_term(each) for each in symbol.arguments))


def _term(symbol: clingo.Symbol) -> Term:
    match symbol.type:
        case clingo.SymbolType.Number:
            return Number(symbol.number)
        case clingo.SymbolType.String:
            return Text(symbol.string)
        case clingo.SymbolType.Function if symbol.arguments:
            return Function(symbol.name, tuple(_term(each) for each in symbol.arguments))
        case _:
            return Symbol(str(symbol))


class _TheoryPropagator(clingo.Propagator):
    """Asks a theory about every complete assignment, and tells the solver what stood in its way."""

    def __init__(self, theory: Theory) -> None:
        self._theory = theory
        self._literals: dict[Shown, int] = {}
        self._never: list[Shown] = []

    def init(self, init: clingo.PropagateInit) -> None:
        init.check_mode = clingo.PropagatorCheckMode.Total
        for atom in self._theory.atoms:
            name, arguments = atom
            symbolic = init.symbolic_atoms[_symbol(Fact(name, arguments))]
            if symbolic is None:
                self._never.append(atom)
            else:
                self._literals[atom] = init.solver_literal(symbolic.literal)
                init.freeze_literal(self._literals[atom])

    def check(self, control: clingo.PropagateControl) -> None:
        is_true = control.assignment.is_true
        holding = {atom: is_true(literal) for atom, literal in self._literals.items()}
        holding.update(dict.fromkeys(self._never, False))
        core = self._theory.conflict(holding)
        if core is not None:
            known = [atom for atom in core if atom in self._literals]
            control.add_clause([-self._literals[atom] if holding[atom] else self._literals[atom] for atom in known])


class Search:
    """A search under way; leave its `with` block to end it.

    Lower bounds: the last number is a bound on the objective at its place, if the numbers before it are what the
    objectives before are proved to be. (They are those of the last answer set, and are missing as long as there is
    none.)"""

    def __init__(
        self,
        control: clingo.Control,
        on_model: Callable[[frozenset[Shown]], object],
        on_bound: Callable[[tuple[int, ...]], object] | None,
        assumptions: Sequence[tuple[Shown, bool]],
    ) -> None:
        self.exhausted = False
        """Whether the search has seen everything: the last answer set found is best, or there is none."""
        self._control = control  # clingo frees the program with its control, search or no search
        self._on_model = on_model
        self._on_bound = on_bound
        self._error: BaseException | None = None
        self._handle = control.solve(
            assumptions=[(_symbol(Fact(name, arguments)), sign) for (name, arguments), sign in assumptions],
            on_model=self._model,
            on_unsat=self._bound if on_bound else None,
            async_=True,
        )

    def __enter__(self) -> Search:
        self._handle.__enter__()  # type: ignore[no-untyped-call]
        return self

    def __exit__(self, *exception: object) -> None:
        self._handle.cancel()
        self._handle.__exit__(None, None, None)  # type: ignore[no-untyped-call]

    def wait(self, seconds: float | None) -> bool:
        """Wait for the end, at most so long; whether it has come."""
        ended = self._handle.wait(seconds)
        if self._error is not None:
            raise self._error
        if ended:
            self.exhausted = bool(self._handle.get().exhausted)
        return ended

    # clingo ends the process if one of these raises.

    def _model(self, model: clingo.Model) -> bool:
        try:
            self._on_model(frozenset(_shown(symbol) for symbol in model.symbols(shown=True)))
        except BaseException as error:
            self._error = self._error or error
        return self._error is None

    def _bound(self, bounds: Sequence[int]) -> None:
        try:
            if self._on_bound is not None:
                self._on_bound(tuple(bounds))
        except BaseException as error:
            self._error = self._error or error


def _symbol(fact: Fact) -> clingo.Symbol:
    return clingo.Function(
        fact.predicate,
        [clingo.Number(each) if isinstance(each, int) else clingo.Function(each) for each in fact.arguments],
    )


def _shown(symbol: clingo.Symbol) -> Shown:
    return symbol.name, tuple(
        each.number if each.type == clingo.SymbolType.Number else each.name for each in symbol.arguments
    )
