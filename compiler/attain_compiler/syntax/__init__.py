"""From the text of a policy to its written tree, and back to its one layout.

    text -> tokens      tokens.py: names, literals and signs, each with its place
    tokens -> chunks    chunks.py: one for each declaration, so that a mistake in one hides nothing of the others
    chunk -> node       walk.py feeds the tokens to Lark's parser of grammar.lark and goes on after mistakes; words.py
                        tells words of the language from names, and layout.py where lines begin blocks, lines of
                        blocks, or go on, both by what the parser would take (grammar.py); making.py calls the
                        function that build/ has for each rule
    troubles            trouble.py, expected.py, phrases.py, phrasings.py and signs.py say what is wrong in the
                        author's words
    tree -> text        format.py, with lines.py (indentation), columns.py and align.py (columns), spacing.py

`parse.parse` and `format.format_source` are what the other stages use. `parser.py` makes Lark's parser from
`grammar.lark` or loads it as it was saved; after a change of the grammar there is nothing to be done.
"""
