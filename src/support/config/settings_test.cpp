// What the configuration file may say, and how it says no.
#include "support/config/settings.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "support/config/keys.h"

namespace config {
namespace {

TEST(Settings, DefaultsHoldWithoutAFile) {
  const auto settings = Settings::parse("", "telgiro.toml");
  ASSERT_TRUE(settings) << base::describe(settings.error());
  EXPECT_EQ(settings->database_url, "sqlite");
  EXPECT_EQ(settings->server_address, "127.0.0.1");
  EXPECT_EQ(settings->server_port, 8080);
  EXPECT_EQ(settings->server_threads, 2);
  EXPECT_EQ(settings->workers_count, 2);
  EXPECT_EQ(settings->session_hours, 12);
  EXPECT_EQ(settings->billing_approvals, 1);
  EXPECT_EQ(settings->log_level, LogLevel::kInfo);
  EXPECT_EQ(settings->secrets_file, "secrets.toml");
  EXPECT_EQ(settings->server_public_url, "");
}

TEST(Settings, ProvidersHaveTablesOfTheirOwn) {
  const auto settings = Settings::parse(
      "[gateway.swish]\npayee = '1231181189'\n"
      "[gateway.adyen]\nmerchant_account = 'Aurora'\napi_key = 'env:ADYEN_KEY'\n",
      "telgiro.toml");
  ASSERT_TRUE(settings) << base::describe(settings.error());
  EXPECT_EQ(settings->gateways.size(), 2U);
  EXPECT_EQ(settings->gateways.at("swish").at("payee"), "1231181189");
  EXPECT_EQ(settings->gateways.at("adyen").at("api_key"), "env:ADYEN_KEY");
  for (const std::string_view wrong :
       {"gateway = 'adyen'\n", "[gateway]\nadyen = 'x'\n", "[gateway.adyen]\nlimit = 5\n",
        "[gateway.adyen.card]\nx = 'y'\n"}) {
    const auto refused = Settings::parse(wrong, "telgiro.toml");
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().code, "wrong_config_type") << wrong;
  }
}

TEST(Settings, EveryKeyIsTaken) {
  const auto settings = Settings::parse(
      "data_dir = '/srv/telgiro'\n"
      "database.url = 'postgresql://billing@db/telgiro'\n"
      "[server]\n"
      "address = '0.0.0.0'\n"
      "port = 0\n"
      "public_url = 'https://bill.example/'\n"
      "threads = 4\n"
      "[workers]\n"
      "count = 8\n"
      "[session]\n"
      "hours = 1\n"
      "[billing]\n"
      "approvals = 0\n"
      "[log]\n"
      "level = 'warning'\n"
      "[secrets]\n"
      "file = '/etc/telgiro/secrets.toml'\n",
      "telgiro.toml");
  ASSERT_TRUE(settings) << base::describe(settings.error());
  EXPECT_EQ(settings->data_dir, "/srv/telgiro");
  EXPECT_EQ(settings->database_url, "postgresql://billing@db/telgiro");
  EXPECT_EQ(settings->server_address, "0.0.0.0");
  EXPECT_EQ(settings->server_port, 0);
  EXPECT_EQ(settings->server_public_url, "https://bill.example");
  EXPECT_EQ(settings->server_threads, 4);
  EXPECT_EQ(settings->workers_count, 8);
  EXPECT_EQ(settings->session_hours, 1);
  EXPECT_EQ(settings->billing_approvals, 0);
  EXPECT_EQ(settings->log_level, LogLevel::kWarning);
  EXPECT_EQ(settings->secrets_file, "/etc/telgiro/secrets.toml");
}

TEST(Settings, Errors) {
  struct Row {
    std::string_view text;
    std::string_view code;
    std::string_view place;
    std::string_view said;  // What the text of the error must tell.
  };
  const Row rows[] = {
      {"\nport = 1\n", "unknown_config_key", "t.toml:2", "server.port"},
      {"[server]\nprot = 1\n", "unknown_config_key", "t.toml:2", "server.port"},
      {"[bills]\n", "unknown_config_key", "t.toml:1", "bills"},
      {"server.port.x = 1\n", "wrong_config_type", "t.toml:1", "whole number"},
      {"[server]\nport = '80'\n", "wrong_config_type", "t.toml:2", "whole number"},
      {"[server]\naddress = 1\n", "wrong_config_type", "t.toml:2", "in quotes"},
      {"server = 1\n", "unknown_config_key", "t.toml:1", "server"},
      {"[server]\nport = 65536\n", "bad_config_value", "t.toml:2", "65535"},
      {"[server]\nport = -1\n", "bad_config_value", "t.toml:2", "from 0"},
      {"[workers]\ncount = 0\n", "bad_config_value", "t.toml:2", "from 1"},
      {"[log]\nlevel = 'loud'\n", "bad_config_value", "t.toml:2", "debug"},
      {"database.url = 'mysql://x'\n", "bad_config_value", "t.toml:1", "postgresql://"},
      {"database.url = 'sqlite:x'\n", "bad_config_value", "t.toml:1", "sqlite or"},
      {"server.public_url = 'bill.example'\n", "bad_config_value", "t.toml:1", "https://"},
      {"[server\n", "toml_syntax", "t.toml:1", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.text);
    const auto settings = Settings::parse(row.text, "t.toml");
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().code, row.code);
    EXPECT_EQ(settings.error().place, row.place);
    EXPECT_NE(settings.error().text.find(row.said), std::string::npos) << settings.error().text;
  }
}

