#include "domain/billing/profile.h"

#include <algorithm>
#include <utility>

#include "domain/billing/grouping.h"
#include "domain/billing/schedule.h"
#include "domain/check/members.h"

namespace domain {
namespace {

using base::Json;
using base::Result;
using check::Members;

constexpr int kDueDaysMax = 365;
constexpr int kDayMax = 31;
constexpr std::int64_t kMinimumMax = 100'000'000;
constexpr std::size_t kWordMax = 40;

template <class T>
void overlay(T& value, const std::optional<T>& chosen) {
  if (chosen) value = *chosen;
}

template <class T>
void choose(std::optional<T>& before, const std::optional<T>& chosen) {
  if (chosen) before = chosen;
}

// Calls with the name and the member of each choice, in the order in which they are written.
template <class Choice, class Visit>
void for_each_member(Choice& choice, const Visit& visit) {
  visit("grouping", choice.grouping);
  visit("frequency", choice.frequency);
  visit("due_days", choice.due_days);
  visit("due_day", choice.due_day);
  visit("minimum_minor", choice.minimum_minor);
  visit("detail", choice.detail);
  visit("delivery", choice.delivery);
}

Result<> in_range(std::int64_t value, std::int64_t max, std::string_view member) {
  if (value >= 0 && value <= max) return {};
  return base::fail("bad_profile", "must be from 0 to " + std::to_string(max), std::string(member));
}

Result<std::optional<std::string>> read_text(const Members& members, std::string_view name) {
  if (members.value(name).is_null()) return std::nullopt;
  return TRY(members.text(name));
}

Result<std::optional<std::int64_t>> read_integer(const Members& members, std::string_view name) {
  if (members.value(name).is_null()) return std::nullopt;
  return TRY(members.integer_or(name, 0));
}

// What does not fit is out of every range that check_profile() allows.
Result<std::optional<int>> read_small(const Members& members, std::string_view name) {
  const auto value = TRY(read_integer(members, name));
  if (!value) return std::nullopt;
  return static_cast<int>(std::clamp<std::int64_t>(*value, -1, 1'000'000));
}

}  // namespace

Result<BillingProfile> check_profile(BillingProfile profile) {
  const auto grouping = Grouping::parse(profile.grouping);
  if (!grouping) {
    return base::fail("bad_grouping", "'" + grouping.error().place + "': " + grouping.error().text,
                      "grouping");
  }
  profile.grouping = grouping->to_string();
  const auto frequency = Frequency::parse(profile.frequency);
  if (!frequency) return base::fail("bad_frequency", frequency.error().text, "frequency");
  profile.frequency = frequency->to_string();
  TRY(in_range(profile.due_days, kDueDaysMax, "due_days"));
  TRY(in_range(profile.due_day, kDayMax, "due_day"));
  TRY(in_range(profile.minimum_minor, kMinimumMax, "minimum_minor"));
  if (profile.detail != "standard" && profile.detail != "full") {
    return base::fail("bad_profile", "must be one of standard, full", "detail");
  }
  if (profile.delivery.empty() || profile.delivery.size() > kWordMax) {
    return base::fail("bad_profile", "must be the name of a channel", "delivery");
  }
  return profile;
}

Result<> check_divisions(const BillingProfile& profile,
                         std::span<const OperatorDivision> divisions) {
  const Grouping grouping = TRY(Grouping::parse(profile.grouping));
  for (const std::string& code : grouping.divisions()) {
    if (std::ranges::find(divisions, code, &OperatorDivision::code) == divisions.end()) {
      return base::fail("bad_grouping", "there is no division '" + code + "'", "grouping");
    }
  }
  return {};
}

BillingProfile effective_profile(const BillingProfile& defaults, const ProfileChoice& chosen) {
  BillingProfile profile = defaults;
  overlay(profile.grouping, chosen.grouping);
  overlay(profile.frequency, chosen.frequency);
  overlay(profile.due_days, chosen.due_days);
  overlay(profile.due_day, chosen.due_day);
  overlay(profile.minimum_minor, chosen.minimum_minor);
  overlay(profile.detail, chosen.detail);
  overlay(profile.delivery, chosen.delivery);
  return profile;
}

BillingProfile account_profile(const BillingProfile& defaults, const Account& account,
                               const ProfileChoice& chosen) {
  BillingProfile own = defaults;
  own.delivery = account.profile.delivery;
  return effective_profile(own, chosen);
}

Result<ProfileChoice> change_choice(ProfileChoice before, const ProfileChoice& set,
                                    std::span<const std::string> forget) {
  for (const std::string& name : forget) {
    bool known = false, both = false;
    for_each_member(set, [&](std::string_view member, const auto& value) {
      if (member == name) both = value.has_value();
    });
    for_each_member(before, [&](std::string_view member, auto& value) {
      if (member != name) return;
      known = true;
      value.reset();
    });
    if (!known) return base::fail("bad_profile", "there is no such choice", name);
    if (both) return base::fail("bad_profile", "cannot be chosen and left to us at once", name);
  }
  choose(before.grouping, set.grouping);
  choose(before.frequency, set.frequency);
  choose(before.due_days, set.due_days);
  choose(before.due_day, set.due_day);
  choose(before.minimum_minor, set.minimum_minor);
  choose(before.detail, set.detail);
  choose(before.delivery, set.delivery);
  return before;
}

Json to_json(const ProfileChoice& chosen) {
  Json json = Json::object();
  for_each_member(chosen, [&](std::string_view name, const auto& value) {
    if (value) json.set(std::string(name), *value);
  });
  return json;
}

Result<ProfileChoice> read_choice(const Json& json, std::string place) {
  const Members members = TRY(Members::of(json, std::move(place)));
  TRY(members.allow_only(
      {"grouping", "frequency", "due_days", "due_day", "minimum_minor", "detail", "delivery"}));
  ProfileChoice chosen;
  chosen.grouping = TRY(read_text(members, "grouping"));
  chosen.frequency = TRY(read_text(members, "frequency"));
  chosen.due_days = TRY(read_small(members, "due_days"));
  chosen.due_day = TRY(read_small(members, "due_day"));
  chosen.minimum_minor = TRY(read_integer(members, "minimum_minor"));
  chosen.detail = TRY(read_text(members, "detail"));
  chosen.delivery = TRY(read_text(members, "delivery"));
  return chosen;
}

}  // namespace domain
