// The operator's own file, operators/<code>/operator.toml: who bills, and which source files its
// divisions send.
//
// Everything but [[files]] is the operator itself (domain/operator). A file rule says by which
// mapping files of a name are read; rules are tried in order, and files of an earlier rule are
// imported before those of a later one: customers before their orders.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/operator/operator.h"

namespace formats {

struct FileRule {
  std::string pattern;         // "bredband_kunder*.csv": * stands for any letters.
  std::string mapping;         // "broadband": mappings/broadband.toml
  std::string records;         // "customers": the [[records]] of that name in it.
  std::string catalogue = {};  // Instead of both: "katalog", which katalog.toml explains.

  [[nodiscard]] bool matches(std::string_view file_name) const;
  friend bool operator==(const FileRule&, const FileRule&) = default;
};

struct OperatorFile {
  domain::Operator value;
  std::vector<FileRule> files;

  // The first rule for a file of this name; null where there is none.
  [[nodiscard]] const FileRule* rule_of(std::string_view file_name) const;
};

// Which files of a folder are imported by which rule, and in which order.
struct FolderPlan {
  struct Step {
    std::string file_name;
    const FileRule* rule;
  };
  std::vector<Step> steps;           // By rule, then by name.
  std::vector<std::string> unknown;  // Files that no rule claims.
};
[[nodiscard]] FolderPlan plan_folder(const OperatorFile& file, std::vector<std::string> names);

// `file` is what errors call it. Errors: bad_operator, missing_member, unknown_member, bad_member;
// place: "file: member".
[[nodiscard]] base::Result<OperatorFile> read_operator_file(const base::Json& json,
                                                            std::string_view file);

}  // namespace formats
