#include "app/catalogue_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/source_files.h"
#include "formats/catalogue/catalogue_file.h"
#include "formats/catalogue/katalog/katalog.h"
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

Result<> read_json(const std::string& path, const std::string& operator_code,
                   CatalogueFiles& files) {
  const auto json = json::parse(TRY(read_text(path)));
  if (!json) return base::fail("file_not_recognised", json.error().text, path);
  if (formats::katalog::is_katalog(*json)) {
    auto katalog =
        formats::katalog::read_katalog(*json, TRY(find_setting(path, operator_code)), path);
    std::ranges::move(katalog.items, std::back_inserter(files.items));
    std::ranges::move(katalog.problems, std::back_inserter(files.problems));
    return {};
  }
  if ((*json)["items"].is_null()) {
    return base::fail("file_not_recognised", "the file has neither `items` nor `plans` and `usage`",
                      path);
  }
  auto items = formats::read_catalogue_items(*json, path);
  if (!items) {
    files.problems.push_back(std::move(items).error());
  } else {
    std::ranges::move(*items, std::back_inserter(files.items));
  }
  return {};
}

Result<> read_one(const std::string& path, const std::string& operator_code,
                  CatalogueFiles& files) {
  if (!path.ends_with(".toml")) return read_json(path, operator_code, files);
  const auto json = config::parse_toml(TRY(read_text(path)), path);
  if (!json) {
    files.problems.push_back(json.error());
    return {};
  }
  if ((*json)["items"].is_null()) {
    return base::fail("file_not_recognised", "the file has no [[items]]", path);
  }
  auto items = formats::read_catalogue_items(*json, path);
  if (!items) {
    files.problems.push_back(std::move(items).error());
  } else {
    std::ranges::move(*items, std::back_inserter(files.items));
  }
  return {};
}

}  // namespace

Result<CatalogueFiles> read_catalogue_files(const std::vector<std::string>& paths,
                                            const std::string& operator_code) {
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
  for (const std::string& path : files.paths) TRY(read_one(path, operator_code, files));
  return files;
}

}  // namespace app
