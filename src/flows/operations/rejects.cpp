#include "flows/operations/rejects.h"

#include <optional>
#include <utility>

#include "flows/care/time_zone.h"
#include "flows/operations/import_batch.h"
#include "flows/operations/import_terms.h"
#include "formats/source/registry.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using formats::source::SourceItem;
using ports::Reject;

constexpr std::size_t kExportPage = 500;

ports::RejectCursor cursor_at(const Reject& reject) {
  return {.recorded = reject.recorded, .file = reject.file, .line = reject.line, .id = reject.id};
}

Result<Reject> load_reject(ports::Transaction& transaction, domain::RejectId id) {
  auto found = TRY(transaction.imports().find_reject(id));
  if (!found) return base::fail("unknown_reject", "there is no such reject", id.to_string());
  return *std::move(found);
}

Result<Reject> load_open_reject(ports::Transaction& transaction, domain::RejectId id) {
  Reject reject = TRY(load_reject(transaction, id));
  if (reject.state == "open" || reject.state == "notice") return reject;
  return base::fail("reject_closed", "the reject was closed before: " + reject.state,
                    id.to_string());
}

// The record that a person wrote, by the mapping's reader; people write UTF-8.
Result<SourceItem> read_record(const formats::source::RecordMapping& mapping, const Reject& reject,
                               std::string_view record) {
  formats::source::RecordMapping as_written = mapping;
  as_written.encoding = formats::source::Encoding::kUtf8;
  const auto reader = formats::source::make_reader(as_written);
  std::vector<SourceItem> items;
  const auto visit = [&](SourceItem&& item) -> Result<> {
    items.push_back(std::move(item));
    return {};
  };
  TRY(reader->feed(reject.context + (reject.context.empty() ? "" : "\n"), visit));
  auto read = reader->feed(record, visit);
  if (read) read = reader->finish(visit);
  // Where no header stands before it, the record itself is what a reader knows its files by.
  if (!read && !reject.context.empty()) return std::unexpected(std::move(read).error());
  if (!read || items.size() != 1) {
    return base::fail("not_one_record", "a correction is one record, as a line of its file");
  }
  items.front().line = reject.line;
  return std::move(items.front());
}

Result<Correction> take_again(ports::Transaction& transaction, const RejectTools& tools,
                              Reject reject, std::string_view record, std::string_view actor) {
  const auto* mapping = TRY(tools.find_mapping(reject.mapping));
  const SourceItem item = TRY(read_record(*mapping, reject, record));
  const ImportTerms terms = TRY(load_terms(transaction, tools.operator_code));
  const base::Instant now = tools.clock.now();
  const base::TimeZone zone = TRY(time_zone(terms.seller.time_zone));
  const auto calendar = TRY(holidays_of(terms.seller, tools.rules));
  const ImportContext context{.mapping = *mapping,
                              .seller = terms.seller,
                              .catalogue = terms.catalogue,
                              .file = reject.file,
                              .file_name = reject.file_name,
                              .header = reject.context,
                              .recorded = now,
                              .today = zone.local_date(now),
                              .actor = std::string(actor),
                              .zone = zone,
                              .calendar = calendar ? &*calendar : nullptr};
  const BatchOutcome outcome = TRY(take_batch(transaction, context, {&item, 1}));
  Correction correction{.taken = outcome.rejected() == 0,
                        .repeated = outcome.repeated() > 0,
                        .remarks = outcome.rejects()};
  if (!correction.taken) return correction;
  reject.state = "corrected";
  reject.closed_by = actor;
  reject.closed = now;
  TRY(transaction.imports().update_reject(reject));
  return correction;
}

void append_csv_field(std::string& line, std::string_view text) {
  if (!line.empty()) line.push_back(',');
  line.push_back('"');
  for (const char c : text) {
    if (c == '"') line.push_back('"');
    line.push_back(c);
  }
  line.push_back('"');
}

Result<> write_rejects(ports::Store& store, const ports::RejectFilter& filter,
                       const std::function<Result<>(const Reject&)>& write) {
  for (ports::RejectCursor after;;) {
    const RejectPage page = TRY(list_rejects(store, filter, after, kExportPage));
    for (const Reject& reject : page.rejects) TRY(write(reject));
    if (!page.next) return {};
    after = *page.next;
  }
}

}  // namespace

