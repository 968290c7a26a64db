#include "domain/intake/problem_codes.h"

namespace domain {
namespace {

constexpr std::string_view kProblemCodes[] = {
    {"address_incomplete"},
    {"bad_email"},
    {"bad_encoding"},
    {"bad_national_id"},
    {"bad_phone"},
    {"bad_postal_code"},
    {"bad_price"},
    {"bad_quantity"},
    {"campaign_not_for_plan"},
    {"control_character"},
    {"customer_erased"},
    {"delivery_differs"},
    {"field_too_long"},
    {"identity_number_differs"},
    {"identity_number_taken"},
    {"line_too_long"},
    {"missing_value"},
    {"no_price"},
    {"no_such_date"},
    {"not_a_date"},
    {"not_a_number"},
    {"nul_byte"},
    {"number_too_long"},
    {"ordered_after_service_end"},
    {"price_differs"},
    {"price_includes_vat"},
    {"quote_not_closed"},
    {"record_changed"},
    {"service_ends_before_start"},
    {"start_changed"},
    {"text_after_quote"},
    {"unknown_campaign"},
    {"unknown_customer"},
    {"unknown_item"},
    {"unknown_plan"},
    {"unknown_value"},
    {"wrong_field_count"},
    {"year_out_of_range"},
};

}  // namespace

std::span<const std::string_view> problem_codes() { return kProblemCodes; }

}  // namespace domain
