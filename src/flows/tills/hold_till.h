// A drawer and its open session, held while something is added to it: one writer at a time.
//
// Every change of a drawer is one transaction: the entry, its posting, its receipt number, and
// what it is for. A request's key makes it once: asked again, also after its session has ended,
// the same entry is the answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/operator/operator.h"
#include "domain/till/till.h"
#include "ports/store.h"

namespace flows {

// What a till did: the entry, and whose it is. Made anew, or found by its key.
struct TillResult {
  domain::TillSession session;
  domain::TillEntry entry;
};

[[nodiscard]] domain::DrawerId drawer_id(const std::string& name);
// Errors: drawer_not_found (operator.toml has none of that name).
[[nodiscard]] base::Result<domain::Drawer> find_drawer(const domain::Operator& seller,
                                                       const std::string& name);

struct HeldTill {
  domain::Operator seller;
  domain::Drawer drawer;
  domain::TillSession session;
  std::vector<domain::TillEntry> entries;
  base::Instant now;
  base::Date today;
};

// Waits for others at the drawer. Nothing where it is closed. Errors: drawer_not_found.
[[nodiscard]] base::Result<std::optional<HeldTill>> hold_till(ports::Transaction& transaction,
                                                              const base::Clock& clock,
                                                              const std::string& drawer);
// Errors: till_closed too.
[[nodiscard]] base::Result<HeldTill> hold_open_till(ports::Transaction& transaction,
                                                    const base::Clock& clock,
                                                    const std::string& drawer);
// What the key did before; the drawer need not be open. Errors: missing_request_key,
// request_key_reused (it was something of another kind).
[[nodiscard]] base::Result<std::optional<TillResult>> find_done(ports::Transaction& transaction,
                                                                const std::string& drawer,
                                                                const std::string& request_key,
                                                                domain::TillEntryKind kind);

// The next receipt of the drawer. Gapless, because it is part of the transaction.
[[nodiscard]] base::Result<std::int64_t> next_receipt(ports::Transaction& transaction,
                                                      const HeldTill& till);

// Adds it to the session: ordinal, day and time are filled in; with its posting and the audit.
[[nodiscard]] base::Result<TillResult> add_entry(ports::Transaction& transaction, HeldTill& till,
                                                 domain::TillEntry entry);

}  // namespace flows
