// Every scheme of references and account numbers, by the name that commands, country data and
// test vectors use.
#pragma once

#include <span>
#include <string_view>

#include "domain/reference/reference_scheme.h"

namespace domain {

[[nodiscard]] std::span<const ReferenceScheme> reference_schemes();
// Null where there is none of that name.
[[nodiscard]] const ReferenceScheme* find_reference_scheme(std::string_view name);

}  // namespace domain
