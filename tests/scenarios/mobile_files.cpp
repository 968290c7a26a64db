#include "tests/scenarios/mobile_files.h"

#include "base/text/json.h"

namespace scenarios {
namespace {

using base::Json;

// "+46709000001"
std::string telephone(int number) {
  constexpr int kFirst = 709000000;
  return "+46" + std::to_string(kFirst + number);
}

// The parts of "A,B,C".
std::vector<std::string> parts_of(std::string text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    parts.push_back(text.substr(0, comma));
    text.erase(0, comma + 1);
  }
  return parts;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

}  // namespace

std::string MobileFiles::sim(const GivePhone& said, base::Date today) {
  Sim& sim = sims_[said.name];
  if (sim.number == 0) {
    sim.number = static_cast<int>(sims_.size());
    sim.fields["from"] = today.to_string();
  }
  for (const auto& [name, value] : said.fields) sim.fields[name] = value;
  const std::string number = std::to_string(sim.number);
  Json address = Json::object();
  address.set("line1", "Storgatan 1")
      .set("postal_code", "111 22")
      .set("city", "Stockholm")
      .set("country", Json());
  Json customer = Json::object();
  customer.set("id", "M" + number)
      .set("given_name", said.name)
      .set("family_name", Json())
      .set("national_id", text_or_null(sim.fields["identity"]))
      .set("email", Json())
      .set("contact_msisdn", Json())
      .set("address", std::move(address));
  Json changes = Json::array(), add_ons = Json::array();
  for (const std::string& change : parts_of(sim.fields["changes"])) {
    const auto at = std::min(change.find('@'), change.size() - 1);
    changes.push(Json::object().set("at", change.substr(at + 1)).set("to", change.substr(0, at)));
  }
  for (const std::string& add_on : parts_of(sim.fields["adds"])) add_ons.push(add_on);
  Json json = Json::object();
  json.set("subscriber_id", "S" + number)
      .set("customer", std::move(customer))
      .set("msisdn", telephone(sim.number))
      .set("plan_code", sim.fields["plan"])
      .set("activated_on", sim.fields["from"])
      .set("terminated_on", text_or_null(sim.fields["to"]))
      .set("plan_changes", std::move(changes))
      .set("add_ons", std::move(add_ons))
      .set("label", Json());
  return json.dump() + "\n";
}

base::Result<std::string> MobileFiles::call(const GiveUsage& said, base::Date today) {
  const auto sim = sims_.find(said.name);
  if (sim == sims_.end()) return base::fail("bad_scenario", said.name + " has no telephone");
  const bool is_data = said.kind == "data", is_voice = said.kind == "voice";
  const std::string record = said.record.empty() ? "c" + std::to_string(++calls_) : said.record;
  const std::string repeated = said.again ? last_call_ : "";
  last_call_ = record + "," + telephone(sim->second.number) + "," +
               said.day.value_or(today).to_string() + "T10:00:00Z," + said.kind + "," +
               (is_data ? "internet" : said.called) + "," + said.zone + "," +
               (is_voice ? said.quantity : "0") + "," + (is_data ? said.quantity + "000000" : "0") +
               "," + (said.kind == "premium" ? said.quantity : "") + "\n";
  return "record_id,msisdn,started_at,kind,destination,zone,duration_s,volume_bytes,"
         "premium_price_incl_vat\n" +
         repeated + last_call_;
}

}  // namespace scenarios
