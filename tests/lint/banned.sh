#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# banned.sh ROOT: names that the code does without.
set -eu

cd "$1"
here=$(dirname "$0")
case $here in /*) ;; *) here=$OLDPWD/$here ;; esac

# banned PATTERN WHY FOLDER...; a member of that name (a->time) is no fault
found=0
banned() {
    pattern=$1
    why=$2
    shift 2
    if find "$@" -name '*.[ch]' | LC_ALL=C sort |
        xargs awk -f "$here/code.awk" |
        LC_ALL=C grep -E "(^|[^[:alnum:]_.>])($pattern)($|[^[:alnum:]_])"; then
        echo "  ^ $why"
        found=1
    fi
}

banned 'strcpy|stpcpy|strcat|strncpy|strncat|v?sprintf|gets|v?scanf|v?sscanf|v?fscanf' \
    'writes without knowing the room, or may leave out the NUL' lib tools
banned 'strtok|asctime|ctime|gmtime|localtime|tmpnam|mktemp|tempnam' \
    'keeps static state or is open to races' lib tools
banned 'system|popen|alloca|setjmp|longjmp|sigsetjmp|siglongjmp|atoi|atol|atof' \
    'a shell, a stack of unknown size, a jump, or errors that do not show' \
    lib tools
banned 'v?f?printf|puts|putchar|fputs|fputc|putc|perror|stdout|stderr|exit|_Exit|_exit|quick_exit|abort|atexit' \
    'the library neither prints nor ends the program' lib
banned 'getenv|setenv|setlocale|signal|sigaction|fork|rand|srand|random|time|clock|clock_gettime|gettimeofday' \
    'the library reads no environment, locale or clock' lib
banned 'pthread_[a-z_]+|thrd_create' 'the library starts no threads' lib
banned 'float|double' 'stage 1 counts in integers' lib/normalize
banned 'U[A-Z][A-Za-z0-9]*|u_[a-z]+|icu|Hun[a-z]+|FILE|off_t|ssize_t' \
    'the public interface has neither ICU, Hunspell nor files' include
banned 'Hunspell_suggest' 'its answers depend on the clock' lib tools
# shellcheck disable=SC2046 # a list of folders without blanks
banned 'malloc|calloc|realloc|free|strdup|strndup' \
    'memory comes from the allocator of the object (base/memory.h)' \
    $(find lib -mindepth 1 -maxdepth 1 -type d ! -name base)
exit $found
