// TextSender: somebody who brings text messages to telephones.
//
// There is no key by which such a provider knows an order again: what was not answered is looked
// for before it is sent a second time. Whoever sends keeps the message before, and never sends
// inside a transaction. What became of a message is told later, by whoever can sign for it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.h"

namespace ports {

struct TextOrder {
  std::string to;  // "+46701234567"
  std::string text;
  std::string callback_url;  // Where it is told what became of it; empty: nowhere.
};

enum class TextState {
  kTaken,  // With the provider, or on its way.
  kDelivered,
  kRefused,  // It cannot arrive: trying again changes nothing.
  kLater,    // It was surely not taken; it may be another time.
  kUnknown,  // No answer, or one that says nothing: it may have been taken.
};

struct TextOutcome {
  TextState state = TextState::kUnknown;
  std::string reference = {};     // How the provider names the message.
  std::string code = {};          // The provider's own, of a refusal; or why nothing is known.
  std::int64_t wait_seconds = 0;  // What the provider asks for before the next try.
};

// A word of the provider's: the address that it called, as it is known outside.
struct TextCallback {
  std::string url;
  std::map<std::string, std::string> headers;  // Names in small letters.
  std::vector<std::pair<std::string, std::string>> form;
};

class TextSender {
 public:
  virtual ~TextSender() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;  // "twilio"

  // Errors: http_bad_request, which is ours to mend.
  [[nodiscard]] virtual base::Result<TextOutcome> send(const TextOrder& order) = 0;
  // Whether the provider has it already; nothing: it has not. kUnknown where it did not answer.
  [[nodiscard]] virtual base::Result<std::optional<TextOutcome>> find(const TextOrder& order) = 0;
  // Errors: text_signature_wrong, text_word_malformed.
  [[nodiscard]] virtual base::Result<TextOutcome> read_word(const TextCallback& word) const = 0;
};

}  // namespace ports
