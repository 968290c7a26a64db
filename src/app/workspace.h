// A Workspace is the product opened on one data folder: settings, secrets, database (migrated),
// law, texts and operator files. Every command works on one.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/wiring.h"
#include "base/result/result.h"
#include "domain/law/rule_book.h"
#include "flows/billing/run_billing.h"
#include "storage/store.h"
#include "support/config/settings.h"
#include "support/crypto/crypto.h"

namespace app {

// From the command line; empty means: as the environment and the configuration file say.
struct WorkspaceOptions {
  std::string data_dir;
  std::string database;
  std::string config_file;
};

class Workspace {
 public:
  // Creates the data folder and its secrets on first use, and migrates the database.
  // Errors: no_data_dir, file_not_writable, secrets_not_private, secrets_not_readable, those of
  // config::Settings, of storage::open_database and of storage::migrate.
  [[nodiscard]] static base::Result<std::unique_ptr<Workspace>> open(
      const Wiring& wiring, const WorkspaceOptions& options);

  [[nodiscard]] const Wiring& wiring() const { return wiring_; }
  [[nodiscard]] const base::Clock& clock() const { return *wiring_.clock; }
  [[nodiscard]] crypto::Random& random() const { return *wiring_.random; }
  [[nodiscard]] const config::Settings& settings() const { return settings_; }
  [[nodiscard]] const std::string& data_dir() const { return data_dir_; }
  // Where a key of the configuration stands: "telgiro.toml:7"; the key alone where no file has it.
  [[nodiscard]] std::string place_of(const std::string& key) const;
  [[nodiscard]] storage::SqlStore& store() { return *store_; }
  [[nodiscard]] const domain::RuleBook& rules() const { return rules_; }
  [[nodiscard]] const crypto::Key& link_key() const { return link_key_; }
  // Where pages are found from outside, without a slash at the end: as configured, else where a
  // server works on this data folder now, else where one would by the configuration.
  [[nodiscard]] std::string public_url() const;
  [[nodiscard]] flows::BillingTools billing_tools() {
    return {*store_, *wiring_.clock, rules_, link_key_};
  }

 private:
  Workspace(Wiring wiring, config::Settings settings, std::string data_dir)
      : wiring_(std::move(wiring)),
        settings_(std::move(settings)),
        data_dir_(std::move(data_dir)) {}
  [[nodiscard]] base::Result<> open_store(const std::string& database);

  Wiring wiring_;
  config::Settings settings_;
  std::string data_dir_;
  std::string config_file_;  // Empty: there is none.
  crypto::Key link_key_;
  domain::RuleBook rules_;
  std::unique_ptr<storage::SqlStore> store_;
};

// How this machine reaches a server: "http://127.0.0.1:8080", "http://[::1]:8080". An address that
// stands for all of the machine's is its own loop-back.
[[nodiscard]] std::string url_of(const std::string& address, int port);

// The law rows that the binary carries, as a book.
[[nodiscard]] base::Result<domain::RuleBook> shipped_rules();

}  // namespace app
