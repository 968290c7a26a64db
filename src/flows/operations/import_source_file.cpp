#include "flows/operations/import_source_file.h"

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "flows/care/time_zone.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_batch.h"
#include "flows/operations/import_terms.h"
#include "formats/source/registry.h"
#include "ports/catalogue.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;
using formats::source::SourceItem;
using ports::ImportFile;

domain::FileId file_id(const Snapshot& source, std::string_view mapping) {
  return derived_id<domain::FileId>({"import_file", mapping, crypto::to_hex(source.sha256())});
}

ImportFile new_file(const Snapshot& source, std::string mapping, base::Instant now) {
  const auto& sha256 = source.sha256();
  return {.id = file_id(source, mapping),
          .name = source.name(),
          .mapping = std::move(mapping),
          .sha256 = {reinterpret_cast<const char*>(sha256.data()), sha256.size()},
          .size = source.size(),
          .state = "reading",
          .next_line = 1,
          .next_offset = 0,
          .records = 0,
          .accepted = 0,
          .repeated = 0,
          .rejected = 0,
          .recorded = now};
}

Result<> check_encoding(const Snapshot& source, const formats::source::RecordMapping& mapping) {
  formats::source::EncodingProbe probe;
  TRY(source.for_each_chunk([&](std::string_view chunk) -> Result<> {
    probe.look_at(chunk);
    return {};
  }));
  return probe.check(mapping.encoding, source.name());
}

// What goes into one transaction.
struct Batch {
  std::vector<SourceItem> items;
  std::size_t bytes = 0;
  std::string header;  // As read so far.
  bool last = false;
};

// One file on its way into the database. While a batch is written, the next one is read: by
// another thread, one batch at a time and in their order, so that nothing depends on it.
class FileImport {
 public:
  FileImport(ports::Store& store, const base::Clock& clock, const Snapshot& source,
             const ImportRequest& request, const OnImportProgress& on_progress)
      : store_(store),
        clock_(clock),
        source_(source),
        request_(request),
        on_progress_(on_progress) {}

  Result<ImportReport> run();

 private:
  Result<> find_file();
  Result<> open_file();
  Result<> read_file();
  [[nodiscard]] std::size_t batch_records_max() const;
  Result<> add(SourceItem&& item);
  Result<> hand_over(bool last);
  Result<> wait_for_writer();
  Result<ImportFile> store(ports::Transaction& transaction, const Batch& batch) const;
  Result<ImportReport> report();

  ports::Store& store_;
  const base::Clock& clock_;
  const Snapshot& source_;
  const ImportRequest& request_;
  const OnImportProgress& on_progress_;

  std::optional<ImportTerms> terms_;
  std::optional<domain::BankCalendar> calendar_;
  std::unique_ptr<formats::source::Reader> reader_;
  ImportFile file_;
  bool is_stored_ = false;
  bool was_imported_ = false;
  Batch batch_;
  std::future<Result<ImportFile>> written_;  // Last, so that it ends before what it uses.
};

Result<ImportReport> FileImport::run() {
  TRY(find_file());
  if (!was_imported_) {
    TRY(check_encoding(source_, request_.mapping));
    TRY(read_file());
  }
  return report();
}

Result<> FileImport::find_file() {
  file_ = new_file(source_, request_.mapping.source(), clock_.now());
  auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
  terms_ = TRY(load_terms(*transaction, request_.operator_code));
  calendar_ = TRY(holidays_of(terms_->seller, request_.rules));
  if (auto found = TRY(transaction->imports().find_file(file_.id))) {
    file_ = *std::move(found);
    is_stored_ = true;
    was_imported_ = file_.state == "done";
  }
  return {};
}

// Once the head of the file is known to be right.
Result<> FileImport::open_file() {
  if (is_stored_) return {};
  TRY(ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
    TRY(transaction.work().lock(kImportLock));
    if (auto found = TRY(transaction.imports().find_file(file_.id))) {
      file_ = *std::move(found);
      return {};
    }
    return transaction.imports().add_file(file_);
  }));
  is_stored_ = true;
  return {};
}

