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
  -Wwrite-strings -Wformat=2 -Wimplicit-fallthrough
  $<$<COMPILE_LANGUAGE:C>:-Werror=implicit-function-declaration>)
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

# What is built is the same in whatever folder: debug information names files
# from the project's own.
if(UNFIX_HARDEN)
  add_compile_options("-ffile-prefix-map=${PROJECT_BINARY_DIR}=./build"
    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}=.")
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

# scripts/pgo compiles twice: what counts how often each branch is taken, and
# what is laid out for these counts.
set(UNFIX_PROFILE OFF CACHE STRING "make: count what runs; use: compile for that")
set_property(CACHE UNFIX_PROFILE PROPERTY STRINGS OFF make use)
if(UNFIX_PROFILE)
  if(NOT CMAKE_C_COMPILER_ID STREQUAL "GNU")
    message(FATAL_ERROR "UNFIX_PROFILE is for gcc")
  endif()
  set(counts "${CMAKE_BINARY_DIR}/profile")
  if(UNFIX_PROFILE STREQUAL "make")
    add_compile_options(-fprofile-generate "-fprofile-dir=${counts}")
    add_link_options(-fprofile-generate)
  else()
    # What the pages did not run is compiled as if there were no counts.
    add_compile_options("-fprofile-use=${counts}" -fprofile-partial-training
      -Wno-missing-profile)
  endif()
endif()
