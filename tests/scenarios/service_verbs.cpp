#include "tests/scenarios/service_verbs.h"

#include <algorithm>
#include <optional>

#include "flows/care/change_service.h"
#include "ports/billing.h"
#include "ports/parties.h"
#include "support/crypto/crypto.h"
#include "tests/scenarios/pricing_words.h"

namespace scenarios {
namespace {

using base::Result;
using domain::ServiceChangeKind;

constexpr std::size_t kCustomersMax = 1'000;
constexpr std::uint64_t kSeed = 12;
constexpr std::int64_t kTimesMax = 100;

std::unexpected<base::Error> refuse(const std::string& text) {
  return base::fail("bad_scenario", text);
}

Result<base::Date> day_of(const Given& given, std::string_view option) {
  const auto text = given.option(option);
  if (!text) return refuse("'" + std::string(option) + "' is missing");
  const auto day = base::Date::parse(*text);
  if (!day) return refuse("'" + *text + "' is no day; write it as 2026-11-01");
  return *day;
}

Result<Command> service(const Given& given) {
  ChangeService command{.name = given.places[0], .change = {}, .dry = given.has("dry")};
  if (const auto times = given.option("times")) {
    const std::int64_t count = TRY(read_number(*times));
    if (count < 1 || count > kTimesMax) return refuse_word(*times, "number from 1 to 100");
    command.times = static_cast<int>(count);
  }
  const auto kind = domain::parse_service_change_kind(given.places[1]);
  if (!kind) return refuse(kind.error().text);
  command.change.kind = *kind;
  command.change.campaign = given.option("campaign");
  const bool needs_code = *kind == ServiceChangeKind::kPlan ||
                          *kind == ServiceChangeKind::kAddAddOn ||
                          *kind == ServiceChangeKind::kRemoveAddOn;
  if (needs_code != (given.places.size() == 3)) return refuse("an item goes with plan and add-on");
  if (needs_code) command.change.code = given.places[2];
  if (*kind == ServiceChangeKind::kEnd) {
    command.change.day = TRY(day_of(given, "last"));
  } else if (*kind != ServiceChangeKind::kKeep) {
    command.change.day = TRY(day_of(given, "from"));
  }
  return command;
}

// The first service of the person who is called so.
Result<flows::ServiceName> find(ports::Transaction& transaction, const std::string& name) {
  std::optional<domain::AccountId> account;
  for (const auto& customer : TRY(transaction.parties().list_customers({}, kCustomersMax))) {
    const auto sources = TRY(transaction.parties().sources_of(customer.id));
    if (customer.party.name == name && !sources.empty()) account = sources.front().account;
  }
  std::optional<flows::ServiceName> found;
  TRY(transaction.parties().load_services(
      {}, INT64_MAX, [&](const domain::Service& service) -> Result<> {
        if (!found && service.account == account) {
          found = flows::ServiceName{service.account, service.source_number};
        }
        return {};
      }));
  if (!found) return refuse("there is no customer " + name);
  return *found;
}

Said tell(const flows::ServiceView& view) {
  Said said;
  for (const domain::TermSpan& span : domain::whole_timeline(view.revisions)) {
    std::string line = span.days.from().to_string() + "..";
    if (!domain::is_open(span)) line += span.days.last_day().to_string();
    line += "  " + span.terms->plan;
    const std::vector<std::string>& codes = span.terms->add_ons;
    for (auto code = codes.begin(); code != codes.end();) {
      const auto next = std::find_if(code, codes.end(), [&](const auto& c) { return c != *code; });
      line += " with " + (next - code == 1 ? "" : std::to_string(next - code) + " ") + *code;
      code = next;
    }
    if (!span.terms->campaign.empty()) line += "  campaign " + span.terms->campaign;
    if (span.terms->paused) line += "  paused";
    said.push_back(std::move(line));
  }
  return said;
}

}  // namespace

std::span<const Verb> service_verbs() {
  static constexpr Verb kVerbs[] = {
      {.name = "service",
       .form = "service NAME plan|pause|resume|end|keep|add_add_on|remove_add_on [ITEM] "
               "[from DAY] [last DAY] [campaign ITEM] [times COUNT] [dry]",
       .places_min = 2,
       .places_max = 3,
       .options = "from last campaign times",
       .flags = "dry",
       .make = service},
  };
  return kVerbs;
}

Result<Said> change_service(ports::Store& store, base::Clock& clock, const ChangeService& command) {
  crypto::SeededRandom random(kSeed);
  const flows::AccessPorts access{store, clock, random};
  flows::ServicePreview made;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    const auto name = TRY(find(transaction, command.name));
    const flows::ServiceWish wish{.service = name, .change = command.change, .actor = "clerk"};
    made = command.dry ? TRY(flows::preview_service_change(transaction, clock, wish))
                       : TRY(flows::change_service(transaction, access, wish));
    return {};
  }));
  return tell(made.after);
}

}  // namespace scenarios
