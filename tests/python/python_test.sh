#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# python_test.sh BUILD ROOT: the Python package, built in the build tree, and its
# tests.
set -eu

build=$1
root=$2
: "${PYTHON:=/usr/bin/python3}"
"$PYTHON" -c 'import setuptools, sysconfig, os, sys
sys.exit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))' \
    2>/dev/null || {
    echo "python: skipped: no python3-dev or python3-setuptools"
    exit 77
}

copy=$build/python-test
mkdir -p "$copy/bindings"
cp -R "$root/include" "$copy"
cp -R "$root/bindings/python" "$copy/bindings"
cd "$copy/bindings/python"
UNFIX_BUILD=$build "$PYTHON" setup.py -q build_ext --inplace >log 2>&1 || {
    cat log
    exit 1
}
mkdir -p unfix/bundled
ln -sf "$build/share/unfix/es.unfix" unfix/bundled
export PYTHONPATH="$PWD" UNFIX_SOURCE="$root"
exec "$PYTHON" -W error tests/test_unfix.py
