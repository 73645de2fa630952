"""What the command line ends with, beside 0 (yes, or clean) and 1 (the answer is no)."""

from typing import Final

BAD_INPUT: Final = 2
INCOMPLETE: Final = 3
INTERNAL_ERROR: Final = 70
INTERRUPTED: Final = 130
READER_GONE: Final = 141
