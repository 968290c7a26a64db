// Catalogue files as the command line is given them: TOML, JSON of the same form, or an operator's
// own katalog.json, alone or in folders.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "domain/catalogue/catalogue.h"
#include "domain/operator/operator.h"
#include "formats/catalogue/katalog/katalog.h"

namespace app {

struct CatalogueFiles {
  std::vector<std::string> paths;  // That were read, folders resolved.
  std::vector<domain::CatalogueItem> items;
  std::vector<domain::CatalogueItem> broken;   // Not to be used (formats/catalogue_file.h).
  std::map<std::string, std::string> file_of;  // By an item's code; of several, all.
  std::vector<base::Error> problems;  // Of single files, place "file: member"; what items say of
                                      // one another is not looked at.
};

// A folder stands for its catalogue*.toml and katalog*.json. How katalog.json is read says
// katalog.toml beside it, else the operator's (a shipped code or a folder); it must not contradict
// the seller, where it is known who that is. All files are read, whatever is wrong with some of
// them: bad_json, json_doubled_member, katalog_contradicts_operator and the readers' codes are
// problems, and so is file_not_recognised where another file is one of these. Errors, else:
// file_not_found, file_not_readable, file_not_recognised, katalog_without_setting.
[[nodiscard]] base::Result<CatalogueFiles> read_catalogue_files(
    const std::vector<std::string>& paths, const std::string& operator_code,
    const domain::Operator* seller);

// A katalog.json as it was read, with every problem of it: also members that stand there twice and
// what contradicts the seller, which may be null.
[[nodiscard]] base::Result<formats::katalog::Katalog> read_katalog_text(
    const std::string& text, const formats::katalog::Setting& setting,
    const domain::Operator* seller, const std::string& path);

}  // namespace app
