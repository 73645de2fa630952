"""The tree of every kind of declaration."""

from __future__ import annotations

import pytest

from tests.syntax.shown import codes, declared, shown

TREES = [
    (
        'policy silver "Silver"\n  source S1-01, "a text"\n  in force from 2022-10-03 to 2023-10-02\n',
        '(Policy silver "Silver" False 2022-10-03 2023-10-02 <S1-01, "a text">)',
    ),
    ("library people", "(Policy people - True - - <>)"),
    ("import people", "(Import people - False)"),
    ("enum Track { enterprise, smb }", "(Enum Track - [(EnumValue enterprise - [] <>) (EnumValue smb - [] <>)] <>)"),
    (
        'enum Track "The tracks" source S1\n  smb "Small" aka "SMB", "S" aka "M" source S2\n  other\n  source S3\n',
        '(Enum Track "The tracks" [(EnumValue smb "Small" ["SMB" "S" "M"] <S2>) (EnumValue other - [] <>)] <S1, S3>)',
    ),
    ('entity Person "Somebody"\n  advice "be kind"\n', '(Entity Person "Somebody" <advice "be kind">)'),
    (
        "record Sale one row\n  value money USD 0 USD to 5 USD\n  unique value\n",
        "(Record Sale - True [(Field value :money USD 0USD 5USD - - <>)] [[value]] - <>)",
    ),
    (
        'record Sale "Sales" one row\n  tags set of Tag? default { a } "The tags" source S1\n',
        ('(Record Sale "Sales" True [(Field tags :set of :Tag? - - (SetLiteral [a]) "The tags" <S1>)] [] - <>)'),
    ),
    (
        "parameter seats for Track band of count\n  smb from 11 to 300\n  big more than 300\n",
        (
            "(Table seats - [:Track] :band of :count"
            " [(TableRow - - [(TableEntry [smb (Band 11 300 True True)])] <>) "
            "(TableRow - - [(TableEntry [big (Band 300 - False True)])] <>)] <>)"
        ),
    ),
    (
        'parameter fee "Fee" money USD\n  from 2015-07-01 to 2016-06-30 unknown "lost" source S1\n  otherwise -5 USD\n',
        (
            '(Table fee "Fee" [] :money USD '
            '[(TableRow 2015-07-01 2016-06-30 [(TableEntry [(Unpublished "lost")])] <S1>) '
            "(TableRow - - [(TableEntry [otherwise (Unary - 5USD)])] <>)] <>)"
        ),
    ),
    (
        'reading track "Which"\n  total 5 points "The total" default because "it says so"\n  either\n',
        (
            '(Reading track "Which" [(Alternative total 5points "The total" True <because "it says so">) '
            "(Alternative either - - False <>)] <>)"
        ),
    ),
    (
        'define late(u Usage, t Track) as date "Late" source S1\n  u.d\n  source S2\n',
        ('(Define late [(Parameter u :Usage -) (Parameter t :Track -)] :date "Late" u.d <S1, S2>)'),
    ),
    (
        'measure m(t Track) count -5 to 5 "Measured"\n  1\n',
        ('(Measure m [(Parameter t :Track -)] :count (Unary - 5) 5 "Measured" 1 <>)'),
    ),
    (
        'report due "Due" as date\n  plan date\n',
        '(Report due [] "Due" :date plan date <>)',
    ),
    (
        'excluded Sale s "why" from a, b\n  when s.trial\n  source S1\n',
        '(Excluded (Binder s Sale) "why" [a b] s.trial <S1>)',
    ),
    (
        "precedence Sale s for each s.shop, s.month by s.kind from total\n  a over b over c\n",
        "(Precedence (Binder s Sale) [s.shop s.month] s.kind [a b c] [total] <>)",
    ),
    (
        (
            'score pci(t Track) out of 100 "P"\n  part a "A" up to 9 in proportion to x full at y only if z else 1\n'
            "  part b up to m 4 points for each n\n  source S1\n"
        ),
        (
            '(Score pci [(Parameter t :Track -)] 100 "P" '
            '[(Part a "A" 9 (Proportion x y) z 1 <>) (Part b - m (PerUnit 4points n) - - <>)] <S1>)'
        ),
    ),
    (
        (
            "score pci out of 100\n  part a up to 20 best for o in s(t): all or nothing when f(o)\n"
            "  part b up to 5 best of\n    worth 3\n    1 point for each n\n"
        ),
        (
            "(Score pci [] 100 - [(Part a - 20 (BestFor (Binder o (Call s [t])) (AllOrNothing (Call f [o]))) - - <>) "
            "(Part b - 5 (BestOf [(Worth 3) (PerUnit 1points n)]) - - <>)] <>)"
        ),
    ),
    (
        (
            'designation d "D"\n  best for t in Track by f(t)\n  require a "A" x\n  option o\n    require b y\n'
            "  tier gold\n    require c z\n    option p\n      require e v\n"
        ),
        (
            '(Designation d [] "D" (Tracks (Binder t Track) (Call f [t])) [(Require a "A" x <>)] '
            "[(Option o - [(Require b - y <>)] <>)] "
            "[(Tier gold - [(Require c - z <>)] [(Option p - [(Require e - v <>)] <>)] <>)] <>)"
        ),
    ),
    ("designation d\n  any for t in Track\n", "(Designation d [] - (Tracks (Binder t Track) -) [] [] [] <>)"),
    (
        (
            'change win(t Track) by 1 to 40 "Win {n}"\n  when a\n  adds Sale { shop: new Shop, n: 1 }\n  removes r\n'
            "  sets r.n to 2\n  raises m(t) by 1\n  cost 5 USD each takes 6 weeks\n  at most 10\n"
        ),
        (
            '(Change win [(Parameter t :Track -)] 1 40 "Win {n}" a '
            "[(Adds Sale [(FieldValue shop (NewEntity Shop -)) (FieldValue n 1)]) (Removes r) (Sets r n 2) "
            "(Raises (Call m [t]) 1)] [(Cost 5USD True)] [(Takes 6week False)] [(Limit 10 plan -)] <>)"
        ),
    ),
    (
        (
            'example "e" source S1\n  on 2023-06-30\n  reading r is printed\n  for each (n, m) in (1, 2), (3, 4)\n'
            '  given f(a) = n\n  given Sale { shop: "s" }\n  given nothing else\n  expect a is m\n'
        ),
        (
            '(Example "e" - 2023-06-30 [(ReadingChoice r printed)] [n m] [[1 2] [3 4]] '
            '[(GivenValue (Call f [a]) n) (GivenRows Sale [[(FieldValue shop "s")]] False) (GivenNothingElse)] '
            "[(is a m)] [] <S1>)"
        ),
    ),
    (
        'example "e"\n  for each n in 1, 2\n  given Sale\n    shop n\n    "a"  1\n    "b"  -2\n',
        (
            '(Example "e" - - [] [n] [[1] [2]] [(GivenRows Sale [[(FieldValue shop "a") (FieldValue n 1)] '
            '[(FieldValue shop "b") (FieldValue n (Unary - 2))]] False)] [] [] <>)'
        ),
    ),
    (
        (
            'example "e" like "d"\n  given also Sale { shop: "s" }\n  expect plan costs 5 USD\n'
            "  expect plan for q at least gold has win(a, b) 66 times, hire\n  expect no plan for q source S1\n"
        ),
        (
            '(Example "e" "d" - [] [] [] [(GivenRows Sale [[(FieldValue shop "s")]] True)] [] [(PlanCosts - 5USD) '
            "(PlanHas (PlanTarget q - gold  -) [(Planned win [a b] 66) (Planned hire - -)]) "
            "(NoPlan (PlanTarget q - -  -))] <S1>)"
        ),
    ),
    (
        'claim "always" pci is gold implies pci at least silver source S1',
        '(Claim "always" (is pci gold) (at-least pci silver) <S1>)',
    ),
    ('claim "always"\n  a\n    implies b\n  because "c"\n', '(Claim "always" a b <because "c">)'),
    (
        'claim "always" a recovered from "b", "c" source S1\n  because "d"\n  recovered from "e"\n',
        '(Claim "always" a - <S1, recovered from "b", recovered from "c", recovered from "e", because "d">)',
    ),
]


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[text.partition("\n")[0] for text, _ in TREES])
def test_a_declaration_has_its_tree(text: str, tree: str) -> None:
    assert shown(declared(text)) == tree


