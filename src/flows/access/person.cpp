#include "flows/access/person.h"

#include <algorithm>

#include "ports/access.h"

namespace flows {
namespace {

using base::Result;

constexpr std::string_view kCommandPrefix = "cli:";

std::string in_small_letters(std::string_view text) {
  std::string small(text);
  std::ranges::transform(small, small.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return small;
}

// Whose token it is. A revoked one was somebody's too.
Result<std::string> owner_of(ports::Transaction& transaction, domain::TokenId id) {
  for (const ports::User& user : TRY(transaction.access().list_users())) {
    for (const ports::ApiToken& token : TRY(transaction.access().list_api_tokens(user.id))) {
      if (token.id == id) return user.id.to_string();
    }
  }
  return id.to_string();
}

}  // namespace

Result<std::string> person_of(ports::Transaction& transaction, std::string_view actor) {
  std::string name = in_small_letters(actor);
  if (name.starts_with(kCommandPrefix)) name.erase(0, kCommandPrefix.size());
  if (domain::UserId::parse(name)) return name;
  if (const auto token = domain::TokenId::parse(name)) return owner_of(transaction, *token);
  const auto user = TRY(transaction.access().find_login(name));
  return user ? user->id.to_string() : name;
}

Result<bool> is_same_person(ports::Transaction& transaction, std::string_view one,
                            std::string_view other) {
  const std::string first = TRY(person_of(transaction, one));
  return first == TRY(person_of(transaction, other));
}

}  // namespace flows
