// One function for each kind of record (domain/intake/record_kind.h), all of one shape.
#pragma once

#include <span>

#include "flows/operations/import_batch.h"

namespace flows {

[[nodiscard]] base::Result<BatchOutcome> take_subscriptions(
    ports::Transaction& transaction, const ImportContext& context,
    std::span<const formats::source::SourceItem> items);
[[nodiscard]] base::Result<BatchOutcome> take_orders(
    ports::Transaction& transaction, const ImportContext& context,
    std::span<const formats::source::SourceItem> items);

[[nodiscard]] base::Result<BatchOutcome> take_usage(
    ports::Transaction& transaction, const ImportContext& context,
    std::span<const formats::source::SourceItem> items);

}  // namespace flows
