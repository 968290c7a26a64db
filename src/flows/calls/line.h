// The telephone line of an installation: which numbers are called, in which language they answer,
// who is connected to, and what the flows of calls are given to work with.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time/instant.h"
#include "domain/call/dialogue.h"
#include "flows/intents/gateways.h"
#include "ports/store.h"
#include "support/crypto/crypto.h"
#include "support/locale/catalogue.h"
#include "support/locale/speaker.h"

namespace flows {

struct CallNumber {
  std::string language;       // "sv"
  std::string operator_code;  // Whose name is said; empty: the first operator's.
};

struct CallLine {
  std::map<std::string, CallNumber, std::less<>> numbers;  // "+4686001000"
  // Offered by key to who calls another number.
  std::vector<std::string> languages = {"en"};
  bool takes_kept_methods = true;  // Who calls from their own number may pay with what they keep.
  bool sends_links = true;         // Somebody sends the text messages that wait in the outbox.
  std::string agent;  // The number of customer service; empty: callers are told to call it.
  // The platform's own way to ask for a card, and the gateway that charges its token; empty: none.
  std::string card_connector, card_gateway;

  [[nodiscard]] domain::CallTerms terms() const {
    return {.languages = languages, .has_agent = !agent.empty()};
  }
};

// All outlive the calls.
struct CallTools {
  ports::Store& store;
  const base::Clock& clock;
  const Gateways& gateways;
  const crypto::Key& link_key;
  const locale::Catalogue& texts;
  const locale::Speakers& speakers;
  const CallLine& line;
  std::string public_url;  // "https://pay.aurora.example"
  // Whether this code may be tried now, whoever says it; null: always.
  std::function<bool(std::string_view code)> may_try_code = {};
};

}  // namespace flows
