// The numbers by which countries know persons and organisations, by country and kind.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/date.h"
#include "domain/identity/national_id.h"
#include "domain/identity/national_number.h"

namespace domain {

struct NationalIdScheme {
  using Parse = base::Result<NationalNumber> (*)(std::string_view text, base::Date today);

  std::string_view country;  // ISO 3166-1 alpha-2.
  NationalIdKind kind;
  std::string_view title;  // What its people call it, to begin a sentence with.
  Parse parse;
  std::string (*format)(std::string_view text);
  std::string (*mask)(std::string_view text);
};

[[nodiscard]] std::span<const NationalIdScheme> national_id_schemes();
// Null where there is none.
[[nodiscard]] const NationalIdScheme* find_national_id_scheme(std::string_view country,
                                                              NationalIdKind kind);

}  // namespace domain
