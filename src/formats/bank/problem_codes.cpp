#include "formats/bank/problem_codes.h"

#include <algorithm>
#include <iterator>

namespace formats::bank {
namespace {

using Severity = domain::BankProblemSeverity;

constexpr ProblemCode kProblemCodes[] = {
    {"amount_out_of_range", Severity::kWarning},
    {"bad_amount", Severity::kWarning},
    {"bad_date", Severity::kWarning},
    {"bad_encoding", Severity::kWarning},
    {"bad_xml", Severity::kWarning},
    {"balances_do_not_add_up", Severity::kWarning},
    {"blank_before_xml", Severity::kNote},
    {"details_do_not_add_up", Severity::kWarning},
    {"doctype_not_allowed", Severity::kWarning},
    {"element_out_of_place", Severity::kNote},
    {"entity_not_allowed", Severity::kWarning},
    {"entry_in_parts", Severity::kNote},
    {"file_cut", Severity::kWarning},
    {"guessed_encoding", Severity::kNote},
    {"line_too_long", Severity::kWarning},
    {"missing_start", Severity::kWarning},
    {"missing_value", Severity::kWarning},
    {"more_problems", Severity::kWarning},
    {"not_read", Severity::kNote},
    {"padding_after_xml", Severity::kNote},
    {"record_after_end", Severity::kWarning},
    {"record_out_of_place", Severity::kWarning},
    {"repeated_statement", Severity::kWarning},
    {"section_not_closed", Severity::kWarning},
    {"section_too_long", Severity::kWarning},
    {"tab_in_record", Severity::kNote},
    {"test_file", Severity::kWarning},
    {"text_too_long", Severity::kNote},
    {"unknown_code", Severity::kWarning},
    {"unknown_currency", Severity::kWarning},
    {"unknown_element", Severity::kNote},
    {"unknown_layout", Severity::kWarning},
    {"unknown_record", Severity::kWarning},
    {"unknown_version", Severity::kWarning},
    {"utf8_in_record", Severity::kNote},
    {"wrong_check_digits", Severity::kWarning},
    {"wrong_count", Severity::kWarning},
    {"wrong_currency", Severity::kWarning},
    {"wrong_form", Severity::kNote},
    {"wrong_namespace", Severity::kNote},
    {"wrong_sum", Severity::kWarning},
    {"xml_tag_too_long", Severity::kWarning},
    {"xml_too_deep", Severity::kWarning},
};

}  // namespace

std::span<const ProblemCode> problem_codes() { return kProblemCodes; }

domain::BankProblemSeverity severity_of(std::string_view code) {
  const auto found = std::ranges::find(kProblemCodes, code, &ProblemCode::code);
  return found == std::end(kProblemCodes) ? Severity::kWarning : found->severity;
}

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::kNote: return "note";
    case Severity::kWarning: return "warning";
    case Severity::kError: return "error";
  }
  return "error";
}

}  // namespace formats::bank
