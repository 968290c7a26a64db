// The ids of what reconciliation and refunds keep; the others stand in domain/ids.h.
#pragma once

#include "base/id/id.h"

namespace domain {

struct BankStatementIdTag {
  static constexpr std::string_view kPrefix = "stmt";
};
using BankStatementId = base::Id<BankStatementIdTag>;

struct HouseEntryIdTag {
  static constexpr std::string_view kPrefix = "house";
};
using HouseEntryId = base::Id<HouseEntryIdTag>;

struct SettlementIdTag {
  static constexpr std::string_view kPrefix = "setl";
};
using SettlementId = base::Id<SettlementIdTag>;

struct RefundIdTag {
  static constexpr std::string_view kPrefix = "rfnd";
};
using RefundId = base::Id<RefundIdTag>;

struct RefundBatchIdTag {
  static constexpr std::string_view kPrefix = "rbat";
};
using RefundBatchId = base::Id<RefundBatchIdTag>;

}  // namespace domain
