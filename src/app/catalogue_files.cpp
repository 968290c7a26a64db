#include "app/catalogue_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/source_files.h"
#include "app/workspace.h"
#include "domain/law/rule_book.h"
#include "formats/catalogue/catalogue_file.h"
#include "support/config/toml.h"
#include "support/json/parse.h"

namespace app {
namespace {

namespace fs = std::filesystem;

using base::Json;
using base::Result;

constexpr std::string_view kSetting = "katalog.toml";

Result<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return base::fail("file_not_readable", "the file cannot be read", path);
  return text;
}

Result<std::vector<std::string>> paths_in(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const bool toml = name.starts_with("catalogue") && name.ends_with(".toml");
    const bool json = name.starts_with("katalog") && name.ends_with(".json");
    if (entry.is_regular_file() && (toml || json)) paths.push_back(entry.path().string());
  }
  if (error) return base::fail("file_not_readable", error.message(), folder);
  if (paths.empty()) {
    return base::fail("file_not_recognised",
                      "the folder holds no catalogue*.toml and no katalog*.json", folder);
  }
  std::ranges::sort(paths);
  return paths;
}

Result<formats::katalog::Setting> find_setting(const std::string& path,
                                               const std::string& operator_code) {
  std::vector<fs::path> folders = {fs::path(path).parent_path()};
  if (!operator_code.empty()) folders.emplace_back(operator_code);
  for (const fs::path& folder : folders) {
    const std::string file = (folder / kSetting).string();
    std::error_code error;
    if (!fs::exists(file, error)) continue;
    const Json json = TRY(config::parse_toml(TRY(read_text(file)), file));
    return formats::katalog::read_setting(json, file);
  }
  const std::string shipped = "operators/" + operator_code + "/" + std::string(kSetting);
  const auto text = shipped_file(shipped);
  if (!text) {
    return base::fail("katalog_without_setting",
                      "how this file is read says a katalog.toml: put one beside it, or name an "
                      "operator that has one with --operator",
                      path);
  }
  return formats::katalog::read_setting(TRY(config::parse_toml(*text, shipped)), shipped);
}

void note_doubled(const std::string& text, const std::string& path,
                  std::vector<base::Error>& problems) {
  for (base::Error& doubled : json::find_doubled_members(text)) {
    doubled.place = path + ": " + doubled.place;
    problems.push_back(std::move(doubled));
  }
}

// The standard rates that its country has had since a day, and whether sums are rounded there.
Result<formats::katalog::OperatorTerms> terms_of(const domain::Operator& seller, base::Date since) {
  const domain::RuleBook rules = TRY(shipped_rules());
  const auto rows = [&](std::string_view area, std::string_view key) {
    auto stretches = rules.timeline(seller.country, domain::RuleSegment::kAll, area, key);
    std::erase_if(stretches, [&](const auto& row) { return row.period.to() <= since; });
    return stretches;
  };
  formats::katalog::OperatorTerms terms{.currency = seller.currency,
                                        .standard_rates = {},
                                        .frequency = seller.default_profile.frequency,
                                        .due_days = seller.default_profile.due_days,
                                        .rounds = !rows("rounding", "payment").empty()};
  for (const auto& row : rows("vat", "standard_rate")) {
    terms.standard_rates.push_back(TRY(domain::rule_percent(*row.rule)));
  }
  return terms;
}

// Takes what one file says into what all of them say.
class FileTaker {
 public:
  explicit FileTaker(CatalogueFiles& files) : files_(files) {}

  void take(std::vector<domain::CatalogueItem> items, const std::string& path) {
    name(items, path);
    std::ranges::move(items, std::back_inserter(files_.items));
  }
  void take(formats::CatalogueItems read, const std::string& path) {
    take(std::move(read.items), path);
    name(read.broken, path);
    std::ranges::move(read.broken, std::back_inserter(files_.broken));
    take(std::move(read.problems));
  }
  void take(std::vector<base::Error> problems) {
    std::ranges::move(problems, std::back_inserter(files_.problems));
  }

