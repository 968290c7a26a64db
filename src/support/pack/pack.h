// Makes texts smaller that say the same words again and again, quickly: LZ4 blocks over a list of
// words that both sides know.
//
// The same text and words give the same bytes with one version of the library; any version opens
// them. Knows nothing of what the texts are; who packs keeps the words for ever.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"

namespace pack {

// What was packed begins with it; no text in UTF-8 that we write does.
inline constexpr char kMark = '\x01';

// `words` are at most 64 kB. A text too long for the library comes back as it is.
[[nodiscard]] std::string pack(std::string_view text, std::string_view words);

// Gives back what is not marked as it is. Errors: bad_packing (cut, changed, or of other words).
[[nodiscard]] base::Result<std::string> unpack(std::string_view bytes, std::string_view words);

}  // namespace pack
