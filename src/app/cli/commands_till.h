// Commands of tills: drawers and their sessions, cash for bills, and the code of a bill.
#pragma once

#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace app::cli {

[[nodiscard]] Outcome till_drawers(const Context& context);

struct TillOpenOptions {
  std::string drawer, count, key, by;
};
[[nodiscard]] Outcome till_open(const Context& context, const TillOpenOptions& options);

struct TillTakeOptions {
  std::string drawer, key, by;
  std::vector<std::string> bills;
  std::string tendered;  // Empty: exactly what is asked for.
  bool part = false, to_credit = false;
};
[[nodiscard]] Outcome till_take(const Context& context, const TillTakeOptions& options);

struct TillUndoOptions {
  std::string drawer, key, by, reason;
  std::int64_t entry = 0;
};
[[nodiscard]] Outcome till_undo(const Context& context, const TillUndoOptions& options);

struct TillMoveOptions {
  std::string drawer, amount, key, by;
  bool from_safe = false;
};
[[nodiscard]] Outcome till_move(const Context& context, const TillMoveOptions& options);

struct TillPayOutOptions {
  std::string drawer, account, amount, reason, refund, key, by;
};
[[nodiscard]] Outcome till_pay_out(const Context& context, const TillPayOutOptions& options);

struct TillCloseOptions {
  std::string drawer, count, reason, key, by;
};
[[nodiscard]] Outcome till_close(const Context& context, const TillCloseOptions& options);

struct TillDepositOptions {
  std::string safe, amount, reference, by;
  bool fetched = false;
};
[[nodiscard]] Outcome till_deposit(const Context& context, const TillDepositOptions& options);

struct TillSessionsOptions {
  std::string drawer;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome till_sessions(const Context& context, const TillSessionsOptions& options);

struct TillShowOptions {
  std::string drawer;
  std::int64_t session = 0;  // 0: the last.
};
[[nodiscard]] Outcome till_show(const Context& context, const TillShowOptions& options);

struct TillReceiptOptions {
  std::string drawer, language, output;
  std::string width = "80";
  std::int64_t receipt = 0;
  bool pdf = false;
};
[[nodiscard]] Outcome till_receipt(const Context& context, const TillReceiptOptions& options);

[[nodiscard]] Outcome till_code(const Context& context, const std::string& bill);

}  // namespace app::cli
