// What the flows of this folder share: where they write, whose time and randomness they use, and
// how a row of the audit trail is made.
#pragma once

#include <string_view>

#include "base/result/result.h"
#include "base/text/json.h"
#include "base/time/instant.h"
#include "ports/access.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"

namespace flows {

// References to what outlives the flows.
struct AccessPorts {
  ports::Store& store;
  const base::Clock& clock;
  crypto::Random& random;
};

// What a row of the audit trail tells, besides when.
struct AuditEntry {
  std::string_view actor;                    // "user_...", "tok_...", "cli".
  std::string_view action;                   // "user.created"
  std::string_view subject;                  // The thing's id, or a path.
  base::Json detail = base::Json::object();  // Ids and codes, no personal text.
};

// Adds the row in the transaction of the change that it tells of.
[[nodiscard]] base::Result<> write_audit(ports::Transaction& transaction, const AccessPorts& access,
                                         const AuditEntry& entry);
// In a transaction of its own, for a look.
[[nodiscard]] base::Result<> record_audit(const AccessPorts& access, const AuditEntry& entry);

// The user of a login, for flows that name people by it. Errors: user_not_found.
[[nodiscard]] base::Result<ports::User> require_login(ports::Transaction& transaction,
                                                      std::string_view login);

// Errors: last_admin where nobody but this user is an active admin.
[[nodiscard]] base::Result<> require_other_admin(ports::Transaction& transaction,
                                                 const ports::User& user);

// What is kept of a session's or a token's secret: 32 bytes of SHA-256. It is as random as they
// are, so that no salt or slow hash is needed.
[[nodiscard]] std::string hash_of_secret(std::string_view secret);

}  // namespace flows
