// What a customer is told of their plan or kept method: an event in the account's chain, and a
// message in the outbox that a channel makes words of.
//
// The message names its kind and the facts, never a text: the language is the customer's, and the
// words stand in one place for all channels.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/date.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "ports/store.h"

namespace flows {

struct AccountNote {
  domain::AccountId account;
  std::string_view kind;  // Of domain/events.
  base::Json data;
  std::string actor;
  base::Date day;
  base::Instant recorded;
  bool tell = false;  // The customer is told, too.
};
// In the caller's transaction.
[[nodiscard]] base::Result<> keep_note(ports::Transaction& transaction, const AccountNote& note);

inline constexpr std::string_view kNoticeTopic = "customer_notice";

}  // namespace flows
