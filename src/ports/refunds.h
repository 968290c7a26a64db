// Refunds and the files in which they went to the bank. Names, accounts and reasons of payees are
// sealed on disk.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "domain/refund/refund.h"

namespace ports {

struct RefundFilter {
  std::optional<domain::RefundState> state = {};
  std::optional<domain::AccountId> account = {};
  std::optional<domain::RefundBatchId> batch = {};
  std::size_t limit = 50;
};

class Refunds {
 public:
  virtual ~Refunds() = default;

  // Errors: constraint_violated where the id is taken.
  [[nodiscard]] virtual base::Result<> add(const domain::Refund& refund) = 0;
  // State and what comes with it.
  [[nodiscard]] virtual base::Result<> update(const domain::Refund& refund) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::Refund>> find(domain::RefundId id) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<domain::Refund>> list(
      const RefundFilter& filter) = 0;
  // On its way at the end of a day: taken from credit or suspense, neither out nor back by then.
  [[nodiscard]] virtual base::Result<std::vector<domain::Refund>> on_their_way(base::Date day) = 0;

  [[nodiscard]] virtual base::Result<> add_batch(const domain::RefundBatch& batch) = 0;
  [[nodiscard]] virtual base::Result<std::optional<domain::RefundBatch>> find_batch(
      domain::RefundBatchId id) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<domain::RefundBatch>> list_batches(
      std::size_t limit) = 0;
};

}  // namespace ports
