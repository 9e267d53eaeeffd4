#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# debian_test.sh ROOT [FOLDER]: builds the Debian packages from what git has (in
# FOLDER, where they stay), looks at them with lintian, and installs them in a
# fresh Debian 12, in which each of them repairs the sample scan.  As root.
set -eu

root=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
folder=${2:-$scratch}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

for tool in dpkg-buildpackage dh lintian mmdebstrap; do
    command -v $tool >/dev/null || {
        echo "debian: no $tool here"
        exit 1
    }
done

source=$scratch/unfix
mkdir "$source"
git -C "$root" archive HEAD | tar -x -C "$source"
cd "$source"
version=$(sed -n 's/^#define UNFIX_VERSION_STRING "\(.*\)"/\1/p' include/unfix.h)
[ "$(dpkg-parsechangelog -S Version)" = "$version" ] || {
    echo "debian: debian/changelog is not of version $version"
    exit 1
}

# Which tests run is said as their shell understands it.
mkdir "$scratch/stub"
printf 'test:\n\t@printf "%%s " $(ARGS)\n' >"$scratch/stub/Makefile"
cat >"$scratch/stub/dh_auto_test" <<END
#!/bin/sh
shift
exec make -s -C '$scratch/stub' test ARGS+=-j2 "\$@"
END
chmod +x "$scratch/stub/dh_auto_test"
said=$(PATH=$scratch/stub:$PATH DEB_BUILD_OPTIONS='' \
    make -s -f debian/rules override_dh_auto_test 2>&1) || :
case $said in
'-j2 -R ^(unit|'*') -E hostile|invariants ') echo 'the tests are named: ok' ;;
*)
    echo "debian: tests are run with: $said"
    exit 1
    ;;
esac

DEB_BUILD_OPTIONS="nocheck ${DEB_BUILD_OPTIONS-}" dpkg-buildpackage -b -us -uc \
    >"$folder/build.log" 2>&1 || {
    tail -n 30 "$folder/build.log"
    exit 1
}
mv ../*.deb ../*.changes ../*.buildinfo "$folder" 2>/dev/null || :
ls -sh "$folder"/*.deb
dpkg -c "$folder"/unfix-model-es_*.deb >"$scratch/files"
grep -q 'doc/unfix-model-es/MANIFEST' "$scratch/files" || {
    echo 'debian: the model comes without what says where it comes from'
    exit 1
}

# Nothing an archive would refuse.
lintian --allow-root --tag-display-limit 0 --fail-on error \
    --suppress-tags bogus-mail-host "$folder"/*.changes

cp docs/examples/samples/sample-scan.txt "$folder/page"
cat >"$folder/inside" <<'END'
set -eu
export DEBIAN_FRONTEND=noninteractive
cd /packages
apt-get -q -y install --no-install-recommends ./unfix-model-es_*.deb \
    ./libunfix*.deb ./unfix_*.deb ./python3-unfix_*.deb ./unfix-sqlite_*.deb \
    ./postgresql-15-unfix_*.deb gcc g++ libc6-dev cmake make pkg-config sqlite3 \
    >/packages/log 2>&1 || { tail -n 20 /packages/log; exit 1; }
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 sh /packages/smoke \
    /packages/page
apt-get -q -y purge '*unfix*' >/packages/log 2>&1
if find / -xdev -name '*unfix*' ! -path '/packages*' ! -path '/proc/*' |
    grep .; then
    echo 'left behind'
    exit 1
fi
echo 'removed: ok'
END
mkdir "$scratch/packages"
cp "$folder"/*.deb "$folder/page" "$folder/inside" debian/tests/smoke \
    "$scratch/packages"
mmdebstrap --quiet --variant=apt \
    --customize-hook="cp -R '$scratch/packages' \"\$1/packages\"" \
    --customize-hook='chroot "$1" sh /packages/inside' \
    bookworm /dev/null
