#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# postgresql_test.sh BUILD ROOT: a server of its own, in a folder of its own, run
# by a user without rights; UNFIX_ROWS rows (50000).
set -eu

build=$1
root=$2
rows=${UNFIX_ROWS:-50000}
bin=$(pg_config --bindir 2>/dev/null) || bin=/nonexistent
if [ ! -x "$bin/initdb" ] || [ ! -e "$build/lib/postgresql/unfix.so" ]; then
    echo "postgresql: skipped: no server here, or no extension"
    exit 77
fi
scratch=$(mktemp -d)
as_user=
if [ "$(id -u)" -eq 0 ]; then
    # The server does not run as root.
    as_user='runuser -u nobody --'
    chown nobody "$scratch"
fi
stop() {
    # shellcheck disable=SC2086 # a command with its options, or nothing
    $as_user "$bin/pg_ctl" -D "$scratch/data" -m immediate stop >"$scratch/end" \
        2>&1 || :
    rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

# What the server loads lies where that user may read it.
mkdir -p "$scratch/lib/unfix"
cp "$build/lib/postgresql/unfix.so" "$scratch/lib/pg_unfix.so"
cp "$build"/lib/libunfix.so.* "$scratch/lib"
cp "$build/share/unfix/es.unfix" "$scratch/lib/unfix"
cp "$root/docs/examples/samples/sample-scan.txt" "$scratch/page"
chmod -R a+rX "$scratch"
cd "$scratch"
# shellcheck disable=SC2086
{
    $as_user "$bin/initdb" -D data -A trust -U tester -E UTF8 --no-sync \
        --locale=C.UTF-8 >log 2>&1
    LD_LIBRARY_PATH=$scratch/lib $as_user "$bin/pg_ctl" -D data -w \
        -l "$scratch/data/server.log" -o "-k $scratch -c listen_addresses= \
        -c max_parallel_workers_per_gather=2 -c fsync=off" start >log 2>&1
} || {
    cat log
    exit 1
}

# sql DATABASE: runs what comes in; errors end it.
sql() {
    psql -X -q -A -t -v ON_ERROR_STOP=1 -h "$scratch" -U tester "$1" 2>&1
}
failed=0
# expect WHAT PATTERN SQL
expect() {
    said=$(printf '%s;\n' "$3" | sql postgres) || :
    # shellcheck disable=SC2254 # a pattern is wanted
    case $said in
    $2) echo "$1: ok" ;;
    *)
        echo "$1: FAILED: $said"
        failed=1
        ;;
    esac
}

sql postgres <<'END'
CREATE DATABASE latin ENCODING LATIN1 LOCALE "C" TEMPLATE template0;
CREATE DATABASE none ENCODING SQL_ASCII LOCALE "C" TEMPLATE template0;
END
for database in postgres latin none; do
    sed "s,MODULE_PATHNAME,$scratch/lib/pg_unfix," \
        "$root/bindings/postgresql/unfix.sql" | sql $database
done

expect repairs 'La cooperación internacional' \
    "SELECT unfix('La cooperacién internacional')"
expect 'null and nothing' '|' "SELECT unfix(NULL), unfix('')"
expect options 'La cooperacién internacional' \
    "SELECT unfix('La cooperacién internacional', 'only=split')"
expect 'unknown option' '*unfix: unknown option: nonsense*' \
    "SELECT unfix('x', 'nonsense')"
expect 'option out of range' '*unfix: min_confidence*' \
    "SELECT unfix('x', 'min-confidence=1001')"
expect report '4|11|cooperacién|cooperación|applied|t' \
    "SELECT position, characters, original, replacement, verdict,
        confidence >= bar FROM unfix_report('La cooperacién internacional')"
expect places '0' "WITH page AS (SELECT 'ñ € ' || pg_read_file('$scratch/page')
        AS body), r AS (SELECT body, unfix(body) AS mended, (unfix_report(body)).*
        FROM page)
    SELECT count(*) FILTER (WHERE substr(body, position, characters) <> original
            OR convert_from(substr(convert_to(body, 'UTF8'), byte_offset + 1,
                byte_length), 'UTF8') <> original
            OR convert_from(substr(convert_to(mended, 'UTF8'), out_byte_offset + 1,
                out_byte_length), 'UTF8') <> CASE verdict WHEN 'applied'
                THEN replacement ELSE original END
            OR (verdict = 'applied') <> (held_back IS NULL)) FROM r"
"$build/bin/unfix" page >want
printf "SELECT unfix(pg_read_file('%s'));\n" "$scratch/page" | sql postgres >got
# psql ends what it shows with a newline of its own.
head -c "$(wc -c <want)" got | cmp - want && echo 'a page as the filter: ok' ||
    failed=1
said=$(printf "SET client_encoding TO UTF8; SELECT unfix('La cooperacién'),
    octet_length(unfix('La cooperacién'));\n" | sql latin)
if [ "$said" = 'La cooperación|14' ]; then
    echo 'another encoding: ok'
else
    echo "another encoding: FAILED: $said"
    failed=1
fi
said=$(sql none <<'END'
SELECT substr(body, position, characters) = original, position FROM
    (VALUES ('¿La cooperacién internacional?')) AS page(body), unfix_report(body);
END
)
if [ "$said" = 't|6' ]; then
    echo 'no encoding: ok'
else
    echo "no encoding: FAILED: $said"
    failed=1
fi

# Search.
sql postgres <<END
CREATE TABLE page AS SELECT i AS id, 'número ' || i ||
    CASE WHEN i % 1000 = 0 THEN ' sobre la cooperacién internacional'
    ELSE ' sobre el agua' END AS body FROM generate_series(1, $rows) AS i;
CREATE INDEX ON page USING gin (unfix_tsvector('spanish', body));
ANALYZE page;
SET enable_seqscan = off;
END
for query in 'cooperación' 'cooperacién' 'cooperación internacional'; do
    expect "search: $query" $((rows / 1000)) "SELECT count(*) FROM page
        WHERE unfix_tsvector('spanish', body) @@ phraseto_tsquery('spanish', '$query')"
done

# Many rows, several workers.
expect 'workers are planned' '*Workers Planned: 2*' \
    "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
    SET min_parallel_table_scan_size = 0;
    EXPLAIN SELECT count(*) FROM page WHERE unfix(body) LIKE '%cooperación%'"
expect 'workers repair' $((rows / 1000)) \
    "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
    SET min_parallel_table_scan_size = 0;
    SELECT count(*) FROM page WHERE unfix(body) LIKE '%cooperación%'"

# A statement that is cancelled, over many rows and within one long text.
expect 'cancelled over rows' '*canceling statement*' \
    "SET statement_timeout = 300; SET max_parallel_workers_per_gather = 0;
    SELECT sum(length(unfix(body || i))) FROM page, generate_series(1, 1000) AS i"
expect 'cancelled within a text' '*canceling statement*' \
    "SET statement_timeout = 300;
    SELECT length(unfix(repeat(pg_read_file('$scratch/page'), 20000)))"
expect 'sound after that, in the same session' '*canceling statement*
La cooperación' "\\set ON_ERROR_STOP 0
    SET statement_timeout = 300;
    SELECT length(unfix(repeat(pg_read_file('$scratch/page'), 20000)));
    SET statement_timeout = 0;
    SELECT unfix('La cooperacién')"
if grep -qE 'PANIC|terminated by signal' data/server.log; then
    echo 'a process of the server died:'
    cat data/server.log
    failed=1
fi
exit $failed
