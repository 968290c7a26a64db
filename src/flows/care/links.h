// Links to bills (D6): an opaque token opens exactly one bill. Only its hash is stored; the token
// itself is a keyed hash of bill and attempt, so that whoever holds the key can print it again.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"
#include "ports/billing.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"

namespace flows {

// The attempt whose link is made when a bill is issued; it stands on the paper.
inline constexpr std::string_view kIssueAttempt = "issue";

// 160 bits in base64url: 27 letters.
[[nodiscard]] std::string link_token(const crypto::Key& link_key, domain::BillId bill,
                                     std::string_view attempt);
// What is stored of it: SHA-256, 32 bytes.
[[nodiscard]] std::string link_token_hash(std::string_view token);

struct LinkRequest {
  domain::AccountId account;
  domain::BillId bill;
  std::string attempt;  // Who asked and when, e.g. "agent:2026-11-22T07:44:22Z".
  std::string actor;
};
// A new link, stored with its event; the same attempt again answers the same token.
// Errors: bill_not_found.
[[nodiscard]] base::Result<std::string> create_link(ports::Store& store, const base::Clock& clock,
                                                    const crypto::Key& link_key,
                                                    const LinkRequest& request);

}  // namespace flows
