# SPDX-License-Identifier: MPL-2.0
# The model image: dictionaries/es and the system's Spanish Hunspell
# dictionary, compiled into share/unfix/es.unfix.

find_program(UNFIX_UNMUNCH unmunch REQUIRED
  DOC "Lists forms of a Hunspell dictionary, for scripts/forms (hunspell-tools)")
find_path(UNFIX_HUNSPELL_DIR es_ES.dic REQUIRED
  PATH_SUFFIXES share/hunspell share/myspell/dicts
  DOC "Folder of the Hunspell dictionaries (hunspell-es)")

if(UNFIX_MODEL_COMPILER)
  set(compiler "${UNFIX_MODEL_COMPILER}")
elseif(CMAKE_CROSSCOMPILING AND NOT CMAKE_CROSSCOMPILING_EMULATOR)
  message(FATAL_ERROR
    "The model is compiled by a program of this project, which does not run "
    "here: set UNFIX_MODEL_COMPILER to an unfix-model of the same version that "
    "does, or UNFIX_MODEL to OFF.")
else()
  set(compiler unfix-model)
endif()

set(hunspell "${UNFIX_HUNSPELL_DIR}/es_ES")
set(forms "${PROJECT_BINARY_DIR}/es_ES.forms")
set(UNFIX_MODEL_FILE "${PROJECT_BINARY_DIR}/share/unfix/es.unfix")
file(GLOB facts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/dictionaries/es/*"
  "${PROJECT_SOURCE_DIR}/dictionaries/common/*")
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/share/unfix")

add_custom_command(OUTPUT "${forms}"
  COMMAND "${PROJECT_SOURCE_DIR}/scripts/forms" "${hunspell}" > "${forms}"
  DEPENDS "${PROJECT_SOURCE_DIR}/scripts/forms"
    "${hunspell}.dic" "${hunspell}.aff"
  COMMENT "Listing the forms of ${hunspell}.dic"
  VERBATIM)

add_custom_command(OUTPUT "${UNFIX_MODEL_FILE}"
  COMMAND "${compiler}" build
    "--dictionaries=${PROJECT_SOURCE_DIR}/dictionaries/es"
    "--forms=${forms}"
    "--hunspell=${hunspell}"
    "--output=${UNFIX_MODEL_FILE}"
  DEPENDS "${compiler}" "${forms}" ${facts}
  COMMENT "Building the model share/unfix/es.unfix"
  VERBATIM)

add_custom_target(unfix_model_image ALL DEPENDS "${UNFIX_MODEL_FILE}")
