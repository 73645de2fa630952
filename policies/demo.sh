#!/bin/sh
# Modern Work on two organisations: one that has only its dashboard, and one with every row behind it.
# Run it from anywhere; it shows each command before its answer. `attain` answers 1 where the verdict is no.
set -u
cd "$(dirname "$0")/.." || exit 2
attain=${ATTAIN:-.venv/bin/attain}
policy=policies/modern_work.attain
dashboard=policies/facts/dashboard.json
northwind=policies/facts/northwind

# run EXPECTED_EXIT_CODE COMMAND...: show the command, run it, and stop if it answers otherwise.
run() {
    expected=$1
    shift
    printf '\n$ attain %s\n\n' "$*"
    "$attain" "$@"
    code=$?
    if [ "$code" -ne "$expected" ]; then
        printf 'demo: expected exit code %s, got %s\n' "$expected" "$code" >&2
        exit 1
    fi
}

say() {
    printf '\n--- %s\n' "$*"
}

say "A dashboard: 59 customers and 3,599 active users fewer than a year ago. Does it qualify?"
run 1 assess "$policy" "$dashboard"

say "What is the least that must change? A customer costs 4,000 USD, an active user 20 USD."
run 0 plan "$policy" "$dashboard"

say "One active user fewer: 69.985 points are not 70."
run 1 assess "$policy" "$dashboard" --set net_adds.smb=7 --set growth.smb.csp=1899

say "What the dashboard itself recommends: 69 customers and 5,599 active users. It is enough, and costs 14,000 USD more than is needed."
run 0 assess "$policy" "$dashboard" --set net_adds.smb=10 --set growth.smb.csp=2000

say "An organisation with its people, its customers and thirteen months of usage."
run 1 assess "$policy" "$northwind"

say "A cheap way there, over certificates, customers and active users together, judged in autumn, when it is done. So many steps are possible that it is not proved the cheapest."
run 3 plan "$policy" "$northwind"
