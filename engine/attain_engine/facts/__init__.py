"""Reading, checking and writing the facts about an organisation.

`model` says what facts are; `load` reads them from a JSON file or a folder of CSV tables; `problem` is a mistake in
them; `write` gives them back as JSON; `example` makes facts of an example in a policy.
"""