Result<RejectPage> list_rejects(ports::Store& store, const ports::RejectFilter& filter,
                                const ports::RejectCursor& after, std::size_t limit) {
  auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  RejectPage page;
  page.rejects = TRY(transaction->imports().list_rejects(filter, after, limit + 1));
  if (page.rejects.size() > limit) {
    page.rejects.resize(limit);
    page.next = cursor_at(page.rejects.back());
  }
  return page;
}

Result<Reject> find_reject(ports::Store& store, domain::RejectId id) {
  auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  return load_reject(*transaction, id);
}

Result<Correction> correct_reject(const RejectTools& tools, domain::RejectId id,
                                  std::string_view record, std::string_view actor) {
  Correction correction;
  TRY(ports::run_in_transaction(tools.store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kImportLock));
    Reject reject = TRY(load_open_reject(transaction, id));
    correction = TRY(take_again(transaction, tools, std::move(reject), record, actor));
    return {};
  }));
  return correction;
}

Result<RetakeReport> retake_rejects(const RejectTools& tools, const ports::RejectFilter& filter,
                                    std::string_view actor) {
  ports::RejectFilter open = filter;
  open.state = "open";
  RetakeReport report;
  for (ports::RejectCursor after;;) {
    const RejectPage page = TRY(list_rejects(tools.store, open, after, kExportPage));
    for (const Reject& reject : page.rejects) {
      ++report.tried;
      const auto correction = correct_reject(tools, reject.id, reject.raw, actor);
      // Lines that were cut short or hold several records stay for people to correct.
      if (!correction && correction.error().code != "not_one_record") {
        return std::unexpected(correction.error());
      }
      if (correction && correction->taken) ++report.taken;
    }
    if (!page.next) return report;
    after = *page.next;
  }
}

Result<> discard_reject(ports::Store& store, const base::Clock& clock, domain::RejectId id,
                        std::string_view reason, std::string_view actor) {
  if (reason.find_first_not_of(' ') == std::string_view::npos) {
    return base::fail("missing_reason", "say why the record is discarded");
  }
  return ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kImportLock));
    Reject reject = TRY(load_open_reject(transaction, id));
    reject.state = "discarded";
    reject.closed_by = std::string(actor) + ": " + std::string(reason);
    reject.closed = clock.now();
    return transaction.imports().update_reject(reject);
  });
}

Result<> export_rejects(ports::Store& store, const ports::RejectFilter& filter, ExportForm form,
                        const std::function<Result<>(std::string_view piece)>& write) {
  if (form == ExportForm::kCsv) {
    TRY(write(kRejectCsvHead));
    return write_rejects(store, filter,
                         [&](const Reject& reject) { return write(to_csv(reject)); });
  }
  bool first = true;
  TRY(write_rejects(store, filter, [&](const Reject& reject) {
    const std::string_view before = std::exchange(first, false) ? "[\n" : ",\n";
    return write(std::string(before) + to_json(reject).dump());
  }));
  return write(first ? "[]\n" : "\n]\n");
}

std::string to_csv(const Reject& reject) {
  std::string line;
  for (const std::string& text :
       {reject.id.to_string(), reject.file_name, reject.mapping, std::to_string(reject.line),
        reject.field, reject.code, reject.reason, reject.state, reject.closed_by,
        reject.recorded.to_string(), reject.raw}) {
    append_csv_field(line, text);
  }
  return line + "\r\n";
}

base::Json to_json(const Reject& reject) {
  base::Json json;
  json.set("id", reject.id.to_string())
      .set("file", reject.file.to_string())
      .set("file_name", reject.file_name)
      .set("mapping", reject.mapping)
      .set("line", reject.line)
      .set("field", reject.field)
      .set("code", reject.code)
      .set("reason", reject.reason)
      .set("state", reject.state)
      .set("closed_by", reject.closed_by)
      .set("closed", reject.closed ? base::Json(reject.closed->to_string()) : base::Json())
      .set("recorded", reject.recorded.to_string())
      .set("context", reject.context)
      .set("raw", reject.raw);
  return json;
}

}  // namespace flows
