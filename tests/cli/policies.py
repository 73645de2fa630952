"""Small policies that the tests of the command line write and check."""

from __future__ import annotations

GOOD = """\
policy grant "Small grant"
  in force from 2024-01-01

record Member "A member"
  joined date

measure members count 0 to 500
  count of Member m where m.joined on or before assessment date

designation grant "Small grant"
  require members "Ten members" members at least 10
"""

BAD = """\
policy broken "Broken"
  in force from 2024-01-01

record Member "A member"
  joined date

measure members count 0 to 500
  count of Member m where m.joind on or before assessment date

designation broken "Broken"
  require members "Ten members" membrs at least 10
"""

LIBRARY = """\
library people "People"

record Member "A member"
  joined date
"""

IMPORTING = """\
policy grant "Small grant"
  in force from 2024-01-01

import people

measure members count 0 to 500
  count of Member m where m.joined on or before assessment date

designation grant "Small grant"
  require members "Ten members" members at least 10
"""