NAMES = [
    "source",
    "recovered",
    "month",
    "date",
    "level",
    "count",
    "points",
    "total",
    "from",
    "because",
    "unknown",
    "is",
    "when",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_word_of_the_language_can_name_a_field(name: str) -> None:
    tree = shown(declared(f"record R\n  {name}  date\n  other  {name}\n"))
    assert tree.startswith(f"(Record R - False [(Field {name} :date")


@pytest.mark.parametrize("name", [*NAMES, "require", "to", "each", "not", "policy"])
def test_a_word_of_the_language_can_name_a_requirement(name: str) -> None:
    assert shown(declared(f"designation d\n  require {name} yes\n")).count(f"(Require {name} - yes <>)") == 1


@pytest.mark.parametrize("name", [*NAMES, "require", "to", "each", "not", "policy"])
def test_a_word_of_the_language_can_stand_after_a_dot(name: str) -> None:
    assert shown(declared(f"define d\n  u.{name} is 1\n")).count(f"(is u.{name} 1)") == 1


@pytest.mark.parametrize("note", ["source S4-06", 'source "page 3"', "source GUIDE", "source page, other"])
def test_a_note_is_told_from_a_field_called_source(note: str) -> None:
    tree = shown(declared(f"record R\n  n  count\n  {note}\n"))
    assert "(Field source" not in tree


def test_a_field_called_source_is_told_from_a_note() -> None:
    assert "(Field source :Origin" in shown(declared("record R\n  source Origin\n  source S4-06\n"))


MISSING = [
    "define d",
    "measure m count",
    "report r as count",
    'excluded Sale s "why"',
    "precedence Sale s for each s.a by s.b",
    'claim "nothing"\n  source S1\n',
]


@pytest.mark.parametrize("text", MISSING)
def test_a_declaration_that_says_nothing_is_refused(text: str) -> None:
    assert codes(text) == ["missing-clause"]


REPEATED = [
    "define d\n  a\n  b\n",
    'define d\n  a\n  because "b"\n  because "c"\n',
    "policy p\n  in force from 2020-01-01\n  in force from 2021-01-01\n",
    'excluded Sale s "why" when a\n  when b\n',
    'excluded Sale s "why" from a\n  from b\n  when c\n',
    "precedence Sale s for each s.a by s.b\n  x over y\n  y over z\n",
    "designation d\n  any for t in Track\n  any for k in Kind\n",
    "change c\n  when a\n  when b\n",
    "change c\n  at most 1\n  at most 2\n",
    'example "e"\n  on 2020-01-01\n  on 2021-01-01\n',
    'claim "c"\n  a\n  b\n',
]


@pytest.mark.parametrize("text", REPEATED)
def test_what_can_be_said_once_is_refused_twice(text: str) -> None:
    assert codes(text) == ["repeated-clause"]
