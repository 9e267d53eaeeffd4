#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# slurm_test.sh UNFIX PAGES EXAMPLE: repairs a folder on a Slurm cluster of
# two nodes, which are two daemons on this machine; one of them is killed in the
# middle.  The result is that of one machine, byte for byte.  As root.
set -eu

unfix=$(realpath "$1")
pages=$(realpath "$2")
example=$(realpath "$3")

for program in slurmctld slurmd sbatch munged; do
    if ! command -v $program >/dev/null; then
        echo "1..0 # SKIP no $program"
        exit 0
    fi
done
if [ "$(id -u)" -ne 0 ]; then
    echo '1..0 # SKIP daemons of Slurm are started as root only'
    exit 0
fi

folder=$(mktemp -d)
chmod 755 "$folder"
cd "$folder"
SLURM_CONF=$folder/slurm.conf
UNFIX=$unfix
export SLURM_CONF UNFIX
munge_pid=
end() {
    for file in slurmd.one.pid slurmd.two.pid slurmctld.pid; do
        [ ! -e $file ] || kill -9 "$(cat $file)" 2>/dev/null || :
    done
    pkill -9 -f "slurmstepd.*$folder" 2>/dev/null || :
    [ -z "$munge_pid" ] || kill "$munge_pid" 2>/dev/null || :
    cd / && rm -rf "$folder"
}
trap end EXIT
trap 'exit 2' HUP INT TERM

number=0
ok() {
    number=$((number + 1))
    echo "ok $number - $1"
}
fail() {
    echo "not ok $((number + 1)) - $1"
    tail -n 60 ./*.log out.shards/*.log 2>/dev/null | sed 's/^/# /'
    exit 1
}
# until_true SECONDS COMMAND...: waits as long for it.
until_true() {
    left=$(($1 * 5))
    shift
    until "$@"; do
        left=$((left - 1))
        [ $left -gt 0 ] || return 1
        sleep 0.2
    done
}

# ---- the cluster ---------------------------------------------------------------

start_munge() {
    mkdir -p munge
    chmod 700 munge
    dd if=/dev/urandom of=munge/key bs=1024 count=1 2>/dev/null
    chmod 400 munge/key
    munged --foreground --force --key-file="$folder/munge/key" \
        --socket="$folder/munge.socket" --pid-file="$folder/munge/pid" \
        --log-file="$folder/munge.log" --seed-file="$folder/munge/seed" \
        2>munged.log &
    munge_pid=$!
    until_true 10 test -S munge.socket || fail 'munged starts'
}
# node NAME: a daemon that stands for a node.
node() {
    slurmd -N "$1" -f "$SLURM_CONF" >>"slurmd.$1.log" 2>&1 ||
        fail "slurmd starts for node $1"
}
nodes_are_idle() { [ "$(sinfo -h -t idle -o %D)" = 2 ]; }
start_slurm() {
    host=$(hostname -s)
    port=$((20000 + $$ % 20000))
    mkdir -p state spool.one spool.two
    cat >slurm.conf <<END
ClusterName=test
SlurmctldHost=$host
SlurmctldPort=$port
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool.%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
SlurmdTimeout=10
InactiveLimit=0
KillWait=5
ReturnToService=2
SchedulerParameters=sched_interval=2,requeue_setup_env_fail
SchedulerType=sched/backfill
NodeName=one NodeHostname=$host Port=$((port + 1)) CPUs=1 State=UNKNOWN
NodeName=two NodeHostname=$host Port=$((port + 2)) CPUs=1 State=UNKNOWN
PartitionName=all Nodes=one,two Default=YES MaxTime=INFINITE State=UP
END
    slurmctld -f "$SLURM_CONF" >slurmctld.out.log 2>&1 || fail 'slurmctld starts'
    node one
    node two
    until_true 30 nodes_are_idle || fail 'both nodes are idle'
}

# ---- the work ------------------------------------------------------------------

# Each page some times, in folders.
make_tree() {
    copy=0
    while [ $copy -lt "$1" ]; do
        mkdir -p "tree/$((copy % 5))/$copy"
        cp "$pages"/*.ocr.txt "tree/$((copy % 5))/$copy"
        copy=$((copy + 1))
    done
}
is_done() { [ -e out.shards/all.done ]; }
a_shard_is_done() { ls out.shards/*.repair.done >/dev/null 2>&1; }
node_two_is_down() { sinfo -h -n two -o %t | grep -q '^down'; }
# unfix_on_two: the processes of a task there; true if there are any.
unfix_on_two() {
    running=
    for pid in $(pgrep -x unfix); do
        if { tr '\0' '\n' <"/proc/$pid/environ"; } 2>/dev/null |
            grep -q '^SLURMD_NODENAME=two$'; then
            running="$running $pid"
        fi
    done
    [ -n "$running" ]
}
# A node dies with all that runs there.
kill_node_two() {
    until_true 120 unfix_on_two || fail 'something runs on node two'
    kill -9 "$(cat slurmd.two.pid)"
    rm -f slurmd.two.pid
    for pid in $running; do
        # The daemon of the step, the script that Slurm runs, and the filter.
        script=$(ps -o ppid= -p "$pid") || continue
        # shellcheck disable=SC2046,SC2086 # several
        kill -9 $(ps -o ppid= -p $script) $script "$pid" 2>/dev/null || :
    done
}

echo 1..5
start_munge
start_slurm
ok 'a controller and two nodes run'

make_tree 20
(cd tree && "$unfix" -q -r --jobs=1 --two-pass --output-dir=../want .) ||
    fail 'one machine'
"$example" tree out 6 >submit.log || fail 'submitting'
ok "submitted: $(cat submit.log)"

until_true 120 a_shard_is_done || fail 'a shard is done'
kill_node_two
until_true 120 node_two_is_down || fail 'the controller misses the node'
node two
until_true 600 is_done || fail 'all shards are done though a node was killed'
ok 'all shards are done though a node was killed'

diff -r want out >diff.log || fail 'the texts are those of one machine'
ok 'the texts are those of one machine'
(cd tree && find . -type f -print0) >names
(cd out && "$unfix" -q -i --jobs=1 --files0-from=../names --revert=../out.jsonl.gz) ||
    fail 'the report leads back'
diff -r tree out >diff.log || fail 'the report leads back'
ok 'the report leads back'
