#!/usr/bin/env bash
# Installs the server of Visual Studio Code from npm (the package code-server) into .vscode-server, and prints
# the path of its server-main.js. Needs Node.js 20, a C++ compiler, and from Debian: chromium libkrb5-dev pkg-config.
#
# code-server's own installation fetches one library from GitHub. Here it comes from npm under the name it has there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

home="$PWD/.vscode-server"
vscode="$home/node_modules/code-server/lib/vscode"
if [ ! -e "$home/.installed" ]; then
  mkdir -p "$home"
  {
    echo '{"private": true}' >"$home/package.json"
    npm --prefix "$home" install --no-audit --no-fund --ignore-scripts code-server@4.96.4
    node - "$vscode/package.json" <<'SCRIPT'
const { readFileSync, writeFileSync } = require("node:fs");
const file = process.argv[2];
const held = JSON.parse(readFileSync(file, "utf8"));
for (const [name, version] of Object.entries(held.dependencies)) {
  if (version.includes("/")) held.dependencies[name] = "*";
}
writeFileSync(file, JSON.stringify(held));
SCRIPT
    rm -f "$vscode/npm-shrinkwrap.json" "$vscode/package-lock.json"
    export npm_config_nodedir="${npm_config_nodedir:-$(dirname "$(dirname "$(command -v node)")")}"
    npm --prefix "$vscode" install --no-audit --no-fund --omit=dev --legacy-peer-deps
    npm --prefix "$vscode" rebuild
    touch "$home/.installed"
  } >&2
fi
echo "$vscode/out/server-main.js"
