"""Reading, checking and writing the facts about an organisation.

`load_facts` reads a JSON file, a folder of tables, a workbook or a database and reports every mistake in it;
`write_facts_json` writes facts that read back the same; `rows_from_example` makes facts of an example in a policy.
"""

from typing import TYPE_CHECKING

from attain_engine.lazily import lazily

if TYPE_CHECKING:
    from attain_engine.facts.example import rows_from_example
    from attain_engine.facts.load import load_facts
    from attain_engine.facts.model import UNKNOWN, Facts, Origin, Row, Unknown
    from attain_engine.facts.problem import FactsProblem
    from attain_engine.facts.render import render_problems
    from attain_engine.facts.tables_of_many import TablesOfMany
    from attain_engine.facts.write import write_facts_json
else:
    __getattr__ = lazily(
        __name__,
        {
            "Facts": "model",
            "FactsProblem": "problem",
            "Origin": "model",
            "Row": "model",
            "TablesOfMany": "tables_of_many",
            "UNKNOWN": "model",
            "Unknown": "model",
            "load_facts": "load",
            "render_problems": "render",
            "rows_from_example": "example",
            "write_facts_json": "write",
        },
    )

__all__ = [
    "UNKNOWN",
    "Facts",
    "FactsProblem",
    "Origin",
    "Row",
    "TablesOfMany",
    "Unknown",
    "load_facts",
    "render_problems",
    "rows_from_example",
    "write_facts_json",
]
