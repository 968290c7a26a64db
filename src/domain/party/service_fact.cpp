#include "domain/party/service_fact.h"

namespace domain {
namespace {

using base::Json;

Json day_or_null(const std::optional<base::Date>& day) {
  return day ? Json(day->to_string()) : Json();
}

}  // namespace

Json service_changed_fact(const Service& service) {
  Json add_ons = Json::array();
  for (const std::string& code : service.add_ons) add_ons.push(code);
  return Json()
      .set("service", service.id.to_string())
      .set("revision", service.revision)
      .set("plan", service.plan)
      .set("starts", service.starts.to_string())
      .set("ends", day_or_null(service.ends))
      .set("from", day_or_null(service.holds_from))
      .set("add_ons", std::move(add_ons))
      .set("campaign", service.campaign)
      .set("paused", service.paused);
}

}  // namespace domain
