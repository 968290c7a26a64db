#include "flows/access/sign_in.h"

#include <optional>

#include "base/result/check.h"
#include "domain/access/credentials.h"

namespace flows {
namespace {

std::unexpected<base::Error> refused() {
  return base::fail("sign_in_refused",
                    "the login or the password is wrong, or there were too many wrong passwords; "
                    "wait a while before the next try");
}

// What the password of an unknown login is compared with, to take the time of a known one.
const std::string& hash_of_nobody() {
  static const std::string hash = [] {
    auto made = crypto::hash_password("nobody has this password");
    CHECK(made.has_value());
    return *std::move(made);
  }();
  return hash;
}

base::Result<std::optional<ports::User>> find_user(ports::Store& store, std::string_view login) {
  const auto normal = domain::normalise_login(login);
  if (!normal) return std::nullopt;
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  return transaction->access().find_login(*normal);
}

// Counts a wrong password, unless the user is waiting already, and writes the refusal down.
base::Result<> note_refusal(const AccessPorts& access, const std::optional<ports::User>& user,
                            bool counts) {
  return ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        auto current =
            user && counts ? TRY(transaction.access().find_user_to_change(user->id)) : std::nullopt;
        if (current) {
          current->failed_logins += 1;
          const std::int64_t wait = domain::lock_micros_after(current->failed_logins);
          if (wait > 0) current->locked_until = access.clock.now() + wait;
          TRY(transaction.access().update_user(*current));
        }
        return write_audit(transaction, access,
                           {.actor = "anybody",
                            .action = "session.refused",
                            .subject = user ? user->id.to_string() : "unknown login"});
      });
}

base::Result<> start_session(const AccessPorts& access, const ports::User& user,
                             const ports::Session& session) {
  return ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        auto current = TRY(transaction.access().find_user_to_change(user.id));
        if (!current || !current->active) return refused();
        current->failed_logins = 0;
        current->locked_until = {};
        TRY(transaction.access().update_user(*current));
        TRY(transaction.access().remove_expired_sessions(access.clock.now()));
        TRY(transaction.access().add_session(session));
        const std::string id = user.id.to_string();
        return write_audit(transaction, access,
                           {.actor = id, .action = "session.started", .subject = id});
      });
}

}  // namespace

base::Result<SignedIn> sign_in(const AccessPorts& access, std::string_view login,
                               std::string_view password, std::int64_t lifetime_micros) {
  const std::optional<ports::User> user = TRY(find_user(access.store, login));
  const bool has_password = user && !user->password_hash.empty();
  const bool right =
      crypto::verify_password(has_password ? user->password_hash : hash_of_nobody(), password);
  const base::Instant now = access.clock.now();
  const bool waiting = user && now < user->locked_until;
  if (!right || !has_password || !user->active || waiting) {
    TRY(note_refusal(access, user, !waiting));
    return refused();
  }
  const std::string label = "session:" + user->login + ":" + std::to_string(now.micros);
  SignedIn signed_in;
  signed_in.token = crypto::random_token(access.random, label);
  signed_in.user = user->id;
  signed_in.expires = now + lifetime_micros;
  TRY(start_session(access, *user,
                    {.token_hash = hash_of_secret(signed_in.token),
                     .user = user->id,
                     .csrf = crypto::random_token(access.random, "csrf:" + label),
                     .started = now,
                     .expires = signed_in.expires}));
  return signed_in;
}

base::Result<> sign_out(const AccessPorts& access, std::string_view token) {
  const std::string hash = hash_of_secret(token);
  return ports::run_in_transaction(
      access.store, [&](ports::Transaction& transaction) -> base::Result<> {
        const auto session = TRY(transaction.access().find_session(hash));
        if (!session) return {};
        TRY(transaction.access().end_session(hash));
        const std::string id = session->user.to_string();
        return write_audit(transaction, access,
                           {.actor = id, .action = "session.ended", .subject = id});
      });
}

}  // namespace flows
