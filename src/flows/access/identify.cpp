#include "flows/access/identify.h"

#include <algorithm>

namespace flows {
namespace {

std::unexpected<base::Error> not_signed_in() {
  return base::fail("not_signed_in", "sign in first; the session is unknown or has ended");
}

std::unexpected<base::Error> token_not_valid() {
  return base::fail("token_not_valid", "the API token is unknown, expired or revoked");
}

// The part of an identity that is the user's; nothing where they may not come in.
base::Result<std::optional<Identity>> load_user(ports::Transaction& transaction,
                                                domain::UserId id) {
  const auto user = TRY(transaction.access().find_user(id));
  if (!user || !user->active) return std::nullopt;
  Identity identity;
  identity.user = id;
  identity.name = user->name;
  identity.language = user->language;
  identity.may = domain::permissions_of(TRY(transaction.access().roles_of(id)));
  return identity;
}

base::Result<> renew(const AccessPorts& access, const ports::Session& session,
                     std::int64_t lifetime_micros) {
  const base::Instant wanted =
      std::min(access.clock.now() + lifetime_micros, session.started + kSessionMicrosMax);
  if (wanted - session.expires < kSessionRenewalMicros) return {};
  return ports::run_in_transaction(access.store, [&](ports::Transaction& transaction) {
    return transaction.access().extend_session(session.token_hash, wanted);
  });
}

}  // namespace

std::string Identity::actor() const {
  switch (kind) {
    case Kind::kAnybody: return "anybody";
    case Kind::kSession: return user.to_string();
    case Kind::kApiToken: return token.to_string();
  }
  __builtin_unreachable();
}

base::Result<Identity> identify_session(const AccessPorts& access, std::string_view token,
                                        std::int64_t lifetime_micros) {
  auto transaction = TRY(access.store.begin(ports::TransactionKind::kRead));
  const auto session = TRY(transaction->access().find_session(hash_of_secret(token)));
  if (!session || session->expires <= access.clock.now()) return not_signed_in();
  auto identity = TRY(load_user(*transaction, session->user));
  if (!identity) return not_signed_in();
  transaction.reset();  // Before a writing one begins: never two at once in a thread.
  TRY(renew(access, *session, lifetime_micros));
  identity->kind = Identity::Kind::kSession;
  identity->csrf = session->csrf;
  return *std::move(identity);
}

base::Result<Identity> identify_api_token(const AccessPorts& access, std::string_view token) {
  const auto transaction = TRY(access.store.begin(ports::TransactionKind::kRead));
  const auto found = TRY(transaction->access().find_api_token(hash_of_secret(token)));
  const base::Instant now = access.clock.now();
  if (!found || found->revoked || (found->expires && *found->expires <= now)) {
    return token_not_valid();
  }
  auto identity = TRY(load_user(*transaction, found->user));
  if (!identity) return token_not_valid();
  identity->kind = Identity::Kind::kApiToken;
  identity->token = found->id;
  identity->may = identity->may & (found->scopes | domain::permissions_of({}));
  return *std::move(identity);
}

}  // namespace flows
