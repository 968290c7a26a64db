// NAME: say here what this format is, who sends it and when, and where its specification is.
//
// It turns bytes into values and back and knows nothing of files, networks or storage. Reading
// never stops at the first problem: it answers with entries and problems with their place.
#pragma once

#include <string_view>

namespace NAMESPACE {

// Whether a file that begins with `head` is of this format. Declines whatever is not surely its
// own, so that each file is claimed by one format only.
[[nodiscard]] bool claims(std::string_view head);

}  // namespace NAMESPACE
