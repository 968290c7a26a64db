// Catalogue files as the command line is given them: TOML, JSON of the same form, or an operator's
// own katalog.json, alone or in folders.
#pragma once

#include <string>
#include <vector>

#include "base/result/result.h"
#include "domain/catalogue/catalogue.h"

namespace app {

struct CatalogueFiles {
  std::vector<std::string> paths;  // That were read, folders resolved.
  std::vector<domain::CatalogueItem> items;
  std::vector<base::Error> problems;  // Of single files; what items say of one another is not
                                      // looked at.
};

// A folder stands for its catalogue*.toml and katalog*.json. How katalog.json is read says
// katalog.toml beside it, else the operator's (a shipped code or a folder). Errors, about a file
// that is none of these: file_not_found, file_not_readable, file_not_recognised,
// katalog_without_setting.
[[nodiscard]] base::Result<CatalogueFiles> read_catalogue_files(
    const std::vector<std::string>& paths, const std::string& operator_code);

}  // namespace app
