#include "formats/bank/problem_codes.h"

namespace formats::bank {
namespace {

constexpr std::string_view kProblemCodes[] = {
    {"amount_out_of_range"},
    {"bad_amount"},
    {"bad_date"},
    {"bad_encoding"},
    {"bad_xml"},
    {"balances_do_not_add_up"},
    {"details_do_not_add_up"},
    {"doctype_not_allowed"},
    {"element_out_of_place"},
    {"entity_not_allowed"},
    {"entry_in_parts"},
    {"file_cut"},
    {"line_too_long"},
    {"missing_start"},
    {"missing_value"},
    {"more_problems"},
    {"not_read"},
    {"record_after_end"},
    {"record_out_of_place"},
    {"repeated_statement"},
    {"section_not_closed"},
    {"section_too_long"},
    {"tab_in_record"},
    {"test_file"},
    {"text_too_long"},
    {"unknown_code"},
    {"unknown_currency"},
    {"unknown_element"},
    {"unknown_layout"},
    {"unknown_record"},
    {"unknown_version"},
    {"utf8_in_record"},
    {"wrong_check_digits"},
    {"wrong_count"},
    {"wrong_currency"},
    {"wrong_form"},
    {"wrong_namespace"},
    {"wrong_sum"},
    {"xml_tag_too_long"},
    {"xml_too_deep"},
};

}  // namespace

std::span<const std::string_view> problem_codes() { return kProblemCodes; }

}  // namespace formats::bank
