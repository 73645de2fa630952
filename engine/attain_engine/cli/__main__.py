"""`python -m attain_engine.cli`."""

import sys

from attain_engine.cli import main

sys.exit(main())
