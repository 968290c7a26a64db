#include "domain/bank/order_problem_codes.h"

namespace domain {
namespace {

constexpr std::string_view kCodes[] = {
    {"account_missing"},
    {"account_not_in_format"},
    {"address_missing"},
    {"amount_too_large"},
    {"batch_empty"},
    {"bic_missing"},
    {"creditor_id_missing"},
    {"creditor_not_spanish"},
    {"currency_not_in_format"},
    {"day_missing"},
    {"direction_not_in_format"},
    {"due_day_out_of_range"},
    {"kind_not_in_format"},
    {"letters_not_in_format"},
    {"letters_replaced"},
    {"member_not_in_format"},
    {"more_problems"},
    {"name_missing"},
    {"nothing_to_send"},
    {"number_wrong"},
    {"original_differs"},
    {"original_not_a_debit"},
    {"repeat_not_in_format"},
    {"repeated_batch"},
    {"repeated_debit"},
    {"repeated_original"},
    {"scheme_not_in_format"},
    {"sequence_missing"},
    {"signature_missing"},
    {"signed_after_collection"},
    {"sum_too_large"},
    {"text_too_long"},
    {"too_many_items"},
    {"too_many_lines"},
};

}  // namespace

std::span<const std::string_view> order_problem_codes() { return kCodes; }

}  // namespace domain
