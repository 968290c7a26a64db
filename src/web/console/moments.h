// When and who, as tables show them: moments on the operator's own clocks, people by name.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "ports/store.h"
#include "web/call.h"

namespace web::console {

class Moments {
 public:
  // UTC where no operator is loaded yet.
  [[nodiscard]] static base::Result<Moments> load(const Call& call,
                                                  ports::Transaction& transaction);
  // "2026-11-22 14:05"
  [[nodiscard]] std::string text(base::Instant at) const;
  [[nodiscard]] base::Date day(base::Instant at) const { return zone_.local_date(at); }
  [[nodiscard]] const base::TimeZone& zone() const { return zone_; }
  // The last moment of a day.
  [[nodiscard]] base::Instant end_of(base::Date day) const;

 private:
  Moments(const locale::Formatter& formatter, base::TimeZone zone)
      : formatter_(formatter), zone_(std::move(zone)) {}

  const locale::Formatter& formatter_;
  base::TimeZone zone_;
};

// What an actor is called: a user by name, anything else ("command", a token) as it is.
[[nodiscard]] base::Result<std::string> actor_name(ports::Transaction& transaction,
                                                   std::string_view actor);

}  // namespace web::console
