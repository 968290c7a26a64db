#include "app/source_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/catalogue_files.h"
#include "app/resources.h"
#include "formats/catalogue/catalogue_file.h"
#include "support/config/toml.h"
#include "support/json/parse.h"

namespace app {
namespace {

namespace fs = std::filesystem;

base::Result<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return base::fail("file_not_readable", "the file cannot be read", path);
  return text;
}

// From the folder where it is one and holds the file, else from the binary.
base::Result<base::Json> read_toml(const std::string& folder, const std::string& path) {
  const std::string own = (fs::path(folder) / path).string();
  if (!folder.empty() && fs::exists(own)) {
    return TRY(config::Toml::parse(TRY(read_text(own)), own)).root();
  }
  return TRY(config::Toml::parse(TRY(shipped_file(path)), path)).root();
}

// An error's place begins with the file.
template <class Value>
base::Result<Value> of_file(const std::string& path, base::Result<Value> value) {
  if (!value) value.error().place = path + ": " + value.error().place;
  return value;
}

}  // namespace

base::Result<std::string_view> shipped_file(std::string_view path) {
  for (const Resource& resource : all_resources()) {
    if (resource.path == path) return resource.bytes;
  }
  return base::fail("resource_not_found", "the program carries no such file", std::string(path));
}

bool is_operator_folder(const std::string& path) {
  std::error_code unreadable;
  return !path.empty() && fs::exists(fs::path(path) / "operator.toml", unreadable);
}

base::Result<formats::OperatorFile> load_operator_file(const std::string& operator_code) {
  const bool own = is_operator_folder(operator_code);
  const std::string prefix = own ? "" : "operators/" + operator_code + "/";
  const std::string folder = own ? operator_code : "";
  const std::string operator_path = prefix + "operator.toml";
  if (!own && !shipped_file(operator_path)) {
    return base::fail("unknown_operator",
                      "there is no such operator; name a shipped one (aurora) or a folder with "
                      "operator.toml and catalogue.toml",
                      operator_code);
  }
  const base::Json file = TRY(read_toml(folder, operator_path));
  auto read = TRY(formats::read_operator_file(file, operator_path));
  const std::string chart_path = prefix + "chart.toml";
  // An operator without a chart of accounts has the shipped one.
  if (own ? fs::exists(fs::path(folder) / chart_path) : shipped_file(chart_path).has_value()) {
    const base::Json chart = TRY(read_toml(folder, chart_path));
    read.value.chart = TRY(of_file(chart_path, domain::read_chart(chart["chart"])));
  }
  return read;
}

base::Result<OperatorBundle> load_operator_files(const std::string& operator_code) {
  const bool own = is_operator_folder(operator_code);
  auto file = TRY(load_operator_file(operator_code));
  const std::string path = (own ? "" : "operators/" + operator_code + "/") + "catalogue.toml";
  const base::Json json = TRY(read_toml(own ? operator_code : "", path));
  auto catalogue = TRY(formats::read_catalogue_file(json, path));
  return OperatorBundle{std::move(file), std::move(catalogue)};
}

base::Result<domain::Catalogue> load_own_catalogue(const std::string& operator_code,
                                                   const std::string& setting,
                                                   const std::string& path,
                                                   const domain::Operator& seller,
                                                   const domain::Catalogue& known) {
  const bool own = is_operator_folder(operator_code);
  const std::string setting_path =
      (own ? "" : "operators/" + operator_code + "/") + setting + ".toml";
  const base::Json setting_json = TRY(read_toml(own ? operator_code : "", setting_path));
  const auto terms = TRY(formats::katalog::read_setting(setting_json, setting_path));
  const std::string text = TRY(read_text(path));
  const base::Json json = TRY(json::parse(text, json::Fractions::kAsText));
  if (!formats::katalog::is_katalog(json)) {
    return base::fail("katalog_not_understood", "the file is no such catalogue", path);
  }
  auto read = TRY(read_katalog_text(text, terms, &seller, path));
  if (!read.problems.empty()) {
    base::Error first = read.problems.front();
    first.text += " (" + std::to_string(read.problems.size()) +
                  " such places in all; nothing of the file was taken)";
    return std::unexpected(std::move(first));
  }
  for (domain::CatalogueItem& item : read.items) {
    const domain::CatalogueItem* same = known.find(item.code, item.kind);
    if (same != nullptr) item.names = same->names;
  }
  return domain::Catalogue::make(std::move(read.items));
}

base::Result<const formats::source::RecordMapping*> Mappings::find(const std::string& mapping,
                                                                   const std::string& records) {
  const std::lock_guard lock(mutex_);
  auto& known = mappings_[mapping];
  if (!known) {
    const std::string path = "mappings/" + mapping + ".toml";
    auto json = read_toml(folder_, path);
    if (!json && json.error().code == "resource_not_found") {
      return base::fail("unknown_mapping", "there is no mapping of that name", mapping);
    }
    known = std::make_unique<formats::source::Mapping>(
        TRY(formats::source::read_mapping(TRY(std::move(json)), path)));
  }
  return known->find(records);
}

base::Result<const formats::source::RecordMapping*> Mappings::find(std::string_view source) {
  const auto dot = source.find('.');
  if (dot == std::string_view::npos) {
    return base::fail("unknown_mapping", "name a mapping and its records, like broadband.orders",
                      std::string(source));
  }
  return find(std::string(source.substr(0, dot)), std::string(source.substr(dot + 1)));
}

}  // namespace app
