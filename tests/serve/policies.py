"""What is served in the tests."""

from __future__ import annotations

SECRET = "swordfish"

CLUB = """\
policy club "Club"
  in force from 2024-01-01

entity Person

record Helper "A helper"
  person   Person
  trained  date
  hours    number 0 to 100 default 0

record Offer
  person  Person
  fee     money EUR 0 EUR to 500 EUR

reading counting "What counts"
  source R-2
  trained  default
  anybody

measure trained count 0 to 50 "People with training"
  distinct h.person among Helper h where counting is anybody or h.trained within the 24 months to assessment date

measure hours number 0 to 1_000 "Hours"
  sum of h.hours among Helper h

designation club "Club"
  require trained "Three people" trained at least 3
    source R-1, "three people"
  require hours "Ten hours" hours at least 10

designation helpers "Helpers"
  tier small "Small"
    require one "One helper" trained at least 1
  tier large "Large"
    require ten "Ten helpers" trained at least 10

change train(o Offer) "Train {o.person}"
  when no Helper h where h.person is o.person
  adds Helper { person: o.person, trained: plan date }
  cost o.fee
  takes 1 month
  at most 2

change work by 1 to 40 "Work {n} hours"
  raises hours by 1
  cost 5 EUR each

change refresh(h Helper) "Refresh {h.person}"
  sets h.trained to plan date
  cost 20 EUR

change predate(h Helper) "Predate {h.person}"
  sets h.trained to 30 days before plan date
  cost 10 EUR

claim trained at most 50
"""

FACTS = """\
{"as_of": "2024-06-30", "organisation": "our club", "facts": {
  "Helper": [{"person": "ana", "trained": "2024-01-10", "hours": 4}, {"person": "bo", "trained": "2020-01-10"}],
  "Offer": [{"person": "cy", "fee": 90}, {"person": "dee", "fee": 70}, {"person": "eve", "fee": 80.50}]}}
"""

BROKEN = """\
policy broken "Broken"

designation broken "Broken"
  require x "X" nothing at least 1
"""

LIBRARY = """\
library people "People"

record Member "A member"
  joined date
"""

IMPORTING = """\
policy importing "Importing"
import people

measure members count 0 to 500
  count of Member m where m.joined on or before assessment date

designation importing "Importing"
  require members "One" members at least 1
"""
