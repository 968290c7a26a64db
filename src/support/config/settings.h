// The settings of one process, read from one TOML file against the table of keys.h.
//
// A Settings that exists is valid: unknown keys, wrong types and values out of range are errors
// with the file and line. Paths stay as they are written; app/ joins them with the data folder.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result/result.h"

namespace config {

enum class LogLevel { kDebug, kInfo, kWarning, kError };

// [ivr]: as it is written; app/ reads the secrets and the lists.
struct IvrSettings {
  std::string twilio_token, vxml_secret;
  std::string numbers, languages, agent;
  bool kept_methods = true;
  std::string card_connector, card_gateway;
};

struct Settings {
  std::string data_dir;
  std::string database_url;
  std::string server_address;
  std::uint16_t server_port = 0;
  std::string server_public_url;
  int server_threads = 0;
  int server_upload_megabytes = 0;
  int workers_count = 0;
  int session_hours = 0;
  int billing_approvals = 0;
  IvrSettings ivr;
  LogLevel log_level = LogLevel::kInfo;
  std::string secrets_file;
  // Amounts as they stand; empty: none.
  std::string orders_bill_limit, orders_debit_at_once_up_to, orders_parts_at_once_up_to;
  int orders_overdue_days_max = 0, orders_debit_days = 0, orders_pay_within_days = 0;
  std::string webhook_url, webhook_secret;
  std::string till_recount_above;
  // [gateway.NAME]: the settings of each payment provider, which the provider itself checks.
  std::map<std::string, std::map<std::string, std::string>> gateways;
  // [rail.NAME]: what payments cost that come without a provider.
  std::map<std::string, std::map<std::string, std::string>> rails;
  // [text.NAME]: the settings of who sends text messages.
  std::map<std::string, std::map<std::string, std::string>> texts;

  // The settings of a file's text; of "" those that hold without a file.
  // Errors: unknown_config_key, wrong_config_type, bad_config_value, and those of Toml::parse.
  [[nodiscard]] static base::Result<Settings> parse(std::string_view text, std::string_view name);
  // The settings of a file. Errors: those of parse, config_not_readable.
  [[nodiscard]] static base::Result<Settings> read(const std::string& path);
};

// How app/ hands in the environment: the value of a variable, or nothing where it is not set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// The folder of the data: the command line's option, else TELGIRO_DATA, else what the
// configuration file says, else $XDG_DATA_HOME/telgiro, else ~/.local/share/telgiro (D14).
// Errors: no_data_dir.
[[nodiscard]] base::Result<std::string> resolve_data_dir(std::string_view option,
                                                         const Environment& environment,
                                                         std::string_view configured = "");

}  // namespace config
