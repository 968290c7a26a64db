// Imported files and what became of their records.
#include "ports/imports.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

constexpr std::size_t kFilesShownMax = 200;
constexpr std::size_t kFilesExportMax = 100'000;

struct Totals {
  std::int64_t records = 0;
  std::int64_t accepted = 0;
  std::int64_t repeated = 0;
  std::int64_t rejected = 0;
};

Value file_row(const Call& call, const ports::ImportFile& file, const Moments& moments) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("id", file.id.to_string())
      .set("name", file.name)
      .set("mapping", file.mapping)
      .set("state", say_word(call, "console.import.state.", file.state))
      .set("when", moments.text(file.recorded))
      .set("records", write.integer(file.records))
      .set("accepted", write.integer(file.accepted))
      .set("repeated", write.integer(file.repeated))
      .set("rejected", write.integer(file.rejected))
      .set("has_rejected", file.rejected > 0);
}

Value totals_row(const Call& call, const Totals& totals) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  return Value::record()
      .set("records", write.integer(totals.records))
      .set("accepted", write.integer(totals.accepted))
      .set("repeated", write.integer(totals.repeated))
      .set("rejected", write.integer(totals.rejected));
}

}  // namespace

base::Result<Response> list_imports(const Call& call) {
  Page page{.name = "console/imports", .title = say(call, "console.nav.imports")};
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Moments moments = TRY(Moments::load(call, *transaction));
  Value files = Value::list();
  Totals totals;
  for (const auto& file : TRY(transaction->imports().list_files(kFilesShownMax))) {
    totals.records += file.records;
    totals.accepted += file.accepted;
    totals.repeated += file.repeated;
    totals.rejected += file.rejected;
    files.push(file_row(call, file, moments));
  }
  page.values.set("files", std::move(files)).set("totals", totals_row(call, totals));
  page.values.set("may_see_rejects", call.may(domain::Permission::kRejectsRead));
  return render_page(call, std::move(page));
}

base::Result<Response> export_imports(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  std::string body = csv_line({"file", "name", "mapping", "state", "records", "accepted",
                               "repeated", "rejected", "recorded"});
  for (const auto& file : TRY(transaction->imports().list_files(kFilesExportMax))) {
    body += csv_line({file.id.to_string(), file.name, file.mapping, file.state,
                      std::to_string(file.records), std::to_string(file.accepted),
                      std::to_string(file.repeated), std::to_string(file.rejected),
                      file.recorded.to_string()});
  }
  return csv_response("imports.csv", body);
}

}  // namespace web::console
