#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# node_test.sh ROOT: the package by one command, installed where nothing else is,
# and its tests; its types, where there is a TypeScript compiler.
set -eu

root=$1
for tool in node npm; do
    command -v $tool >/dev/null || {
        echo "node: skipped: no $tool here"
        exit 77
    }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# A folder is named from where one stands, and what else is there stays.
mkdir -p "$scratch/npm/package"
touch "$scratch/npm/package/kept" "$scratch/npm/unfix-kept.tgz"
package=$(cd "$scratch" && "$root/scripts/npm-package" npm)
ls "$scratch/npm/package/kept" "$scratch/npm/unfix-kept.tgz" >"$scratch/ls"
mkdir "$scratch/user"
cd "$scratch/user"
echo '{ "name": "user", "private": true }' >package.json
npm --silent --offline --no-audit --no-fund install "$package"
cp "$root/bindings/node/test/unfix.test.js" .
env -i PATH="$PATH" UNFIX_SOURCE="$root" node --expose-gc unfix.test.js
echo 'node: what it loads is its own'
node -e '
require("unfix");
for (const line of require("fs").readFileSync("/proc/self/maps", "utf8").split("\n")) {
  const file = line.split(/ +/)[5] || "";
  if (/(unfix|libhunspell).*\.(so|node)/.test(file) && !file.startsWith(process.cwd()))
    throw new Error(file);
}'
if command -v tsc >/dev/null; then
    cp "$root/bindings/node/test/types.ts" .
    tsc --strict --noEmit --target es2020 --module commonjs --types node types.ts
    echo 'node: types: ok'
else
    echo 'node: types: skipped: no tsc here'
fi
