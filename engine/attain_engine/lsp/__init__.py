"""Attain in an editor: a language server, and what it answers.

    workspace   the policies as they stand in the editor, and what the compiler understands of them
    names       every name in a file, and what it means
    the others  a feature each: a function of a workspace and a place, which knows nothing of the protocol
    server      the protocol (pygls), thin

The features give spans and texts; `protocol` turns them into what editors read.
"""
