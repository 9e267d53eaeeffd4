# SPDX-License-Identifier: MPL-2.0
# cmake -DFOLDER=... -DOUTPUT=... -P EmbedReview.cmake: the review page as two
# arrays of bytes, what comes before the data and what comes after it.

file(READ "${FOLDER}/page.html" page)
file(READ "${FOLDER}/style.css" style)
file(READ "${FOLDER}/words.js" words)
file(READ "${FOLDER}/review.js" script)

string(REPLACE "/*{style}*/" "${style}" page "${page}")
string(REPLACE "/*{script}*/" "${words}${script}" page "${page}")
string(FIND "${page}" "/*{data}*/" at)
if(at EQUAL -1)
  message(FATAL_ERROR "${FOLDER}/page.html has no place for the data")
endif()
string(SUBSTRING "${page}" 0 ${at} head)
math(EXPR after "${at} + 10")
string(SUBSTRING "${page}" ${after} -1 tail)

function(array name text result)
  string(HEX "${text}" hex)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
  set(${result} "const unsigned char ${name}[] = {${bytes}};
const size_t ${name}_size = sizeof(${name});
" PARENT_SCOPE)
endfunction()

array(review_head "${head}" head_array)
array(review_tail "${tail}" tail_array)
file(WRITE "${OUTPUT}" "/* Made from tools/unfix/review by cmake/EmbedReview.cmake. */
#include \"review_page.h\"

${head_array}
${tail_array}")
