#include "web/console/timeline.h"

#include <algorithm>

#include "ports/events.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

constexpr std::size_t kEventsRead = 2000;
constexpr std::size_t kEventsShown = 60;

// The members of an event that its sentence may name: sums and days as people write them.
std::string sum_of(const Call& call, const base::Json& data, std::string_view name) {
  const auto currency = base::Currency::parse(data.text("currency"));
  const base::Json& member = data[name];
  if (!currency) return {};
  const auto* text = member.as_string();
  const auto amount = text != nullptr ? base::Money::parse(*text, *currency)
                                      : base::Result<base::Money>(
                                            base::Money(data.integer(name), *currency));
  return amount ? call.web.texts.formatter(call.language).money(*amount) : std::string();
}

std::string day_of(const Call& call, const base::Json& data, std::string_view name) {
  const auto day = base::Date::parse(data.text(name));
  if (!day) return "–";
  return call.web.texts.formatter(call.language).date(*day, locale::DateStyle::kLong);
}

std::string sentence(const Call& call, const ports::NewEvent& event) {
  const base::Json& data = event.data;
  const std::string key = "console.event." + event.kind;
  if (!call.web.texts.has(key)) return event.kind;
  const std::string sum = sum_of(call, data, data["total"].is_null()
                                                 ? data["net"].is_null() ? "amount" : "net"
                                                 : "total");
  const std::string plan = data.text("plan").empty() ? data.text("item") : data.text("plan");
  return say(call, key,
             {{"number", data.text("number")},
              {"sum", sum},
              {"due", day_of(call, data, "due")},
              {"day", day_of(call, data, data["holds_from"].is_null() ? "starts" : "holds_from")},
              {"plan", plan},
              {"division", data.text("division")},
              {"percent", data.integer("percent")},
              {"month", data.text("month")},
              {"fields", data.text("fields")}});
}

bool is_of(const base::Json& data, domain::BillId bill) {
  return bill.is_nil() || data.text("bill") == bill.to_string();
}

}  // namespace

base::Result<Value> timeline(const Call& call, ports::Transaction& transaction,
                             domain::AccountId account, domain::BillId bill) {
  const Moments moments = TRY(Moments::load(call, transaction));
  const auto events = TRY(transaction.events().list(account, 0, kEventsRead));
  Value rows = Value::list();
  std::size_t shown = 0;
  for (auto at = events.rbegin(); at != events.rend() && shown < kEventsShown; ++at) {
    const ports::NewEvent& event = at->fact;
    if (!is_of(event.data, bill)) continue;
    const bool is_warning = event.kind == "bill_credited" || event.kind == "payment_undone" ||
                            event.kind == "usage_level_reached";
    // An id of a run or an import says nothing to people.
    const std::string actor = TRY(actor_name(transaction, event.actor));
    const bool by_person = domain::UserId::parse(event.actor).has_value();
    rows.push(Value::record()
                  .set("when", moments.text(event.recorded))
                  .set("text", sentence(call, event))
                  .set("note", event.text)
                  .set("actor", by_person ? actor : std::string())
                  .set("is_warning", is_warning));
    ++shown;
  }
  return rows;
}

}  // namespace web::console
