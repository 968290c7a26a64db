// In which language a page is written for somebody who has not signed in.
#pragma once

#include <string_view>

#include "support/locale/language.h"

namespace web {

// The language of an Accept-Language header that is wanted most and that we have; else `otherwise`.
[[nodiscard]] locale::Language pick_language(std::string_view accept_language,
                                             locale::Language otherwise);

}  // namespace web
