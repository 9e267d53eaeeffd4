# SPDX-License-Identifier: MPL-2.0
# The language, the warnings and the flags of every target.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

include(CheckPIESupported)
check_pie_supported(LANGUAGES C)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_compile_definitions(_POSIX_C_SOURCE=200809L _FILE_OFFSET_BITS=64)

add_compile_options(
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion
  -Wdouble-promotion -Wstrict-prototypes -Wmissing-prototypes
  -Wold-style-definition -Wvla -Wundef -Wpointer-arith -Wcast-qual
  -Wwrite-strings -Wformat=2 -Wimplicit-fallthrough)
if(UNFIX_WERROR)
  add_compile_options(-Werror)
endif()

if(UNFIX_HARDEN)
  # _FORTIFY_SOURCE needs an optimizing build and only warns otherwise.
  add_compile_options(
    "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:SHELL:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3>"
    -fstack-protector-strong -fstack-clash-protection)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    add_compile_options(-fcf-protection)
  endif()
  add_link_options(LINKER:-z,relro LINKER:-z,now LINKER:-z,noexecstack)
endif()

if(UNFIX_SANITIZE)
  add_compile_options(-fsanitize=${UNFIX_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${UNFIX_SANITIZE})
endif()

if(UNFIX_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(UNFIX_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()
