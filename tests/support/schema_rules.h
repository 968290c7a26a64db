// The rules that let one schema run on SQLite, on PostgreSQL and, unchanged, on a distributed
// PostgreSQL such as Citus. What the last one refuses is listed in docs/adr/0002-storage.md.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

struct ScriptTable {
  std::string placement;       // "distributed by account_id", "reference", "local"
  std::string distributed_by;  // Empty unless distributed.
};

class SchemaRules {
 public:
  // Reads a migration's script; later ones may speak of tables of earlier ones.
  void read_script(std::string_view sql);
  // Reads the SQL in a source file's string literals.
  void read_source(std::string_view file_name, std::string_view text);

  // "table: what is wrong", in the order found.
  [[nodiscard]] const std::vector<std::string>& violations() const { return violations_; }
  [[nodiscard]] const std::map<std::string, ScriptTable>& tables() const { return tables_; }

 private:
  void read_statement(const std::string& statement, const std::string& placement);
  void read_table(const std::string& statement, const std::string& placement);
  void read_index(const std::string& statement);
  void check_key(const std::string& table, const std::vector<std::string>& columns,
                 bool is_primary);
  void complain(const std::string& where, const std::string& what);

  std::map<std::string, ScriptTable> tables_;
  std::vector<std::string> violations_;
};

}  // namespace tests
