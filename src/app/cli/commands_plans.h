// Commands of bills that are paid in parts, and of kept ways to pay (commands_plans.cpp).
#pragma once

#include <optional>
#include <string>

#include "app/cli/commands.h"

namespace app::cli {

struct PlanListOptions {
  std::string account;  // Its id, or a customer's number.
  std::string state;
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome plan_list(const Context& context, const PlanListOptions& options);
// `bill` is a bill's id, its payment reference or its invoice's number.
[[nodiscard]] Outcome plan_show(const Context& context, const std::string& bill);

struct PlanAgreeOptions {
  std::string bill;
  std::int64_t parts = 0;
  std::string first;  // The day of the first part.
  std::string key;    // The same is the same plan; of the bill, the parts and the day without.
  std::string by;
  bool dry_run = false;
};
[[nodiscard]] Outcome plan_agree(const Context& context, const PlanAgreeOptions& options);

struct PlanEndOptions {
  std::string bill, reason, by;
};
[[nodiscard]] Outcome plan_end(const Context& context, const PlanEndOptions& options);

struct DailyOptions {
  std::string day;  // Empty: today.
  bool dry_run = false;
};
[[nodiscard]] Outcome plan_follow(const Context& context, const DailyOptions& options);

[[nodiscard]] Outcome method_list(const Context& context, const std::string& account);
struct MethodForgetOptions {
  std::string account, method, by;
};
[[nodiscard]] Outcome method_forget(const Context& context, const MethodForgetOptions& options);
// A negative answer where something could not be charged for want of a setting of ours.
[[nodiscard]] Outcome method_charge(const Context& context, const DailyOptions& options);

}  // namespace app::cli
