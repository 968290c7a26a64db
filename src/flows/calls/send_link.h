// A link to a bill as a text message to its customer, as somebody at a desk asks for it: a row in
// the outbox, that the sender of text messages makes words of (link_message.h, send_texts.h).
//
// The row names account, bill and language and no number: that is the customer's when it is sent.
#pragma once

#include <string>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"

namespace flows {

struct LinkByText {
  domain::AccountId account;
  domain::BillId bill;
  std::string actor = "command";
};
struct QueuedLink {
  domain::OutboxId message;
  std::string ending;  // Of the number: "67".
};
// Asked for again within a minute it is the same message. Errors: bill_not_found, bill_not_payable
// (nothing is left to pay, or all of it is under way), no_phone_number, and those of the store.
[[nodiscard]] base::Result<QueuedLink> send_link_by_text(ports::Store& store,
                                                         const base::Clock& clock,
                                                         const crypto::Key& link_key,
                                                         const LinkByText& request);

// The customer's number. Errors: no_phone_number.
[[nodiscard]] base::Result<std::string> phone_of(ports::Transaction& transaction,
                                                 domain::AccountId account);

}  // namespace flows
