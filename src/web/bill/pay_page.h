// /b/{token}/pay: pay the bill of a link through a provider, see what is under way, and stop it.
//
// The form carries a key of its own, so that a double tap is one payment (D4). What is sent is
// checked against the bill again, in the transaction that keeps the payment: a form can be sent by
// hand. What the provider says of a failure is told in our words, never in its own. No script: a
// page that waits for a provider loads itself again. A payment of another account is not found.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/intents/gateways.h"
#include "web/bill/words.h"
#include "web/call.h"
#include "web/http.h"

namespace web::bill {

[[nodiscard]] Response show_pay(const Call& call);
// Begins a payment, or stops one; the answer leads to show_pay().
[[nodiscard]] Response take_pay(const Call& call);
// The customer comes back from a provider's page. A GET, since that is how providers send them; it
// asks for nothing but the truth, so that to load it again changes nothing.
[[nodiscard]] Response come_back(const Call& call);

// "Swish"; empty for a method that has no name but words.
[[nodiscard]] std::string_view method_name(std::string_view method);
// "card", "Swish": as it stands within a sentence.
[[nodiscard]] std::string method_words(std::string_view method, const Words& words);
// The methods that bills in this currency can be paid with.
[[nodiscard]] std::vector<flows::OfferedMethod> methods_for(const flows::Gateways* gateways,
                                                            base::Currency currency);

}  // namespace web::bill
