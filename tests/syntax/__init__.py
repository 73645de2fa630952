"""The syntax stage: from text to tree, and its one layout."""
