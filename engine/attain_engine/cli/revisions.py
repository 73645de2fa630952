"""What `attain diff` compares: files, folders, or revisions of a git repository, policy by policy."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from attain_compiler.frozen import frozen
from attain_compiler.model.program import Program
from attain_engine.cli.findings import program_given
from attain_engine.policies import SUFFIX, find_policies, locate_policy


@frozen
class Given:
    """One edition of a policy: compiled, and how it is called for people."""

    program: Program
    shown: str


@frozen
class Pair:
    """A policy in both editions; None where one does not have it."""

    base: Given | None
    head: Given | None


@frozen
class _Place:
    """Where an edition is found on disk, what is shown in its place, and the paths below it that are compared."""

    root: str
    shown: str
    paths: tuple[str, ...]


@contextmanager
def pairs_given(given: tuple[str, ...]) -> Iterator[list[Pair]]:
    """The policies that the arguments stand for, each in both editions. Arguments that are no paths are revisions.

    Mistakes in a policy end the command with code 2, as does a wrong number of arguments.
    """
    known = {each: os.path.exists(locate_policy(each)) or each.endswith(SUFFIX) for each in given}
    revisions = [each for each in given if not known[each]]
    paths = tuple(each for each in given if known[each])
    with ExitStack() as stack:
        if not revisions:
            if len(paths) != 2:
                raise click.UsageError("give two policies or folders, or a git revision and paths after `--`")
            yield _of_paths(*(locate_policy(each) for each in paths))
            return
        if len(revisions) > 2:
            raise click.UsageError(f"neither a file nor a folder: {', '.join(f'`{each}`' for each in revisions)}")
        top = _git(os.curdir, "rev-parse", "--show-toplevel").decode().strip()
        inside = tuple(os.path.relpath(os.path.abspath(each), top) for each in paths or (os.curdir,))
        if any(each.startswith(os.pardir) for each in inside):
            raise click.UsageError("a path lies outside of the git repository")
        places = [_Place(_checked_out(stack, top, each), f"{each}:", inside) for each in revisions]
        if len(places) == 1:
            places.append(_Place(top, "", inside))
        yield _of_places(*places)


def _of_paths(base: str, head: str) -> list[Pair]:
    if os.path.isdir(base) != os.path.isdir(head):
        raise click.UsageError("give two policies or two folders, not one of each")
    if os.path.isdir(base):
        return _of_places(_Place(base, f"{base}/", (os.curdir,)), _Place(head, f"{head}/", (os.curdir,)))
    return [Pair(Given(program_given(base), base), Given(program_given(head), head))]


def _of_places(base: _Place, head: _Place) -> list[Pair]:
    """The policies of two places, by their paths; libraries of which others make use are compared with those."""
    found = [_policies(each) for each in (base, head)]
    names = sorted({*found[0], *found[1]})
    if not names:
        raise click.UsageError(f"there is no policy (*{SUFFIX}) to compare")
    pairs = []
    for name in names:
        sides = [
            Given(program_given(files[name]), f"{place.shown}{name}") if name in files else None
            for place, files in zip((base, head), found, strict=True)
        ]
        pairs.append(Pair(*sides))
    return pairs


def _policies(place: _Place) -> dict[str, str]:
    given = [os.path.join(place.root, each) for each in place.paths]
    there = find_policies(each for each in given if os.path.exists(each))
    return {os.path.relpath(each, place.root).replace(os.sep, "/"): each for each in there}


def _checked_out(stack: ExitStack, top: str, revision: str) -> str:
    """A folder that holds the policies of a revision, until the stack is closed."""
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", named=revision)
    archive = _git(top, "archive", "--format=tar", commit.decode().strip())
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory())).resolve()
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for each in tar:
            where = (folder / each.name).resolve()
            content = tar.extractfile(each) if each.isfile() and each.name.endswith(SUFFIX) else None
            if content is not None and where.is_relative_to(
                folder
            ):  # `filter` of `extract` is not in every Python 3.11
                where.parent.mkdir(parents=True, exist_ok=True)
                where.write_bytes(content.read())
    return str(folder)


def _git(folder: str, *arguments: str, named: str = "") -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments; a revision is never taken for an option
            ["git", "-C", folder, *arguments],  # noqa: S607 - the git of whoever runs this
            capture_output=True,
            check=False,
        )
    except OSError:
        raise click.UsageError("git is not to be found; give two files or folders") from None
    if done.returncode:
        what = f"`{named}` is neither a path nor a git revision" if named else "this is not a git repository"
        raise click.UsageError(f"{what}; give two files or folders, or a revision and paths after `--`")
    return done.stdout
