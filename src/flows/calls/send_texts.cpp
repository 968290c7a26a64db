#include "flows/calls/send_texts.h"

#include <optional>
#include <vector>

#include "domain/contact/text_message.h"
#include "ports/events.h"
#include "ports/intents.h"
#include "ports/work.h"
#include "support/observe/log.h"

namespace flows {
namespace {

using base::Result;
using ports::OutboxMessage;
using ports::TextOutcome;
using ports::TextState;

// Longer than a look and a sending may take, so that nobody else sends it meanwhile.
constexpr std::int64_t kLeaseMicros = 120 * base::kMicrosPerSecond;

std::string_view to_text(TextState state) {
  switch (state) {
    case TextState::kTaken: return "taken";
    case TextState::kDelivered: return "delivered";
    case TextState::kRefused: return "refused";
    case TextState::kLater: return "not_reached";
    case TextState::kUnknown: return "unknown";
  }
  return {};
}

bool is_there(TextState state) {
  return state == TextState::kTaken || state == TextState::kDelivered;
}

Result<std::vector<OutboxMessage>> lease(const TextTools& tools, std::size_t limit) {
  std::vector<OutboxMessage> ours;
  TRY(ports::run_in_transaction(tools.calls.store,
                                [&](ports::Transaction& transaction) -> Result<> {
                                  const base::Instant now = tools.calls.clock.now();
                                  ours = TRY(transaction.work().lease_messages(
                                      {&kLinkMessageTopic, 1}, {now, now + kLeaseMicros, limit}));
                                  return {};
                                }));
  return ours;
}

// What is known of the message after this try.
Result<TextOutcome> try_once(const TextTools& tools, const OutboxMessage& message) {
  const TextMessage text = TRY(text_of_link_message(tools.calls, message.payload));
  const TextWord word{message.id, message.account};
  const ports::TextOrder order{
      .to = text.to,
      .text = text.text,
      .callback_url = tools.calls.public_url + text_word_path(tools.sender.name(), word)};
  // The try before may have arrived without our hearing of it.
  if (message.attempts > 1) {
    auto found = TRY(tools.sender.find(order));
    if (found) return *std::move(found);
  }
  return tools.sender.send(order);
}

Result<> add_event(ports::Transaction& transaction, base::Instant now, std::string_view sender,
                   const TextWord& word, const TextOutcome& outcome) {
  base::Json data;
  data.set("message", word.message.to_string())
      .set("sender", sender)
      .set("state", to_text(outcome.state))
      .set("code", outcome.code);
  const ports::NewEvent event{.account = word.account,
                              .kind = "text_message_ended",
                              .effective = base::TimeZone().local_date(now),
                              .recorded = now,
                              .actor = std::string(sender),
                              .data = std::move(data),
                              .text = {}};
  return transaction.events().append({&event, 1});
}

Result<> keep(const TextTools& tools, const OutboxMessage& message, const TextOutcome& outcome,
              TextReport& report) {
  auto gap = domain::text_gap_micros(message.attempts, outcome.wait_seconds);
  if (outcome.state == TextState::kRefused) gap.reset();
  const bool sent = is_there(outcome.state);
  TRY(ports::run_in_transaction(
      tools.calls.store, [&](ports::Transaction& transaction) -> Result<> {
        if (sent) return transaction.work().message_sent(message.id);
        const base::Instant now = tools.calls.clock.now();
        std::optional<base::Instant> next;
        if (gap) next = now + *gap;
        TRY(transaction.work().message_failed(message.id, outcome.code, next));
        if (gap) return {};
        return add_event(transaction, now, tools.sender.name(), {message.id, message.account},
                         outcome);
      }));
  ++(sent ? report.sent : gap ? report.to_repeat : report.given_up);
  if (!sent) {
    observe::log(observe::Level::kWarning, "text_not_sent",
                 {{"message", message.id.to_string()},
                  {"state", to_text(outcome.state)},
                  {"code", outcome.code}});
  }
  return {};
}

bool is_of_the_store(const base::Error& error) {
  return error.code.starts_with("database_") || error.code == "disk_full";
}

}  // namespace

Result<TextReport> send_texts(const TextTools& tools, std::size_t limit) {
  TextReport report;
  for (const OutboxMessage& message : TRY(lease(tools, limit))) {
    auto outcome = try_once(tools, message);
    if (!outcome && is_of_the_store(outcome.error())) return std::unexpected(outcome.error());
    // A row that cannot be made a message of, as of a customer who was erased, is not tried again.
    if (!outcome) outcome = TextOutcome{.state = TextState::kRefused, .code = outcome.error().code};
    TRY(keep(tools, message, *outcome, report));
  }
  return report;
}

std::string text_word_path(std::string_view sender, const TextWord& word) {
  return std::string(kTextWordPath) + std::string(sender) + "?m=" + word.message.to_string() +
         "&a=" + word.account.to_string();
}

Result<> take_text_word(ports::Store& store, const base::Clock& clock, std::string_view sender,
                        const TextWord& word, const TextOutcome& outcome) {
  // That it is on its way is no news.
  if (outcome.state == TextState::kTaken || outcome.state == TextState::kUnknown) return {};
  return ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const base::Instant now = clock.now();
    const std::string said = outcome.reference + "/" + std::string(to_text(outcome.state));
    const bool is_new = TRY(transaction.intents().take_event(sender, said, {}, now));
    return is_new ? add_event(transaction, now, sender, word, outcome) : Result<>();
  });
}

}  // namespace flows
