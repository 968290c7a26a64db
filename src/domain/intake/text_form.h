// The form of what people typed: cities in capitals, postal codes with and without a space.
//
// Form is made one; content never changes: a name with a typing mistake stays as it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"

namespace domain {

// "VÄXJÖ" as "Växjö", "SÖDRA SANDBY" as "Södra Sandby". What has any small letter is left alone.
// Latin letters only; others stay as they are.
[[nodiscard]] std::string without_shouting(std::string_view text);

// What stands between single spaces: "SAKER SURF10".
[[nodiscard]] std::vector<std::string> words_of(std::string_view text);

// "90326", "903 26" and "SE-903 26" as the country writes it: "903 26".
// Errors: bad_postal_code; unknown_country where we know no form, and the text is left to stand.
[[nodiscard]] base::Result<std::string> tidy_postal_code(std::string_view country,
                                                         std::string_view text);

}  // namespace domain
