#include "web/console/moments.h"

#include "flows/care/time_zone.h"
#include "ports/access.h"
#include "ports/catalogue.h"

namespace web::console {

base::Result<Moments> Moments::load(const Call& call, ports::Transaction& transaction) {
  const auto operators = TRY(transaction.catalogue().list_operators());
  base::TimeZone zone =
      operators.empty() ? base::TimeZone() : TRY(flows::time_zone(operators.front().time_zone));
  return Moments(call.web.texts.formatter(call.language), std::move(zone));
}

std::string Moments::text(base::Instant at) const {
  return formatter_.date(zone_.local_date(at), locale::DateStyle::kNumeric) + " " +
         formatter_.time(at, zone_);
}

base::Instant Moments::end_of(base::Date day) const { return {zone_.start_of(day + 1).micros - 1}; }

base::Result<std::string> actor_name(ports::Transaction& transaction, std::string_view actor) {
  const auto id = domain::UserId::parse(actor);
  if (!id) return std::string(actor);
  const auto user = TRY(transaction.access().find_user(*id));
  return user ? user->name : std::string(actor);
}

}  // namespace web::console
