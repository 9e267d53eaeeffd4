// SPDX-License-Identifier: MPL-2.0
// The public header as C++ sees it, from C++11 on: it compiles, and its
// functions have C's names.
#include <unfix.h>

#include <type_traits>

static_assert(std::is_same<decltype(&unfix_version), const char *(*)()>::value,
              "takes nothing, returns a string");
static_assert(UNFIX_CLASSES_ALL == 0x1FFFF, "usable as a constant");

extern "C" unfix_status unfix_result_new(const unfix_allocator *,
                                         unfix_result **);

int use();

int
use()
{
    unfix_options options{sizeof(unfix_options), 1000, UNFIX_CLASSES_ALL, 0, 0, 0};
    unfix_correction correction{};

    correction.kind = UNFIX_CLASS_HYPHEN;
    return static_cast<int>(options.min_confidence) +
           static_cast<int>(correction.kind);
}
