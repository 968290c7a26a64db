#include "flows/calls/link_message.h"

#include "domain/contact/text_message.h"
#include "flows/calls/send_link.h"
#include "flows/care/links.h"
#include "flows/compose/words.h"
#include "flows/operations/derived_ids.h"
#include "ports/calls.h"
#include "ports/tills.h"
#include "ports/work.h"

namespace flows {
namespace {

using base::Result;

std::string attempt_of(domain::CallId call) { return "call:" + call.to_string(); }

// Whose number it goes to, and which link it has.
struct Asked {
  std::string to, attempt;
};

// A caller's, or the customer's where somebody at a desk asked for it.
Result<Asked> asked_by(ports::Transaction& transaction, const base::Json& payload) {
  if (payload["call"].is_null()) {
    const auto account = TRY(domain::AccountId::parse(payload.text("account")));
    std::string phone = TRY(phone_of(transaction, account));
    return Asked{std::move(phone), payload.text("attempt")};
  }
  const auto id = TRY(domain::CallId::parse(payload.text("call")));
  const auto call = TRY(transaction.tills().calls().find(id));
  if (!call) return base::fail("call_unknown", "there is no such call", id.to_string());
  return Asked{call->caller, attempt_of(id)};
}

}  // namespace

Result<> make_link(const CallTools& tools, const LinkMessage& message) {
  const LinkRequest request{.account = message.account,
                            .bill = message.bill,
                            .attempt = attempt_of(message.call),
                            .actor = "customer"};
  TRY(create_link(tools.store, tools.clock, tools.link_key, request));
  return {};
}

Result<> queue_link(ports::Transaction& transaction, const LinkMessage& message,
                    base::Instant now) {
  ports::OutboxMessage row;
  row.id = derived_id<domain::OutboxId>({"bill_link_message", message.call.to_string()});
  row.topic = kLinkMessageTopic;
  row.account = message.account;
  row.payload.set("call", message.call.to_string())
      .set("bill", message.bill.to_string())
      .set("language", message.language)
      .set("brand", message.brand)
      .set("amount", message.sum.minor())
      .set("currency", message.sum.currency().code());
  return transaction.work().enqueue({&row, 1}, now);
}

Result<TextMessage> text_of_link_message(const CallTools& tools, const base::Json& payload) {
  const auto bill = TRY(domain::BillId::parse(payload.text("bill")));
  const auto currency = TRY(base::Currency::parse(payload.text("currency")));
  const auto language = TRY(locale::parse_language(payload.text("language")));
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  const Asked asked = TRY(asked_by(*transaction, payload));
  const compose::Words words(tools.texts, language);
  const std::string link =
      tools.public_url + "/b/" + link_token(tools.link_key, bill, asked.attempt);
  const std::string text =
      words.say("call.message", {{"brand", payload.text("brand")},
                                 {"sum", base::Money(payload.integer("amount"), currency)},
                                 {"link", link}});
  return TextMessage{asked.to, domain::plain_text(text)};
}

}  // namespace flows
