// The whole database at once: canonical dump, backup, restore, the search index made anew.
#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "flows/care/index_customers.h"
#include "storage/backup.h"
#include "storage/dump.h"

namespace app::cli {
namespace {

Answer summary_answer(const storage::BackupSummary& summary, const std::string& file,
                      std::string_view done) {
  base::Json json;
  json.set("file", file).set("tables", summary.tables).set("rows", summary.rows);
  return {json, std::to_string(summary.rows) + " rows of " + std::to_string(summary.tables) +
                    " tables " + std::string(done) + " " + file + "\n"};
}

}  // namespace

Outcome dump_canonical(const Context& context, const std::string& output) {
  const auto file = TRY(OutputFile::open(output));
  std::int64_t rows = 0;
  TRY(storage::dump_canonical(context.workspace.store(), [&](std::string_view line) {
    ++rows;
    return file->write(line);
  }));
  TRY(file->close());
  if (output.empty() || output == "-") return Answer{};
  base::Json json;
  json.set("file", output).set("rows", rows);
  return Answer{json, std::to_string(rows) + " rows written to " + output + "\n"};
}

Outcome search_rebuild(const Context& context) {
  base::Json json;
  const std::int64_t customers = TRY(flows::rebuild_search_index(context.workspace.store()));
  json.set("customers", customers);
  return Answer{json, std::to_string(customers) + " customers indexed\n"};
}

Outcome backup(const Context& context, const std::string& file) {
  const auto summary = TRY(storage::backup(context.workspace.store().database(), file));
  return summary_answer(summary, file, "written to");
}

Outcome restore(const Context& context, const std::string& file) {
  storage::SqlStore& store = context.workspace.store();
  // A backup of another data folder needs that folder's secrets.
  const auto summary =
      TRY(storage::restore(store.database(), file, [&](storage::sql::Connection& connection) {
        return store.check_master_key(connection);
      }));
  return summary_answer(summary, file, "restored from");
}

}  // namespace app::cli