Result<> FileImport::read_file() {
  reader_ = formats::source::make_reader(request_.mapping);
  const auto take = [&](SourceItem&& item) { return add(std::move(item)); };
  auto read =
      source_.for_each_chunk([&](std::string_view chunk) { return reader_->feed(chunk, take); });
  if (read) read = reader_->finish(take);
  if (!read) {
    base::Error error = std::move(read).error();
    // What is wrong with the head is said of a line; here it is known of which file.
    const bool of_head = !reader_->knows_head();
    if (of_head) error.place = source_.name() + (error.place.empty() ? "" : ", " + error.place);
    return std::unexpected(std::move(error));
  }
  TRY(open_file());
  TRY(hand_over(true));
  return wait_for_writer();
}

Result<> FileImport::add(SourceItem&& item) {
  TRY(open_file());
  if (item.line < file_.next_line) return {};
  if (batch_.items.size() >= batch_records_max() || batch_.bytes > kImportBatchBytesMax) {
    TRY(hand_over(false));
  }
  batch_.bytes += item.raw.size();
  batch_.items.push_back(std::move(item));
  return {};
}

std::size_t FileImport::batch_records_max() const {
  if (request_.batch_records_max > 0) return request_.batch_records_max;
  return request_.mapping.kind->name == "usage" ? kUsageBatchRecordsMax : kImportBatchRecordsMax;
}

Result<> FileImport::hand_over(bool last) {
  TRY(wait_for_writer());
  Batch batch = std::exchange(batch_, {});
  batch.header = reader_->context();
  batch.last = last;
  const auto write = [this, batch = std::move(batch)] {
    Result<ImportFile> after;
    const auto done =
        ports::run_in_transaction(store_, [&](ports::Transaction& transaction) -> Result<> {
          after = TRY(store(transaction, batch));
          return {};
        });
    return done ? std::move(after) : std::unexpected(done.error());
  };
  written_ = std::async(std::launch::async, write);
  return {};
}

Result<> FileImport::wait_for_writer() {
  if (!written_.valid()) return {};
  file_ = TRY(written_.get());
  if (on_progress_) {
    on_progress_({.file_name = file_.name,
                  .bytes_done = file_.next_offset,
                  .bytes = file_.size,
                  .records = file_.records,
                  .rejected = file_.rejected});
  }
  return {};
}

Result<ImportFile> FileImport::store(ports::Transaction& transaction, const Batch& batch) const {
  TRY(transaction.work().lock(kImportLock));
  ImportFile file = TRY(transaction.imports().find_file(file_.id)).value_or(file_);
  if (file.state == "done") return file;
  // Another process may be importing the same file: what it has done is done.
  const auto first_left = std::ranges::partition_point(
      batch.items, [&](const SourceItem& item) { return item.line < file.next_line; });
  const std::span<const SourceItem> items(first_left, batch.items.end());
  const base::TimeZone zone = TRY(time_zone(terms_->seller.time_zone));
  const ImportContext context{.mapping = request_.mapping,
                              .seller = terms_->seller,
                              .catalogue = terms_->catalogue,
                              .file = file.id,
                              .file_name = file.name,
                              .header = batch.header,
                              .recorded = file.recorded,
                              .today = zone.local_date(file.recorded),
                              .actor = request_.actor,
                              .zone = zone,
                              .calendar = calendar_ ? &*calendar_ : nullptr};
  const BatchOutcome outcome = TRY(take_batch(transaction, context, items));
  TRY(transaction.imports().add_rejects(outcome.rejects()));
  file.records += static_cast<std::int64_t>(items.size());
  file.accepted += outcome.accepted();
  file.repeated += outcome.repeated();
  file.rejected += outcome.rejected();
  if (!items.empty()) {
    file.next_line = items.back().line + 1;
    file.next_offset = items.back().end;
  }
  if (batch.last) {
    file.state = "done";
    file.next_offset = file.size;
  }
  TRY(transaction.imports().update_file(file));
  return file;
}

Result<ImportReport> FileImport::report() {
  auto transaction = TRY(store_.begin(ports::TransactionKind::kRead));
  ports::RejectFilter filter;
  filter.state = "notice";
  filter.file = file_.id;
  const std::int64_t notices = TRY(transaction->imports().count_rejects(filter));
  return ImportReport{.file = file_, .notices = notices, .was_imported = was_imported_};
}

}  // namespace

Result<ImportReport> import_source_file(ports::Store& store, const base::Clock& clock,
                                        const Snapshot& source, const ImportRequest& request,
                                        const OnImportProgress& on_progress) {
  return FileImport(store, clock, source, request, on_progress).run();
}

}  // namespace flows
