#include "app/workspace.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/resources.h"
#include "app/secrets.h"
#include "formats/law/rules_csv.h"
#include "storage/migrate.h"
#include "storage/open.h"
#include "storage/sqlite/server_lock.h"
#include "support/config/toml.h"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kConfigFile = "telgiro.toml";
constexpr std::string_view kEmbedded = "sqlite";
constexpr std::string_view kMigrations = "src/storage/migrations/";

// An absolute path as it is, another one below the folder.
std::string below(const std::string& folder, const std::string& path) {
  return (fs::path(folder) / path).string();
}

// The file that settings are read from; empty where there is none.
std::string config_file_of(const WorkspaceOptions& options, const std::string& data_dir) {
  if (!options.config_file.empty()) return options.config_file;
  const std::string in_data = below(data_dir, std::string(kConfigFile));
  return !data_dir.empty() && fs::exists(in_data) ? in_data : std::string();
}

base::Result<config::Settings> read_settings(const WorkspaceOptions& options,
                                             const std::string& data_dir) {
  const std::string file = config_file_of(options, data_dir);
  return file.empty() ? config::Settings::parse("", "defaults") : config::Settings::read(file);
}

base::Result<> make_folder(const std::string& folder) {
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder)) {
    return base::fail("file_not_writable", "the data folder cannot be made: " + error.message(),
                      folder);
  }
  // Bills and keys are nobody else's to read.
  if (made) fs::permissions(folder, fs::perms::owner_all, error);
  return {};
}

// "src/storage/migrations/0001-skeleton/up.sql" is number 1, name "skeleton".
std::vector<storage::Migration> shipped_migrations() {
  std::vector<storage::Migration> migrations;
  for (const Resource& resource : all_resources()) {
    if (!resource.path.starts_with(kMigrations)) continue;
    const std::string_view folder =
        resource.path.substr(kMigrations.size(), resource.path.rfind('/') - kMigrations.size());
    const auto dash = folder.find('-');
    migrations.push_back({std::stoll(std::string(folder.substr(0, dash))),
                          std::string(folder.substr(dash + 1)), std::string(resource.bytes)});
  }
  std::ranges::sort(migrations, {}, &storage::Migration::number);
  return migrations;
}

}  // namespace

base::Result<domain::RuleBook> shipped_rules() {
  std::vector<domain::CountryRule> rules;
  for (const Resource& resource : all_resources()) {
    if (!resource.path.starts_with("countries/") || !resource.path.ends_with("/rules.csv")) {
      continue;
    }
    auto read =
        formats::law::read_rules(resource.bytes, resource.path, domain::RuleOrigin::kShipped);
    if (!read.problems.empty()) return std::unexpected(read.problems.front());
    std::ranges::move(read.rules, std::back_inserter(rules));
  }
  return domain::RuleBook::make(std::move(rules));
}

base::Result<std::unique_ptr<Workspace>> Workspace::open(const Wiring& wiring,
                                                         const WorkspaceOptions& options) {
  // The configuration may name the data folder, and the data folder may hold the configuration.
  config::Settings settings;
  if (!options.config_file.empty()) settings = TRY(read_settings(options, ""));
  const std::string data_dir =
      TRY(config::resolve_data_dir(options.data_dir, wiring.environment, settings.data_dir));
  TRY(make_folder(data_dir));
  settings = TRY(read_settings(options, data_dir));

  std::unique_ptr<Workspace> workspace(new Workspace(wiring, settings, data_dir));
  workspace->config_file_ = config_file_of(options, data_dir);
  workspace->rules_ = TRY(shipped_rules());
  const std::string& url = options.database.empty() ? settings.database_url : options.database;
  TRY(workspace->open_store(url));
  return workspace;
}

base::Result<> Workspace::open_store(const std::string& database) {
  const Secrets secrets = TRY(load_secrets(below(data_dir_, settings_.secrets_file), random()));
  link_key_ = crypto::derive_key(secrets.master, "links");
  const bool server = storage::is_postgres_url(database);
  if (!server && database != kEmbedded) {
    // Never the local database by mistake: money would be booked in the wrong place.
    return base::fail("bad_config_value", "the database is sqlite or postgresql://...", database);
  }
  auto opened = TRY(wiring_.open_database(server ? database : data_dir_));
  TRY(storage::migrate(*opened, shipped_migrations(), clock()));
  store_ = std::make_unique<storage::SqlStore>(std::move(opened), secrets.master, random());
  return store_->check_master_key();
}

std::string Workspace::place_of(const std::string& key) const {
  std::ifstream file(config_file_, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  const auto toml = config::Toml::parse(text, config_file_);
  return config_file_.empty() || !toml ? key : toml->place(key);
}

std::string Workspace::public_url() const {
  std::string url = settings_.server_public_url;
  if (url.empty()) url = storage::sqlite::announced_url(data_dir_);
  if (url.empty()) url = url_of(settings_.server_address, settings_.server_port);
  while (url.ends_with('/')) url.pop_back();
  return url;
}

std::string url_of(const std::string& address, int port) {
  std::string host = address;
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "::") host = "::1";
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(port);
}

}  // namespace app
