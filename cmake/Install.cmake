# SPDX-License-Identifier: MPL-2.0
# What an installation holds, in components for `cmake --install --component`:
# runtime (the shared library), development, model, tools and documentation.
# Nothing in it but the compiled-in default path of the model knows the prefix,
# so it may be moved.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/unfix")

install(TARGETS unfix_shared EXPORT unfix_targets
  LIBRARY COMPONENT runtime NAMELINK_COMPONENT development)
install(TARGETS unfix_static EXPORT unfix_static_targets
  ARCHIVE COMPONENT development)
install(FILES "${PROJECT_SOURCE_DIR}/include/unfix.h"
  TYPE INCLUDE COMPONENT development)
if(UNFIX_MODEL)
  install(FILES "${UNFIX_MODEL_FILE}"
    DESTINATION "${UNFIX_MODEL_DIR}" COMPONENT model)
endif()
if(UNFIX_TOOLS)
  install(TARGETS unfix unfix-model RUNTIME COMPONENT tools)
  install(FILES
    "${PROJECT_SOURCE_DIR}/tools/unfix/unfix.1"
    "${PROJECT_SOURCE_DIR}/tools/unfix-model/unfix-model.1"
    DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT tools)
  if(TARGET unfix_completions)
    # Where each shell looks for what comes with a program.
    set(completions "${PROJECT_BINARY_DIR}/completions")
    install(FILES "${completions}/unfix.bash"
      DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions"
      RENAME unfix COMPONENT tools)
    install(FILES "${completions}/_unfix"
      DESTINATION "${UNFIX_ZSH_DIR}" COMPONENT tools)
    install(FILES "${completions}/unfix.fish"
      DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d"
      COMPONENT tools)
  endif()
endif()
# The reference of the library is made from its header, as man pages; the
# target `manual` writes it, with the pages of docs/manual, as HTML.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND)
  set(man3 "${PROJECT_BINARY_DIR}/man3")
  add_custom_command(OUTPUT "${man3}/libunfix.3"
    COMMAND "${CMAKE_COMMAND}" -E rm -rf "${man3}"
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/api-pages"
      "${PROJECT_SOURCE_DIR}/include/unfix.h" "${man3}"
    DEPENDS "${PROJECT_SOURCE_DIR}/scripts/api-pages"
      "${PROJECT_SOURCE_DIR}/include/unfix.h"
      "${PROJECT_SOURCE_DIR}/tools/unfix/unfix.1"
    COMMENT "Writing man pages of the library"
    VERBATIM)
  add_custom_target(unfix_man3 ALL DEPENDS "${man3}/libunfix.3")
  add_custom_target(manual
    COMMAND /usr/bin/python3 "${PROJECT_SOURCE_DIR}/scripts/manual" "${man3}"
      "${PROJECT_BINARY_DIR}/manual"
    DEPENDS unfix_man3
    VERBATIM)
  install(DIRECTORY "${man3}" DESTINATION "${CMAKE_INSTALL_MANDIR}"
    COMPONENT development)
endif()
install(FILES
  "${PROJECT_SOURCE_DIR}/README.md"
  "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
  "${PROJECT_SOURCE_DIR}/LICENSE"
  "${PROJECT_SOURCE_DIR}/docs/abi.md"
  "${PROJECT_SOURCE_DIR}/docs/report.schema.json"
  TYPE DOC COMPONENT documentation)
install(FILES "${PROJECT_SOURCE_DIR}/docs/examples/correct.c"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}/examples" COMPONENT documentation)

# The shared library needs nothing of its users; the static one needs what it
# is made with, so it is exported apart.
install(EXPORT unfix_targets NAMESPACE unfix::
  FILE unfixTargets.cmake DESTINATION "${package_dir}" COMPONENT development)
install(EXPORT unfix_static_targets NAMESPACE unfix::
  FILE unfixStaticTargets.cmake DESTINATION "${package_dir}"
  COMPONENT development)
configure_package_config_file(cmake/unfixConfig.cmake.in
  "${PROJECT_BINARY_DIR}/cmake/unfixConfig.cmake"
  INSTALL_DESTINATION "${package_dir}"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/cmake/unfixConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/cmake/unfixConfig.cmake"
  "${PROJECT_BINARY_DIR}/cmake/unfixConfigVersion.cmake"
  DESTINATION "${package_dir}" COMPONENT development)

# Paths in unfix.pc are relative to the file itself.
file(RELATIVE_PATH pc_to_prefix
  "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" pc_to_prefix "${pc_to_prefix}")
file(RELATIVE_PATH pc_libdir
  "${CMAKE_INSTALL_PREFIX}" "${CMAKE_INSTALL_FULL_LIBDIR}")
file(RELATIVE_PATH pc_includedir
  "${CMAKE_INSTALL_PREFIX}" "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
file(RELATIVE_PATH pc_model_dir
  "${CMAKE_INSTALL_PREFIX}" "${UNFIX_MODEL_FULL_DIR}")
list(TRANSFORM CMAKE_DL_LIBS PREPEND -l OUTPUT_VARIABLE pc_private)
list(APPEND pc_private -lm)
list(JOIN pc_private " " pc_private)
configure_file(cmake/unfix.pc.in unfix.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/unfix.pc"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT development)
