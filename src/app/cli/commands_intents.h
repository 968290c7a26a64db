// Commands of payments through providers (commands_intents.cpp).
#pragma once

#include <string>

#include "app/cli/commands.h"

namespace app::cli {

struct IntentListOptions {
  std::string gateway;
  std::string state;
  std::string account;  // Its id.
  std::string after;
  std::int64_t limit = 50;
};
[[nodiscard]] Outcome intent_list(const Context& context, const IntentListOptions& options);
[[nodiscard]] Outcome intent_show(const Context& context, const std::string& intent);

struct IntentAskOptions {
  std::string intent;  // Empty: all whose time has come.
  std::int64_t limit = 1'000;
};
// A negative answer where a provider could not be asked.
[[nodiscard]] Outcome intent_ask(const Context& context, const IntentAskOptions& options);
[[nodiscard]] Outcome intent_stop(const Context& context, const std::string& intent);

struct IntentRefundOptions {
  std::string intent;
  std::string amount;  // Empty: all that can go back.
};
[[nodiscard]] Outcome intent_refund(const Context& context, const IntentRefundOptions& options);

struct IntentRenameOptions {
  std::string intent;
  std::string reference, reason, by;
};
[[nodiscard]] Outcome intent_rename(const Context& context, const IntentRenameOptions& options);

}  // namespace app::cli
