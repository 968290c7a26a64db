// Who stands behind an actor. Where two people are needed, what is compared is people and not how
// they are written: a user signed in, a token of theirs, and their login on a command line are one.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "ports/store.h"

namespace flows {

// "user_..." of a user's id, of one of their tokens ("tok_..."), or of their login in any case,
// with or without "cli:" before it. What is none of these is itself, in small letters.
[[nodiscard]] base::Result<std::string> person_of(ports::Transaction& transaction,
                                                  std::string_view actor);
// Whether both are the same person.
[[nodiscard]] base::Result<bool> is_same_person(ports::Transaction& transaction,
                                                std::string_view one, std::string_view other);

}  // namespace flows