 private:
  void name(const std::vector<domain::CatalogueItem>& items, const std::string& path) {
    for (const domain::CatalogueItem& item : items) {
      std::string& known = files_.file_of[item.code];
      if (known.find(path) == std::string::npos) known += (known.empty() ? "" : ", ") + path;
    }
  }

  CatalogueFiles& files_;
};

Result<> read_json(const std::string& path, const std::string& operator_code,
                   const domain::Operator* seller, FileTaker& taker) {
  const std::string text = TRY(read_text(path));
  auto json = json::parse(text, json::Fractions::kAsText);
  if (!json && !path.ends_with(".json")) {
    return base::fail("file_not_recognised", json.error().text, path);
  }
  if (!json) {
    json.error().place = path + ": " + json.error().place;
    taker.take(std::vector{std::move(json).error()});
    return {};
  }
  if (formats::katalog::is_katalog(*json)) {
    auto katalog =
        TRY(read_katalog_text(text, TRY(find_setting(path, operator_code)), seller, path));
    taker.take(std::move(katalog.items), path);
    taker.take(std::move(katalog.problems));
    return {};
  }
  if ((*json)["items"].is_null()) {
    return base::fail("file_not_recognised", "the file has neither `items` nor `plans` and `usage`",
                      path);
  }
  std::vector<base::Error> doubled;
  note_doubled(text, path, doubled);
  taker.take(std::move(doubled));
  taker.take(formats::read_catalogue_items(*json, path), path);
  return {};
}

Result<> read_one(const std::string& path, const std::string& operator_code,
                  const domain::Operator* seller, FileTaker& taker) {
  if (!path.ends_with(".toml")) return read_json(path, operator_code, seller, taker);
  const auto json = config::parse_toml(TRY(read_text(path)), path);
  if (!json) {
    taker.take(std::vector{json.error()});
    return {};
  }
  if ((*json)["items"].is_null()) {
    return base::fail("file_not_recognised", "the file has no [[items]]", path);
  }
  taker.take(formats::read_catalogue_items(*json, path), path);
  return {};
}

}  // namespace

Result<formats::katalog::Katalog> read_katalog_text(const std::string& text,
                                                    const formats::katalog::Setting& setting,
                                                    const domain::Operator* seller,
                                                    const std::string& path) {
  const Json json = TRY(json::parse(text, json::Fractions::kAsText));
  auto katalog = formats::katalog::read_katalog(json, setting, path);
  note_doubled(text, path, katalog.problems);
  if (seller == nullptr) return katalog;
  const auto terms = TRY(terms_of(*seller, setting.valid_from));
  std::ranges::move(formats::katalog::find_contradictions(katalog, terms, path),
                    std::back_inserter(katalog.problems));
  return katalog;
}

Result<CatalogueFiles> read_catalogue_files(const std::vector<std::string>& paths,
                                            const std::string& operator_code,
                                            const domain::Operator* seller) {
  CatalogueFiles files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (!fs::exists(path, error)) {
      return base::fail("file_not_found", "there is no such file or folder", path);
    }
    if (!fs::is_directory(path, error)) {
      files.paths.push_back(path);
      continue;
    }
    const auto found = TRY(paths_in(path));
    files.paths.insert(files.paths.end(), found.begin(), found.end());
  }
  FileTaker taker(files);
  std::vector<base::Error> not_recognised;
  for (const std::string& path : files.paths) {
    auto read = read_one(path, operator_code, seller, taker);
    if (read) continue;
    if (read.error().code != "file_not_recognised") return std::unexpected(std::move(read).error());
    not_recognised.push_back(std::move(read).error());
  }
  if (!not_recognised.empty() && not_recognised.size() == files.paths.size()) {
    return std::unexpected(std::move(not_recognised.front()));
  }
  taker.take(std::move(not_recognised));
  return files;
}

}  // namespace app
