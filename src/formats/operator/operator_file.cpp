#include "formats/operator/operator_file.h"

#include <algorithm>

#include "domain/check/members.h"

namespace formats {
namespace {

using base::Json;
using domain::check::Members;

base::Result<std::vector<FileRule>> read_rules(const Members& members) {
  std::vector<FileRule> rules;
  std::size_t at = 0;
  for (const Json& json : *TRY(members.list("files"))) {
    const Members rule = TRY(Members::of(json, members.place_of("files." + std::to_string(at++))));
    TRY(rule.allow_only({"pattern", "mapping", "records", "catalogue"}));
    FileRule& added = rules.emplace_back();
    added.pattern = TRY(rule.text("pattern"));
    added.catalogue = TRY(rule.text_or("catalogue", ""));
    if (!added.catalogue.empty()) continue;
    added.mapping = TRY(rule.text("mapping"));
    added.records = TRY(rule.text("records"));
  }
  return rules;
}

}  // namespace

bool FileRule::matches(std::string_view file_name) const {
  const std::string_view wanted = pattern;
  // Where the last star stands and how far the name has been given to it.
  std::size_t star = std::string_view::npos, given = 0;
  std::size_t at = 0, letter = 0;
  while (letter < file_name.size()) {
    if (at < wanted.size() && wanted[at] == '*') {
      star = at++;
      given = letter;
    } else if (at < wanted.size() && wanted[at] == file_name[letter]) {
      ++at;
      ++letter;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      letter = ++given;
    } else {
      return false;
    }
  }
  return wanted.find_first_not_of('*', at) == std::string_view::npos;
}

const FileRule* OperatorFile::rule_of(std::string_view file_name) const {
  const auto rule =
      std::ranges::find_if(files, [&](const FileRule& each) { return each.matches(file_name); });
  return rule == files.end() ? nullptr : &*rule;
}

FolderPlan plan_folder(const OperatorFile& file, std::vector<std::string> names) {
  std::ranges::sort(names);
  FolderPlan plan;
  for (std::string& name : names) {
    if (const FileRule* rule = file.rule_of(name)) {
      plan.steps.push_back({std::move(name), rule});
    } else {
      plan.unknown.push_back(std::move(name));
    }
  }
  std::ranges::stable_sort(plan.steps, {}, &FolderPlan::Step::rule);
  return plan;
}

base::Result<OperatorFile> read_operator_file(const base::Json& json, std::string_view file) {
  const Members members = TRY(Members::of(json, std::string(file) + ": "));
  Json without_files = Json::object();
  for (const auto& [name, value] : *json.as_object()) {
    if (name != "files") without_files.set(name, value);
  }
  auto value = domain::read_operator(without_files);
  if (!value) {
    base::Error error = std::move(value).error();
    error.place = members.place_of(error.place);
    return std::unexpected(std::move(error));
  }
  OperatorFile read;
  read.value = *std::move(value);
  read.files = TRY(read_rules(members));
  return read;
}

}  // namespace formats
