#include "flows/operations/import_batch.h"

#include <algorithm>

#include "base/result/check.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/take_records.h"

namespace flows {
namespace {

using domain::Problem;
using formats::source::SourceItem;

struct Taker {
  std::string_view kind;  // domain/intake/record_kind.h
  base::Result<BatchOutcome> (*take)(ports::Transaction&, const ImportContext&,
                                     std::span<const SourceItem>);
};
constexpr Taker kTakers[] = {
    {"subscription", take_subscriptions},
    {"order", take_orders},
    {"usage", take_usage},
};

constexpr std::size_t kReasonBytesMax = 2'000;

domain::RejectId reject_id(domain::FileId file, std::int64_t line) {
  const std::string file_text = file.to_string(), line_text = std::to_string(line);
  return derived_id<domain::RejectId>({"reject", file_text, line_text});
}

void describe(std::string& text, std::span<const Problem> problems) {
  for (const Problem& problem : problems) {
    if (text.size() > kReasonBytesMax) return;
    if (!text.empty()) text += "; ";
    if (!problem.field.empty()) text += problem.field + ": ";
    text += problem.text;
  }
}

}  // namespace

void BatchOutcome::accept(const SourceItem& item, std::span<const Problem> notices) {
  ++accepted_;
  if (!notices.empty()) list(item, "notice", notices, {});
}

void BatchOutcome::reject(const SourceItem& item, std::span<const Problem> refusals,
                          std::span<const Problem> notices) {
  CHECK(!refusals.empty());
  ++rejected_;
  list(item, "open", refusals, notices);
}

void BatchOutcome::list(const SourceItem& item, std::string_view state,
                        std::span<const Problem> first, std::span<const Problem> then) {
  std::string reason;
  describe(reason, first);
  describe(reason, then);
  rejects_.push_back({.id = reject_id(context_.file, item.line),
                      .file = context_.file,
                      .file_name = context_.file_name,
                      .mapping = context_.mapping.source(),
                      .line = item.line,
                      .field = first.front().field,
                      .code = first.front().code,
                      .reason = std::move(reason),
                      .context = context_.header,
                      .raw = item.raw,
                      .state = std::string(state),
                      .closed_by = {},
                      .closed = std::nullopt,
                      .recorded = context_.recorded});
}

base::Result<BatchOutcome> take_batch(ports::Transaction& transaction, const ImportContext& context,
                                      std::span<const SourceItem> items) {
  const auto taker = std::ranges::find(kTakers, context.mapping.kind->name, &Taker::kind);
  CHECK(taker != std::end(kTakers));
  return taker->take(transaction, context, items);
}

}  // namespace flows
