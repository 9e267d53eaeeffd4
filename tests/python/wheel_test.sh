#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# wheel_test.sh ROOT: the wheel by one command, in a fresh virtual environment
# that has nothing but Python; a million short strings; speed; types; examples.
set -eu

root=$1
: "${PYTHON:=/usr/bin/python3}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# A folder is named from where one stands, and what else is there stays.
mkdir "$scratch/wheel"
touch "$scratch/wheel/unfix-kept.whl"
wheel=$(cd "$scratch" && "$root/scripts/wheel" wheel)
rm "$scratch/wheel/unfix-kept.whl"
"$PYTHON" -m venv "$scratch/venv"
python=$scratch/venv/bin/python
"$python" -m pip -q --disable-pip-version-check install --no-index "$wheel"
cp -R "$root/bindings/python/tests" "$root/bindings/python/examples" "$scratch"
cd "$scratch"

echo 'wheel: its tests, nothing set'
env -i UNFIX_SOURCE="$root" UNFIX_STRINGS="${UNFIX_STRINGS:-1000000}" "$python" -W error \
    tests/test_unfix.py
echo 'wheel: all that it loads from outside is of every system with C++'
"$python" - <<'END'
import re, unfix
text = open("/proc/self/maps").read()
home = unfix.__file__.rsplit("/", 1)[0]
for file in sorted(set(re.findall(r"\S*(?:icu|hunspell|unfix)\S*\.so\S*", text))):
    assert file.startswith(home), file
    print(" ", file[len(home):])
END
echo 'wheel: the documentation is true'
"$python" -c "import doctest, sys, unfix; sys.exit(doctest.testmod(unfix).failed)"
echo 'wheel: speed'
"$python" "$root/tests/python/speed.py" "$root/build/lib/libunfix.so" "$root"
"$python" "$root/tests/python/threads.py" "$root"

echo 'wheel: types'
"$PYTHON" -m mypy --strict --python-version 3.11 --cache-dir "$scratch/mypy" \
    "$root/bindings/python/unfix"
"$PYTHON" -m venv --system-site-packages "$scratch/more"
"$scratch/more/bin/python" -m pip -q --disable-pip-version-check install \
    --no-index "$wheel"
echo 'wheel: examples'
"$scratch/more/bin/python" examples/with_pandas.py | tee said
grep -qF 'La cooperación internacional' said
grep -qE 'cooperacién +cooperación' said
"$scratch/more/bin/python" examples/with_dask.py | tee said
grep -qF "{'La cooperación internacional': 1000}" said
