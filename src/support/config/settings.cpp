// Reads the configuration file against the table of keys.
#include "support/config/settings.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/result/check.h"
#include "support/config/keys.h"
#include "support/config/toml.h"

namespace config {
namespace {

using base::Json;

const Key* find_key(std::string_view name) {
  const auto found = std::ranges::find(keys(), name, &Key::name);
  return found == keys().end() ? nullptr : &*found;
}

// "server.address, server.port, ...": the keys of the same table, or all where there is none.
std::string alternatives(std::string_view path) {
  const std::string_view table = path.substr(0, path.find('.') + 1);
  const bool known = std::ranges::any_of(
      keys(), [&](const Key& key) { return !table.empty() && key.name.starts_with(table); });
  std::string text;
  for (const Key& key : keys()) {
    if (known && !key.name.starts_with(table)) continue;
    text += (text.empty() ? "" : ", ") + std::string(key.name);
  }
  return text;
}

// Tables of payment providers, of other ways in which money comes and of senders of text messages:
// texts, by names of theirs.
constexpr std::string_view kGateways = "gateway";
constexpr std::string_view kRails = "rail";
constexpr std::string_view kTexts = "text";

base::Result<> check_named_tables(const Toml& file, const Json& value, const std::string& path) {
  const auto depth = std::ranges::count(path, '.');
  if (depth == 2 && value.as_string()) return {};
  const Json::Object* table = value.as_object();
  if (depth == 2 || !table) {
    return base::fail("wrong_config_type",
                      "'" + path + "' stands as [" + path.substr(0, path.find('.')) +
                          ".NAME] with texts in quotes",
                      file.place(path));
  }
  for (const auto& [name, member] : *table) {
    TRY(check_named_tables(file, member, path + "." + name));
  }
  return {};
}

// Says that every key of the file is in the table and has its type and range.
base::Result<> check_value(const Toml& file, const Json& value, const std::string& path) {
  const std::string_view first = std::string_view(path).substr(0, path.find('.'));
  if (first == kGateways || first == kRails || first == kTexts) {
    return check_named_tables(file, value, path);
  }
  const Key* key = find_key(path);
  const Json::Object* table = value.as_object();
  const auto begins_with_path = [&](const Key& row) { return row.name.starts_with(path + "."); };
  if (!key && table && (path.empty() || std::ranges::any_of(keys(), begins_with_path))) {
    for (const auto& [name, member] : *table) {
      TRY(check_value(file, member, path.empty() ? name : path + "." + name));
    }
    return {};
  }
  if (!key) {
    return base::fail("unknown_config_key",
                      "there is no key '" + path + "'; there are " + alternatives(path),
                      file.place(path));
  }
  const std::int64_t* integer = value.as_integer();
  if (key->type == KeyType::kText ? !value.as_string() : !integer) {
    return base::fail("wrong_config_type",
                      "'" + path + "' is " +
                          (key->type == KeyType::kText ? "a text: write it in quotes"
                                                       : "a whole number, without quotes"),
                      file.place(path));
  }
  if (integer && (*integer < key->least || *integer > key->most)) {
    return base::fail(
        "bad_config_value",
        "'" + path + "' is from " + std::to_string(key->least) + " to " + std::to_string(key->most),
        file.place(path));
  }
  return {};
}

std::map<std::string, std::map<std::string, std::string>> tables_of(const Toml& file,
                                                                    std::string_view kind) {
  std::map<std::string, std::map<std::string, std::string>> all;
  const Json::Object* tables = file.root()[kind].as_object();
  if (!tables) return all;
  for (const auto& [name, table] : *tables) {
    auto& settings = all[name];
    for (const auto& [key, value] : *table.as_object()) settings[key] = *value.as_string();
  }
  return all;
}

const Json& value_at(const Toml& file, std::string_view path) {
  const Json* value = &file.root();
  for (std::size_t from = 0; from < path.size();) {
    const std::size_t dot = std::min(path.find('.', from), path.size());
    value = &(*value)[path.substr(from, dot - from)];
    from = dot + 1;
  }
  return *value;
}

std::string text_of(const Toml& file, std::string_view name) {
  const Key* key = find_key(name);
  CHECK(key && key->type == KeyType::kText);
  const std::string* text = value_at(file, name).as_string();
  return text ? *text : std::string(key->otherwise);
}

int integer_of(const Toml& file, std::string_view name) {
  const Key* key = find_key(name);
  CHECK(key && key->type == KeyType::kInteger);
  if (const std::int64_t* value = value_at(file, name).as_integer()) {
    return static_cast<int>(*value);
  }
  int value = 0;
  std::from_chars(key->otherwise.data(), key->otherwise.data() + key->otherwise.size(), value);
  return value;
}

base::Result<LogLevel> log_level_of(const Toml& file) {
  const std::string text = text_of(file, "log.level");
  if (text == "debug") return LogLevel::kDebug;
  if (text == "info") return LogLevel::kInfo;
  if (text == "warning") return LogLevel::kWarning;
  if (text == "error") return LogLevel::kError;
  return base::fail("bad_config_value", "'log.level' is debug, info, warning or error",
                    file.place("log.level"));
}

base::Result<std::string> database_url_of(const Toml& file) {
  std::string url = text_of(file, "database.url");
  if (url == "sqlite" || url.starts_with("postgresql://")) return url;
  return base::fail("bad_config_value", "'database.url' is sqlite or postgresql://...",
                    file.place("database.url"));
}

base::Result<std::string> public_url_of(const Toml& file) {
  std::string url = text_of(file, "server.public_url");
  while (url.ends_with('/')) url.pop_back();
  if (url.empty() || url.starts_with("http://") || url.starts_with("https://")) return url;
  return base::fail("bad_config_value", "'server.public_url' begins with https:// or http://",
                    file.place("server.public_url"));
}

}  // namespace

base::Result<Settings> Settings::parse(std::string_view text, std::string_view name) {
  const Toml file = TRY(Toml::parse(text, name));
  TRY(check_value(file, file.root(), ""));
  return Settings{
      .data_dir = text_of(file, "data_dir"),
      .database_url = TRY(database_url_of(file)),
      .server_address = text_of(file, "server.address"),
      .server_port = static_cast<std::uint16_t>(integer_of(file, "server.port")),
      .server_public_url = TRY(public_url_of(file)),
      .server_threads = integer_of(file, "server.threads"),
      .server_upload_megabytes = integer_of(file, "server.upload_megabytes"),
      .workers_count = integer_of(file, "workers.count"),
      .session_hours = integer_of(file, "session.hours"),
      .billing_approvals = integer_of(file, "billing.approvals"),
      .ivr = {.twilio_token = text_of(file, "ivr.twilio_token"),
              .vxml_secret = text_of(file, "ivr.vxml_secret"),
              .numbers = text_of(file, "ivr.numbers"),
              .languages = text_of(file, "ivr.languages"),
              .agent = text_of(file, "ivr.agent"),
              .kept_methods = integer_of(file, "ivr.kept_methods") != 0,
              .card_connector = text_of(file, "ivr.card_connector"),
              .card_gateway = text_of(file, "ivr.card_gateway")},
      .log_level = TRY(log_level_of(file)),
      .secrets_file = text_of(file, "secrets.file"),
      .orders_bill_limit = text_of(file, "orders.bill_limit"),
      .orders_debit_at_once_up_to = text_of(file, "orders.debit_at_once_up_to"),
      .orders_parts_at_once_up_to = text_of(file, "orders.parts_at_once_up_to"),
      .orders_overdue_days_max = integer_of(file, "orders.overdue_days_max"),
      .orders_debit_days = integer_of(file, "orders.debit_days"),
      .orders_pay_within_days = integer_of(file, "orders.pay_within_days"),
      .webhook_url = text_of(file, "webhook.url"),
      .webhook_secret = text_of(file, "webhook.secret"),
      .till_recount_above = text_of(file, "till.recount_above"),
      .gateways = tables_of(file, kGateways),
      .rails = tables_of(file, kRails),
      .texts = tables_of(file, kTexts),
  };
}

base::Result<Settings> Settings::read(const std::string& path) {
  std::error_code no_matter;
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, no_matter)) {
    return base::fail("config_not_readable",
                      "the configuration file cannot be read: does it exist, may you read it?",
                      path);
  }
  std::ostringstream text;
  text << in.rdbuf();
  return parse(text.view(), path);
}

base::Result<std::string> resolve_data_dir(std::string_view option, const Environment& environment,
                                           std::string_view configured) {
  if (!option.empty()) return std::string(option);
  if (auto data = environment("TELGIRO_DATA"); data && !data->empty()) return *data;
  if (!configured.empty()) return std::string(configured);
  // The XDG rules say that a relative path in the variable is to be ignored.
  if (auto data = environment("XDG_DATA_HOME"); data && data->starts_with('/')) {
    return *data + "/telgiro";
  }
  if (auto home = environment("HOME"); home && home->starts_with('/')) {
    return *home + "/.local/share/telgiro";
  }
  return base::fail("no_data_dir", "no folder for the data: give --data DIR or set TELGIRO_DATA");
}

}  // namespace config
