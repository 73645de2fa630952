"""Is a policy what its author believes it to be: its examples and its claims. Plans are loaded where an example expects
one."""

from typing import TYPE_CHECKING

from attain_engine.lazily import lazily

if TYPE_CHECKING:
    from attain_engine.check.planned import plan_failures
else:
    __getattr__ = lazily(__name__, {"plan_failures": "planned"})

__all__ = ["plan_failures"]