TEST(Settings, ReadsAFile) {
  const auto path = std::filesystem::temp_directory_path() / "telgiro_settings_test.toml";
  std::ofstream(path) << "[server]\nport = 81\n";
  EXPECT_EQ(Settings::read(path.string())->server_port, 81);
  std::ofstream(path, std::ios::trunc).close();
  EXPECT_EQ(Settings::read(path.string())->server_port, 8080);
  std::filesystem::remove(path);
  EXPECT_EQ(Settings::read(path.string()).error().code, "config_not_readable");
  EXPECT_EQ(Settings::read("/").error().code, "config_not_readable");
}

TEST(Settings, DataFolder) {
  struct Row {
    std::string_view option;
    std::map<std::string, std::string, std::less<>> environment;
    std::string_view configured;
    std::string_view folder;
  };
  const Row rows[] = {
      {"here", {{"TELGIRO_DATA", "/t"}}, "/c", "here"},
      {"", {{"TELGIRO_DATA", "/t"}, {"XDG_DATA_HOME", "/x"}}, "/c", "/t"},
      {"", {{"TELGIRO_DATA", ""}, {"XDG_DATA_HOME", "/x"}}, "/c", "/c"},
      {"", {{"XDG_DATA_HOME", "/x"}, {"HOME", "/h"}}, "", "/x/telgiro"},
      {"", {{"XDG_DATA_HOME", "x"}, {"HOME", "/h"}}, "", "/h/.local/share/telgiro"},
      {"", {{"HOME", "/h"}}, "", "/h/.local/share/telgiro"},
      {"", {}, "", ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.folder);
    const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
      const auto found = row.environment.find(name);
      if (found == row.environment.end()) return std::nullopt;
      return found->second;
    };
    const auto folder = resolve_data_dir(row.option, lookup, row.configured);
    EXPECT_EQ(folder.value_or(""), row.folder);
    if (!folder) {
      EXPECT_EQ(folder.error().code, "no_data_dir");
    }
  }
}

// A default in the table must itself be a value that the file may hold.
TEST(Settings, DefaultsObeyTheirOwnRows) {
  for (const Key& key : keys()) {
    SCOPED_TRACE(key.name);
    EXPECT_FALSE(key.meaning.empty());
    const bool text = key.type == KeyType::kText;
    const std::string line = std::string(key.name) + " = " + (text ? "'" : "") +
                             std::string(key.otherwise) + (text ? "'" : "");
    const auto settings = Settings::parse(line, "default.toml");
    EXPECT_TRUE(settings) << base::describe(settings.error());
  }
}

}  // namespace
}  // namespace config
