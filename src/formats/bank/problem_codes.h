// Every code that a problem of a bank file may have. To add one: a row in problem_codes.cpp, one in
// docs/reference/bank-problems.md and a text of the console (console.bank_problem) in every
// language.
#pragma once

#include <span>
#include <string_view>

#include "domain/bank/bank_file.h"

namespace formats::bank {

struct ProblemCode {
  std::string_view code;
  // Where the file is whole for all that. Of what makes it contradict itself it is an error.
  domain::BankProblemSeverity severity = domain::BankProblemSeverity::kWarning;
};

[[nodiscard]] std::span<const ProblemCode> problem_codes();
// A warning, of a code that is none of these.
[[nodiscard]] domain::BankProblemSeverity severity_of(std::string_view code);
// "note", "warning", "error".
[[nodiscard]] std::string_view severity_name(domain::BankProblemSeverity severity);

}  // namespace formats::bank
