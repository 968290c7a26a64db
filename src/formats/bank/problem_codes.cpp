#include "formats/bank/problem_codes.h"

namespace formats::bank {
namespace {

constexpr std::string_view kProblemCodes[] = {
    {"amount_out_of_range"},
    {"bad_amount"},
    {"bad_date"},
    {"details_do_not_add_up"},
    {"file_cut"},
    {"line_too_long"},
    {"missing_start"},
    {"more_problems"},
    {"record_after_end"},
    {"record_out_of_place"},
    {"repeated_statement"},
    {"section_not_closed"},
    {"section_too_long"},
    {"tab_in_record"},
    {"test_file"},
    {"unknown_currency"},
    {"unknown_record"},
    {"unknown_version"},
    {"utf8_in_record"},
    {"wrong_count"},
    {"wrong_currency"},
    {"wrong_sum"},
};

}  // namespace

std::span<const std::string_view> problem_codes() { return kProblemCodes; }

}  // namespace formats::bank
