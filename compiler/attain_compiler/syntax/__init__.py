"""From the text of a policy to its written tree, and back to its one layout.

    text -> tokens      tokens.py: names, literals and signs, each with its place
    tokens -> chunks    chunks.py: one for each declaration, so that a mistake in one hides nothing of the others
    chunk + layout      layout.py: where lines begin blocks, lines of blocks, or go on
    chunk -> node       automaton.py walks the table of grammar.lark, words.py tells words of the language from names,
                        build/ has a function for each rule
    troubles            trouble.py, expected.py and signs.py say what is wrong in the author's words
    tree -> text        format.py, with lines.py (indentation), columns.py and align.py (columns), spacing.py

`parse.parse` and `format.format_source` are what the other stages use. After a change of `grammar.lark` renew its table
with `python -m attain_compiler.syntax.generate`.
"""
