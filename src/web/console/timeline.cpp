#include "web/console/timeline.h"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

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
  const auto amount = text != nullptr
                          ? base::Money::parse(*text, *currency)
                          : base::Result<base::Money>(base::Money(data.integer(name), *currency));
  return amount ? call.web.texts.formatter(call.language).money(*amount) : std::string();
}

std::string day_of(const Call& call, const base::Json& data, std::string_view name) {
  const auto day = base::Date::parse(data.text(name));
  if (!day) return "–";
  return call.web.texts.formatter(call.language).date(*day, locale::DateStyle::kLong);
}

// The kinds of events that have a sentence, and what each sentence names.
enum class Named { kNumber, kSum, kDue, kDay, kPlan, kDivision, kPercent, kState };
struct SentenceRow {
  std::string_view kind;
  std::vector<Named> names = {};
};
const std::vector<SentenceRow>& sentences() {
  using enum Named;
  static const std::vector<SentenceRow> kSentences = {
      {"account_moved"},
      {"account_opened"},
      {"bank_charge_borne", {kSum}},
      {"bill_credited", {kNumber, kSum}},
      {"bill_issued", {kNumber, kSum, kDue}},
      {"call_began"},
      {"call_ended", {kState}},
      {"charge_added", {kPlan, kSum}},
      {"collection_announced", {kSum, kDay}},
      {"collection_dropped"},
      {"collection_failed", {kSum}},
      {"collection_ordered", {kSum, kDay}},
      {"collection_returned", {kSum}},
      {"collection_settled", {kSum}},
      {"customer_changed"},
      {"customer_created"},
      {"identity_joined", {kNumber, kDivision}},
      {"identity_separated", {kNumber, kDivision}},
      {"intent_changed", {kSum, kState}},
      {"intent_contradicted"},
      {"intent_paid_back_twice", {kSum}},
      {"link_created"},
      {"mandate_amended"},
      {"mandate_changed", {kState}},
      {"mandate_registered"},
      {"method_changed", {kState}},
      {"method_charge_announced", {kSum, kDay}},
      {"method_charge_ended", {kSum, kState}},
      {"method_kept"},
      {"order_changed", {kSum, kState}},
      {"order_placed", {kSum}},
      {"payment_received", {kSum}},
      {"payment_recorded", {kSum}},
      {"payment_undone", {kSum}},
      {"plan_agreed", {kSum}},
      {"plan_ended", {kState}},
      {"plan_reopened"},
      {"plan_row_missed", {kSum, kDue}},
      {"profile_changed", {kDay}},
      {"service_changed", {kPlan}},
      {"service_started", {kPlan, kDay}},
      {"service_user_set"},
      {"small_rest_written_off", {kSum}},
      {"text_message_ended", {kState}},
      {"usage_level_reached", {kPercent}},
      {"usage_rerated"},
  };
  return kSentences;
}

std::string_view name_of(Named named) {
  switch (named) {
    case Named::kNumber: return "number";
    case Named::kSum: return "sum";
    case Named::kDue: return "due";
    case Named::kDay: return "day";
    case Named::kPlan: return "plan";
    case Named::kDivision: return "division";
    case Named::kPercent: return "percent";
    case Named::kState: return "state";
  }
  __builtin_unreachable();
}

std::string text_of(const Call& call, const base::Json& data, Named named) {
  switch (named) {
    case Named::kNumber: return data.text("number");
    case Named::kSum:
      for (const std::string_view name : {"total", "net", "amount"}) {
        if (!data[name].is_null()) return sum_of(call, data, name);
      }
      return {};
    case Named::kDue: return day_of(call, data, "due");
    case Named::kDay:
      for (const std::string_view name : {"holds_from", "day"}) {
        if (!data[name].is_null()) return day_of(call, data, name);
      }
      return day_of(call, data, "starts");
    case Named::kPlan: return data.text("plan", data.text("item"));
    case Named::kDivision: return data.text("division");
    case Named::kPercent: return {};  // A number, see sentence().
    case Named::kState: return data.text("state", data.text("end"));
  }
  __builtin_unreachable();
}

// What happened, in words; the kind's own name where nobody has put it in words yet.
std::string sentence(const Call& call, const ports::NewEvent& event) {
  const auto row = std::ranges::find(sentences(), event.kind, &SentenceRow::kind);
  const std::string key = "console.event." + event.kind;
  if (row == sentences().end() || !call.web.texts.has(key)) return event.kind;
  std::vector<std::string> texts;
  for (const Named named : row->names) texts.push_back(text_of(call, event.data, named));
  std::vector<locale::Arg> args;
  for (std::size_t at = 0; at < texts.size(); ++at) {
    const std::string_view name = name_of(row->names[at]);
    if (row->names[at] == Named::kPercent) {
      args.emplace_back(name, event.data.integer("percent"));
    } else {
      args.emplace_back(name, texts[at]);
    }
  }
  return call.web.texts.render(call.language, key, std::span<const locale::Arg>(args));
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
    const bool is_warning =
        event.kind == "bill_credited" || event.kind == "payment_undone" ||
        event.kind == "collection_failed" || event.kind == "collection_returned" ||
        event.kind == "credit_refund_returned" || event.kind == "usage_level_reached";
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
