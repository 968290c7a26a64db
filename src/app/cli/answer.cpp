#include "app/cli/answer.h"

#include <algorithm>

namespace app::cli {
namespace {

// What is none of these is an answer to what was asked: 1.

// The machine, or what was kept on it, is in the way.
constexpr std::string_view kEnvironmentCodes[] = {
    "account_without_customer",
    "address_in_use",
    "address_not_permitted",
    "bad_document",
    "bill_without_document",
    "cannot_listen",
    "cannot_unseal",
    "constraint_violated",
    "data_folder_unusable",
    "data_in_use",
    "database_busy",
    "database_error",
    "database_too_new",
    "database_unavailable",
    "disk_full",
    "file_changed_while_read",
    "file_not_found",
    "file_not_readable",
    "file_not_writable",
    "migration_changed",
    "migration_failed",
    "no_customer_key",
    "no_data_dir",
    "not_a_key",
    "out_of_memory",
    "read_only_transaction",
    "secrets_not_private",
    "secrets_not_readable",
    "spool_not_readable",
    "spool_not_writable",
    "time_zone_not_readable",
    "unexpected_failure",
    "wrong_master_key",
};

// What was written on the command line or in a configuration file (the program's, an operator's,
// a mapping) cannot be meant.
constexpr std::string_view kUsageCodes[] = {
    "address_too_long",
    "amount_out_of_range",
    "bad_cash_count",
    "bad_config_value",
    "bad_cursor",
    "bad_date_form",
    "bad_frequency",
    "bad_grouping",
    "bad_listen_address",
    "bad_login",
    "bad_member",
    "bad_operator",
    "bad_option",
    "bad_payee_account",
    "bad_profile",
    "bad_text",
    "catalogue_ambiguous",
    "catalogue_amount_out_of_range",
    "catalogue_bad_campaign",
    "catalogue_bad_terms",
    "catalogue_bad_usage",
    "catalogue_campaign_too_long",
    "catalogue_cycle",
    "catalogue_duplicate",
    "catalogue_impossible_day",
    "catalogue_no_price",
    "catalogue_number_twice",
    "catalogue_price_gap",
    "catalogue_price_order",
    "catalogue_price_overlap",
    "catalogue_unknown_item",
    "catalogue_unknown_number_class",
    "catalogue_unknown_plan",
    "catalogue_unknown_pool",
    "catalogue_vat_gap",
    "chart_bad_row",
    "chart_duplicate",
    "chart_two_names",
    "config_not_readable",
    "credit_not_positive",
    "katalog_without_setting",
    "mapping_field_filled_twice",
    "mapping_field_not_filled",
    "mapping_unknown_field",
    "missing_member",
    "missing_reason",
    "no_operator",
    "no_such_date",
    "no_text_sender",
    "not_a_date",
    "not_a_decimal",
    "not_a_month",
    "not_a_time",
    "not_an_id",
    "not_one_record",
    "out_of_range",
    "password_too_common",
    "password_too_long",
    "password_too_short",
    "person_not_named",
    "same_account",
    "same_customer",
    "token_name_missing",
    "token_without_scopes",
    "toml_float",
    "toml_integer_range",
    "toml_syntax",
    "toml_too_deep",
    "toml_too_large",
    "too_many_places",
    "unknown_config_key",
    "unknown_denomination",
    "unknown_division",
    "unknown_encoding",
    "unknown_line",
    "unknown_mapping",
    "unknown_member",
    "unknown_operator",
    "unknown_option",
    "unknown_payment_code",
    "unknown_permission",
    "unknown_reference_scheme",
    "unknown_refund_state",
    "unknown_role",
    "unknown_value",
    "user_name_missing",
    "wrong_config_type",
    "wrong_usage",
};

// A file that should be taken is not what it should be.
constexpr std::string_view kNotRecognisedCodes[] = {
    "bank_file_empty",
    "bank_file_not_recognised",
    "backup_altered",
    "backup_of_other_schema",
    "backup_truncated",
    "bad_settlement",
    "file_not_recognised",
    "not_a_backup",
    "settlement_not_recognised",
    "source_header_doubled_column",
    "source_header_missing_column",
    "source_header_unknown_column",
    "source_header_unreadable",
    "source_is_empty",
    "wrong_encoding",
};

template <std::size_t kSize>
bool holds(const std::string_view (&codes)[kSize], std::string_view code) {
  return std::ranges::find(codes, code) != std::end(codes);
}

// Code points, so that letters beyond ASCII do not shift a column.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

Exit exit_of(const base::Error& error) {
  if (holds(kEnvironmentCodes, error.code)) return Exit::kEnvironment;
  if (holds(kUsageCodes, error.code)) return Exit::kUsage;
  if (holds(kNotRecognisedCodes, error.code)) return Exit::kNotRecognised;
  return Exit::kNegative;
}

base::Json error_json(const base::Error& error) {
  base::Json json;
  json.set("code", error.code).set("text", error.text).set("place", error.place);
  return base::Json::object().set("error", std::move(json));
}

TextTable::TextTable(std::vector<std::string> columns) {
  for (std::string& column : columns) {
    right_.push_back(column.ends_with('>'));
    if (right_.back()) column.pop_back();
  }
  rows_.push_back(std::move(columns));
}

void TextTable::add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

std::string TextTable::to_text() const {
  std::vector<std::size_t> widths(right_.size());
  for (const auto& row : rows_) {
    for (std::size_t at = 0; at < widths.size(); ++at) {
      widths[at] = std::max(widths[at], width(row[at]));
    }
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t at = 0; at < widths.size(); ++at) {
      const std::string padding(widths[at] - width(row[at]), ' ');
      line += right_[at] ? padding + row[at] : row[at] + padding;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace app::cli
