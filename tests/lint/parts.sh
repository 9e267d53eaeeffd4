#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# parts.sh ROOT: each part that bench/parts.tsv names can be taken out.
exec "$1/scripts/ablation" --check
