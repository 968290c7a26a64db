#include "tests/support/schema_rules.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace tests {
namespace {

constexpr std::string_view kPlacementMark = "-- placement: ";
constexpr std::string_view kDistributed = "distributed by ";

// What a script must not say, and why.
struct Forbidden {
  const char* pattern;
  const char* reason;
};
constexpr Forbidden kForbiddenInScripts[] = {
    {R"(\bREFERENCES\b|\bFOREIGN\b)", "has a foreign key"},
    {R"(\bSERIAL\b|\bBIGSERIAL\b|\bIDENTITY\b|\bAUTOINCREMENT\b|\bSEQUENCE\b)",
     "lets the engine make numbers"},
    {R"(^CREATE (TRIGGER|FUNCTION|PROCEDURE|RULE|VIEW)\b)", "keeps logic in the database"},
};
constexpr Forbidden kForbiddenInQueries[] = {
    {R"(\bRECURSIVE\b)", "asks recursively"},
    {R"(\bROLLUP\b|\bGROUPING SETS\b|\bCUBE\b)", "asks for subtotals"},
    {R"(\bMERGE INTO\b)", "merges"},
    {R"(\bjsonb?_\w+\()", "uses JSON functions"},
    {R"(\bNOW\(\)|\bCURRENT_(DATE|TIME|TIMESTAMP)\b|\bRANDOM\(\))", "takes time or chance itself"},
};

std::string trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// Parts between commas that stand in no parentheses.
std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : text) {
    depth += (c == '(') - (c == ')');
    if (c == ',' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  for (std::string& part : parts) part = trimmed(part);
  return parts;
}

// What stands between the first and the last parenthesis.
std::string in_parentheses(const std::string& text) {
  const std::size_t open = text.find('('), close = text.rfind(')');
  return open == std::string::npos || close < open ? "" : text.substr(open + 1, close - open - 1);
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

// Adjacent string literals become one, as for the compiler.
std::string joined_literals(std::string_view source) {
  return std::regex_replace(std::string(source), std::regex(R"("\s*\n?\s*")"), "");
}

}  // namespace

void SchemaRules::complain(const std::string& where, const std::string& what) {
  violations_.push_back(where + ": " + what);
}

void SchemaRules::read_script(std::string_view sql) {
  std::istringstream lines{std::string(sql)};
  std::string placement, statement;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(kPlacementMark)) placement = trimmed(line.substr(kPlacementMark.size()));
    if (line.starts_with("--")) continue;
    statement += line + "\n";
    if (!line.ends_with(';')) continue;
    read_statement(trimmed(statement), placement);
    statement.clear();
    placement.clear();
  }
  if (!trimmed(statement).empty()) complain(trimmed(statement), "has no semicolon at its end");
}

void SchemaRules::read_statement(const std::string& statement, const std::string& placement) {
  for (const Forbidden& forbidden : kForbiddenInScripts) {
    if (std::regex_search(statement, std::regex(forbidden.pattern))) {
      complain(statement.substr(0, statement.find_first_of("(\n")), forbidden.reason);
    }
  }
  if (statement.starts_with("CREATE TABLE ")) read_table(statement, placement);
  constexpr std::string_view kDrop = "DROP TABLE ";
  if (statement.starts_with(kDrop)) {
    tables_.erase(statement.substr(kDrop.size(), statement.find(';') - kDrop.size()));
  }
  if (statement.starts_with("CREATE INDEX ") || statement.starts_with("CREATE UNIQUE INDEX ")) {
    read_index(statement);
  }
}

void SchemaRules::read_table(const std::string& statement, const std::string& placement) {
  constexpr std::size_t kNameAt = std::string_view("CREATE TABLE ").size();
  const std::string name = statement.substr(kNameAt, statement.find(' ', kNameAt) - kNameAt);
  ScriptTable& table = tables_[name];
  table.placement = placement;
  if (placement.starts_with(kDistributed)) {
    table.distributed_by = placement.substr(kDistributed.size());
  } else if (placement != "reference" && placement != "local") {
    complain(name, "does not say where it is placed");
  }
  std::vector<std::string> columns;
  bool has_key = false;
  for (const std::string& part : split(in_parentheses(statement))) {
    if (part.starts_with("PRIMARY KEY") || part.starts_with("UNIQUE")) {
      const bool is_primary = part.starts_with("PRIMARY KEY");
      has_key = has_key || is_primary;
      check_key(name, split(in_parentheses(part)), is_primary);
      continue;
    }
    static const std::regex kColumn(R"(^(\w+) (BIGINT|TEXT|\{bytes\})( NOT NULL)?$)");
    std::smatch column;
    if (!std::regex_match(part, column, kColumn)) {
      complain(name, "has a column of no portable form: " + part);
      continue;
    }
    columns.push_back(column[1]);
    if (column[1] == table.distributed_by && !column[3].matched) {
      complain(name, "is distributed by a column that may be null");
    }
  }
  if (!has_key) complain(name, "has no primary key");
  if (!table.distributed_by.empty() && !contains(columns, table.distributed_by)) {
    complain(name, "is distributed by a column that it lacks");
  }
}

void SchemaRules::check_key(const std::string& table, const std::vector<std::string>& columns,
                            bool is_primary) {
  const std::string& by = tables_[table].distributed_by;
  if (by.empty()) return;
  if (!contains(columns, by)) {
    complain(table, "has a unique key without the column that it is distributed by");
  } else if (is_primary && by == "account_id" && columns.front() != by) {
    complain(table, "has a primary key that does not start with account_id");
  }
}

void SchemaRules::read_index(const std::string& statement) {
  static const std::regex kIndex(R"(^CREATE (UNIQUE )?INDEX (\w+) ON (\w+) \()");
  std::smatch index;
  if (!std::regex_search(statement, index, kIndex)) {
    complain(statement.substr(0, statement.find('(')), "is an index of no portable form");
    return;
  }
  if (!tables_.contains(index[3])) complain(index[2], "is an index on a table of no script");
  if (index[1].matched) check_key(index[3], split(in_parentheses(statement)), false);
}

void SchemaRules::read_source(std::string_view file_name, std::string_view text) {
  const std::string source = joined_literals(text);
  const std::string file(file_name);
  for (const Forbidden& forbidden : kForbiddenInQueries) {
    if (std::regex_search(source, std::regex(forbidden.pattern))) {
      complain(file, forbidden.reason);
    }
  }
  static const std::regex kUpsert(R"(INSERT INTO (\w+)[^"]*ON CONFLICT \(([^)]*)\))");
  for (std::sregex_iterator match(source.begin(), source.end(), kUpsert), end; match != end;
       ++match) {
    const auto table = tables_.find((*match)[1]);
    if (table == tables_.end() || table->second.distributed_by.empty()) continue;
    if (!contains(split((*match)[2].str()), table->second.distributed_by)) {
      complain(file, "has an ON CONFLICT of " + table->first + " without its column " +
                         table->second.distributed_by);
    }
  }
  static const std::regex kUpdate(R"(UPDATE (\w+) SET ([^"]*?)(?: WHERE |"))");
  for (std::sregex_iterator match(source.begin(), source.end(), kUpdate), end; match != end;
       ++match) {
    const auto table = tables_.find((*match)[1]);
    if (table == tables_.end() || table->second.distributed_by.empty()) continue;
    const std::regex set(R"((^|, ))" + table->second.distributed_by + " = ");
    if (std::regex_search((*match)[2].str(), set)) {
      complain(file, "changes the column by which " + table->first + " is distributed");
    }
  }
}

}  // namespace tests
