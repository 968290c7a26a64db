// katalog.toml: what katalog.json does not say of itself.
#include "domain/check/members.h"
#include "formats/catalogue/katalog/katalog.h"

namespace formats::katalog {

using base::Result;
using domain::check::Members;

Result<Setting> read_setting(const base::Json& json, std::string_view file) {
  const Members members = TRY(Members::of(json, std::string(file) + ": "));
  TRY(members.allow_only({"country_zone", "calling_code", "valid_from", "usage_division",
                          "add_on_division", "one_off_division", "divisions", "given_prices"}));
  Setting setting;
  setting.country_zone = TRY(members.text("country_zone"));
  setting.calling_code = TRY(members.text("calling_code"));
  const auto day = base::Date::parse(TRY(members.text("valid_from")));
  if (!day) return members.refuse("valid_from", day.error().text);
  setting.valid_from = *day;
  setting.usage_division = TRY(members.text("usage_division"));
  setting.add_on_division = TRY(members.text("add_on_division"));
  setting.one_off_division = TRY(members.text("one_off_division"));
  for (const auto& [prefix, division] : *TRY(members.table("divisions"))) {
    if (!division.as_string()) return members.refuse("divisions", "must be texts, by code");
    setting.divisions.emplace(prefix, *division.as_string());
  }
  for (const base::Json& each : *TRY(members.list("given_prices"))) {
    const std::string at =
        members.place_of("given_prices." + std::to_string(setting.given_prices.size()));
    const Members row = TRY(Members::of(each, at));
    TRY(row.allow_only({"code", "division", "kind"}));
    GivenPrice given;
    given.code = TRY(row.text("code"));
    given.division = TRY(row.text("division"));
    given.kind = TRY(row.text("kind"));
    setting.given_prices.push_back(std::move(given));
  }
  return setting;
}

}  // namespace formats::katalog
