"""The total that people write below a table, which would count as one of its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from attain_compiler.model.types import EntityType, Quantity, Simple
from attain_engine.facts.headers import folded
from attain_engine.facts.model import Row
from attain_engine.facts.slot import Slot

_WORDS = frozenset(
    """
    total totals grandtotal sum sums subtotal overall
    summe gesamt gesamtsumme insgesamt zwischensumme somme totaux soustotal suma sumatotal totale somma totaal som soma
    razem łącznie celkem spolu summa totalt yhteensä ialt итого всего сумма разом toplam
    σύνολο 合計 合计 总计 總計 小計 합계
    """.split()  # noqa: SIM905 -- read at a glance
)
"""Words that stand at a total, in languages of Europe and East Asia, folded."""


def says_total(text: str) -> bool:
    """Whether a text is a word for a total, whatever stands around it: `Total:`, `Summe 2024`."""
    return folded(re.sub(r"[^\w\s-]|[0-9]", "", text)) in _WORDS


def looks_like_a_total(written: Mapping[Slot, str], rows: Sequence[Row]) -> bool:
    """Whether the last of some rows, in which so much was `written`, is the total of the others: nothing is in it but
    numbers and at most one name, and the name says so, or every number is the sum of those above it."""
    names, numbers = [], []
    for slot, text in written.items():
        if isinstance(slot.type, Quantity):
            numbers.append(slot)
        elif isinstance(slot.type, EntityType) or slot.type == Simple("text"):
            names.append(text)
        else:
            return False
    if not numbers or len(names) > 1 or len(rows) < 3:
        return False
    above, last = rows[:-1], rows[-1]
    if names and says_total(names[0]):
        return True
    summed = [slot for slot in numbers if not (isinstance(slot.type, Quantity) and slot.type.kind == "percent")]
    enough = 3 if names else 2  # of two rows and a further one, the last is the sum of the others by chance too often
    return bool(summed) and len(above) >= enough and all(_is_sum(slot.name, last, above) for slot in summed)


def _is_sum(field: str, last: Row, above: Sequence[Row]) -> bool:
    values = [each.values[field] for each in above]
    return last.values[field] == sum(each for each in values if isinstance(each, int | Fraction)) != 0
