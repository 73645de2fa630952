"""Commands that have commands of their own."""

from __future__ import annotations

import click


class Group(click.Group):
    """A group that shows its help where no command is named, which is wrong usage: before click 8.2 that was no
    failure."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), err=True, color=ctx.color)
            ctx.exit(2)
        return super().parse_args(ctx, args)
