// once(): a write that is asked for twice with the same key is done once.
#include <optional>

#include "ports/work.h"
#include "support/json/parse.h"
#include "web/api/answer.h"

namespace web::api {
namespace {

constexpr std::size_t kKeyBytesMax = 200;

struct Key {
  std::string scope;  // Whose key it is: users do not see one another's.
  std::string text;
  std::string request;  // What it stands for: the same key for another request is an error.
};

bool is_printable(std::string_view text) {
  for (const char c : text) {
    if (c < '!' || c > '~') return false;
  }
  return true;
}

base::Result<Key> read_key(const Call& call) {
  const bool is_form = surface_of(call.route->path) == Surface::kConsole;
  const std::string text = is_form ? call.form.text("idempotency_key")
                                   : std::string(call.request.headers.get("idempotency-key"));
  if (text.empty()) {
    return base::fail("idempotency_key_missing",
                      "send a header Idempotency-Key with a text of your own, so that a "
                      "repetition is not done twice");
  }
  if (text.size() > kKeyBytesMax || !is_printable(text)) {
    return base::fail("bad_idempotency_key",
                      "an idempotency key is 1 to 200 letters, digits and signs without spaces");
  }
  Key key{.scope = call.who.actor(), .text = text, .request = std::string(call.route->path)};
  for (const auto& [name, value] : call.values) key.request += "\n" + value;
  key.request += "\n" + (call.file ? crypto::to_hex(call.file->sha256()) : call.request.body);
  return key;
}

base::Json to_json(const OnceAnswer& answer) {
  return base::Json::object().set("location", answer.location).set("body", answer.body);
}

base::Result<OnceAnswer> from_stored(const ports::StoredAnswer& stored) {
  const base::Json json = TRY(json::parse(stored.response));
  return OnceAnswer{stored.status, json["body"], json.text("location")};
}

base::Result<std::optional<OnceAnswer>> find_answer(ports::Transaction& transaction,
                                                    const Key& key) {
  const auto stored = TRY(transaction.work().find_answer(key.scope, key.text, key.request));
  if (!stored) return std::nullopt;
  return TRY(from_stored(*stored));
}

base::Result<> store_answer(ports::Transaction& transaction, const Key& key,
                            const OnceAnswer& answer, base::Instant now) {
  return transaction.work().store_answer(key.scope, key.text, key.request,
                                         {answer.status, to_json(answer).dump()}, now);
}

}  // namespace

base::Result<OnceAnswer> once(
    const Call& call, const std::function<base::Result<OnceAnswer>(ports::Transaction&)>& work) {
  const Key key = TRY(read_key(call));
  OnceAnswer answer;
  TRY(ports::run_in_transaction(
      call.web.store, [&](ports::Transaction& transaction) -> base::Result<> {
        if (auto before = TRY(find_answer(transaction, key))) {
          answer = *std::move(before);
          return {};
        }
        answer = TRY(work(transaction));
        return store_answer(transaction, key, answer, call.web.clock.now());
      }));
  return answer;
}

base::Result<OnceAnswer> once_with_own_transactions(
    const Call& call, const std::function<base::Result<OnceAnswer>()>& work) {
  const Key key = TRY(read_key(call));
  const auto lock = call.guards.idempotency.lock(key.scope + "\n" + key.text);
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    if (auto before = TRY(find_answer(*transaction, key))) return *std::move(before);
  }
  OnceAnswer answer = TRY(work());
  TRY(ports::run_in_transaction(
      call.web.store, [&](ports::Transaction& transaction) -> base::Result<> {
        // Another process may have been as quick with the same key; then its answer stands.
        if (TRY(find_answer(transaction, key))) return {};
        return store_answer(transaction, key, answer, call.web.clock.now());
      }));
  return answer;
}

}  // namespace web::api
