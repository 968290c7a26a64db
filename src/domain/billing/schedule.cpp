#include "domain/billing/schedule.h"

#include <optional>

namespace domain {
namespace {

constexpr std::int32_t kJanuary2000 = 30 * 12;  // As base::Month counts.

constexpr int kLongestMonths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// One or two digits, from `low` to `high`.
std::optional<int> small_number(std::string_view text, int low, int high) {
  if (text.empty() || text.size() > 2) return std::nullopt;
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  if (number < low || number > high) return std::nullopt;
  return number;
}

struct MonthDay {
  int month = 0;  // From 0.
  int day = 1;
};

// "03-01": a day that some year has.
std::optional<MonthDay> month_day(std::string_view text) {
  if (text.size() != 5 || text[2] != '-') return std::nullopt;
  const auto month = small_number(text.substr(0, 2), 1, 12);
  if (!month) return std::nullopt;
  const auto day = small_number(text.substr(3), 1, kLongestMonths[*month - 1]);
  if (!day) return std::nullopt;
  return MonthDay{*month - 1, *day};
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

// That day of the month, or its last.
base::Date day_of_month(std::int32_t month, int day) {
  const base::Period days = base::Month::from_index(month).period();
  return day > days.days() ? days.last_day() : days.from() + (day - 1);
}

}  // namespace

base::Result<Frequency> Frequency::parse(std::string_view text) {
  const auto bad = [&] {
    return base::fail("bad_frequency",
                      "'" + std::string(text.substr(0, 40)) +
                          "' is not a frequency; write daily, weekly#1 (Monday) to weekly#7, "
                          "monthly, monthly#1 to monthly#31, every_2_months#1 to "
                          "every_12_months#31, or yearly#03-01");
  };
  const std::size_t hash = text.find('#');
  const std::string_view word = text.substr(0, hash);
  std::optional<std::string_view> on;
  if (hash != text.npos) on = text.substr(hash + 1);

  Frequency frequency;
  std::optional<int> day = 1;
  if (word == "daily") {
    frequency.unit_ = Unit::kDay;
    if (on) return bad();
  } else if (word == "weekly") {
    frequency.unit_ = Unit::kWeek;
    if (on) day = small_number(*on, 1, 7);
  } else if (word == "monthly") {
    if (on) day = small_number(*on, 1, 31);
  } else {
    constexpr std::string_view kEvery = "every_", kMonths = "_months";
    if (word == "yearly") {
      frequency.months_ = 12;
      if (on && on->size() < 5) return bad();
    } else if (word.starts_with(kEvery) && word.ends_with(kMonths) &&
               word.size() > kEvery.size() + kMonths.size()) {
      const auto months = small_number(
          word.substr(kEvery.size(), word.size() - kEvery.size() - kMonths.size()), 2, 12);
      if (!months) return bad();
      frequency.months_ = *months;
    } else {
      return bad();
    }
    if (on && on->size() == 5) {
      const auto first = month_day(*on);
      if (!first) return bad();
      frequency.first_month_ = first->month;
      day = first->day;
    } else if (on) {
      day = small_number(*on, 1, 31);
    }
  }
  if (!day) return bad();
  frequency.day_ = *day;
  return frequency;
}

std::string Frequency::to_string() const {
  const std::string first = two_digits(first_month_ + 1) + "-" + two_digits(day_);
  switch (unit_) {
    case Unit::kDay: return "daily";
    case Unit::kWeek: return "weekly#" + std::to_string(day_);
    case Unit::kMonth: break;
  }
  if (months_ == 1) return day_ == 1 ? "monthly" : "monthly#" + std::to_string(day_);
  if (months_ == 12) return "yearly#" + first;
  return "every_" + std::to_string(months_) + "_months#" +
         (first_month_ == 0 ? std::to_string(day_) : first);
}

base::Date Frequency::in_month(std::int32_t month) const { return day_of_month(month, day_); }

base::Date Frequency::boundary_on_or_before(base::Date day) const {
  if (unit_ == Unit::kDay) return day;
  if (unit_ == Unit::kWeek) return day - (static_cast<int>(day.weekday()) - day_ + 7) % 7;
  std::int32_t month = base::Month::of(day).index();
  const std::int32_t past = (month - kJanuary2000 - first_month_) % months_;
  month -= past < 0 ? past + months_ : past;
  const base::Date boundary = in_month(month);
  return boundary <= day ? boundary : in_month(month - months_);
}

base::Date Frequency::boundary_after(base::Date day) const {
  if (unit_ == Unit::kDay) return day + 1;
  const base::Date last = boundary_on_or_before(day);
  if (unit_ == Unit::kWeek) return last + 7;
  return in_month(base::Month::of(last).index() + months_);
}

base::Period Frequency::price_month(base::Date day) const {
  const int first = unit_ == Unit::kMonth ? day_ : 1;
  std::int32_t month = base::Month::of(day).index();
  if (day_of_month(month, first) > day) --month;
  return *base::Period::make(day_of_month(month, first), day_of_month(month + 1, first));
}

}  // namespace domain
