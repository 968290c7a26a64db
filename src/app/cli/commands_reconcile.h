// Commands that hold the books against the outside (commands_reconcile.cpp), and that pay money
// back (commands_refunds.cpp).
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app::cli {

// A negative answer where something is not explained.
[[nodiscard]] Outcome reconcile_month(const Context& context, const std::string& month);

struct ReconcileSuspenseOptions {
  std::string as_of;  // Empty: today.
};
[[nodiscard]] Outcome reconcile_suspense(const Context& context,
                                         const ReconcileSuspenseOptions& options);

struct ReconcileSettlementOptions {
  std::string file;
  bool take_anyway = false;
  std::string by;
};
// A negative answer where one is refused.
[[nodiscard]] Outcome reconcile_settlement(const Context& context,
                                           const ReconcileSettlementOptions& options);

struct ReconcileSettlementsOptions {
  bool waiting = false;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome reconcile_settlements(const Context& context,
                                            const ReconcileSettlementsOptions& options);

struct RefundProposeOptions {
  std::string account;  // Its id or a customer's number; or:
  std::string payment;
  std::string amount;  // Empty: all that is there.
  std::string to, name;
  std::string reason;
  std::string by;
};
[[nodiscard]] Outcome refund_propose(const Context& context, const RefundProposeOptions& options);

struct RefundListOptions {
  std::string state;
  std::string account;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome refund_list(const Context& context, const RefundListOptions& options);

struct RefundDecideOptions {
  std::string refund;
  std::string by;
};
[[nodiscard]] Outcome refund_approve(const Context& context, const RefundDecideOptions& options);
[[nodiscard]] Outcome refund_refuse(const Context& context, const RefundDecideOptions& options);

struct RefundWithdrawOptions {
  std::string refund;
  std::string reason;
  std::string by;
};
[[nodiscard]] Outcome refund_withdraw(const Context& context, const RefundWithdrawOptions& options);

struct RefundSendOptions {
  std::string from;   // Our account; empty: the operator's.
  std::string day;    // Empty: today.
  std::string batch;  // Write this file again.
  std::string output;
  std::string by;
};
[[nodiscard]] Outcome refund_send(const Context& context, const RefundSendOptions& options);

}  // namespace app::cli
