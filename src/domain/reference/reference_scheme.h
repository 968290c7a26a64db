// What a scheme of references or account numbers can do, by name: check one, make one.
//
// Options are what an agreement with a bank settles and the number itself does not tell. They
// travel as text, name to value, from the command line, from country data and from test vectors.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace domain {

using ReferenceOptions = std::map<std::string, std::string, std::less<>>;

// How a canonical text is broken up for people to read and type.
struct ReferenceGrouping {
  std::size_t size = 0;  // Zero: not at all.
  bool from_right = false;
};

enum class ReferenceUse {
  kPayment,  // Stands on bills.
  kAccount,  // Names an account, a bank or a creditor.
  kOther,    // A piece of one, or a second name.
};

struct ReferenceScheme {
  // Answers the canonical text. Errors: those of the scheme's type, unknown_option, bad_option.
  using Function = base::Result<std::string> (*)(std::string_view text,
                                                 const ReferenceOptions& options);

  std::string_view name;
  std::string_view title;
  Function check;
  Function make = nullptr;  // From what stands before the check digits; null: never ours to make.
  ReferenceUse use = ReferenceUse::kOther;
  ReferenceGrouping grouping = {};
  std::string_view options = "";  // For people: the options it takes and their values.
};

}  // namespace domain
