#include "domain/payment/simulate.h"

#include <algorithm>

namespace domain {
namespace {

using enum SimulatedKind;

// One turn; it begins where the seed says.
constexpr SimulatedKind kTurn[] = {kRight, kRight,    kRight, kUnpaid,     kRight,  kNoReference,
                                   kRight, kRight,    kRight, kWrongDigit, kRight,  kUnpaid,
                                   kRight, kOverpaid, kRight, kRight,      kRight,  kUnderpaid,
                                   kRight, kTwice,    kRight, kForeign,    kRight,  kSeveral,
                                   kRight, kNegative, kRight, kRight,      kUnpaid, kRight};
constexpr std::int64_t kOddMinor = 10'000;  // So much is paid too much or too little.
constexpr std::int32_t kDaysBeforeDueMax = 7;

// A number that looks like chance and is always the same (splitmix64).
std::uint64_t mixed(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

std::string digits(std::uint64_t value, std::size_t count) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) {
    text.insert(text.begin(), static_cast<char>('0' + value % 10));
    value /= 10;
  }
  return text;
}

std::string with_wrong_digit(std::string reference) {
  if (!reference.empty()) {
    char& last = reference.back();
    last = last == '9' ? '0' : static_cast<char>(last + 1);
  }
  return reference;
}

// Banks book from Monday to Friday.
base::Date bank_day(base::Date day) {
  while (day.weekday() == base::Weekday::kSaturday || day.weekday() == base::Weekday::kSunday) {
    day = day - 1;
  }
  return day;
}

class Simulation {
 public:
  Simulation(std::span<const SimulatedPayer> payers, std::int64_t seed, const SimulatedDays& days)
      : payers_(payers), seed_(static_cast<std::uint64_t>(seed)), days_(days) {}

  std::vector<SimulatedEntry> run() {
    const std::size_t turn = std::size(kTurn);
    for (std::size_t at = 0; at < payers_.size(); ++at) {
      SimulatedKind kind = kTurn[(at + seed_ % turn) % turn];
      if (kind == kSeveral && at + 1 == payers_.size()) kind = kRight;
      pay(kind, at);
      if (kind == kSeveral) ++at;
    }
    std::ranges::stable_sort(entries_, {},
                             [](const SimulatedEntry& each) { return *each.entry.booking_date; });
    return std::move(entries_);
  }

 private:
  void pay(SimulatedKind kind, std::size_t at) {
    if (kind == kUnpaid) return;
    const Bill& bill = payers_[at].bill;
    const base::Money odd(kOddMinor, bill.total.currency());
    BankEntry entry = right(at);
    switch (kind) {
      case kRight:
      case kUnpaid: break;
      case kNoReference:
        entry.reference.clear();
        entry.remittance = {"Faktura " + bill.issued.to_string().substr(0, 7)};
        break;
      case kWrongDigit: entry.reference = with_wrong_digit(bill.reference); break;
      case kOverpaid: entry.amount += odd; break;
      case kUnderpaid:
        if (entry.amount > odd) entry.amount -= odd;
        break;
      case kTwice: {
        entries_.push_back({kind, entry});
        const std::uint64_t second = mixed(at + (1U << 24U)) ^ (days_.told << 32U);
        entry.bank_reference = digits(mixed(seed_ ^ second), 12);
        break;
      }
      case kForeign: entry.reference = "9" + digits(mixed(seed_ + at), 9); break;
      case kSeveral: add_next(entry, at); break;
      case kNegative:
        entry.details = {detail(bill.reference, entry.amount + odd, MoneyDirection::kCredit),
                         detail("9" + digits(mixed(at), 8), odd, MoneyDirection::kDebit)};
        entry.reference.clear();
        break;
    }
    entries_.push_back({kind, std::move(entry)});
  }

  BankEntry right(std::size_t at) const {
    const Bill& bill = payers_[at].bill;
    const std::uint64_t chance = mixed(seed_ ^ mixed(at) ^ (days_.told << 32U));
    BankEntry entry;
    entry.amount = bill.rest();
    const base::Date day = days_.all ? *days_.all : paid_on(bill, chance);
    entry.booking_date = std::max(day, days_.not_before.value_or(day));
    entry.value_date = entry.booking_date;
    entry.reference = bill.reference;
    entry.bank_reference = digits(chance, 12);
    entry.payer.name = payers_[at].name;
    return entry;
  }

  base::Date paid_on(const Bill& bill, std::uint64_t chance) const {
    const auto before = static_cast<std::int32_t>(chance % kDaysBeforeDueMax);
    const base::Date day = std::min(bill.due - before, days_.today);
    return std::max(bank_day(day), bank_day(bill.issued));
  }

  static BankEntryDetail detail(std::string reference, base::Money amount,
                                MoneyDirection direction) {
    BankEntryDetail detail;
    detail.reference = std::move(reference);
    detail.amount = amount;
    detail.direction = direction;
    return detail;
  }

  void add_next(BankEntry& entry, std::size_t at) const {
    const Bill& next = payers_[at + 1].bill;
    entry.details = {detail(entry.reference, entry.amount, MoneyDirection::kCredit),
                     detail(next.reference, next.rest(), MoneyDirection::kCredit)};
    entry.amount += next.rest();
    entry.reference.clear();
  }

  std::span<const SimulatedPayer> payers_;
  std::uint64_t seed_;
  SimulatedDays days_;
  std::vector<SimulatedEntry> entries_;
};

}  // namespace

std::string_view to_text(SimulatedKind kind) {
  switch (kind) {
    case kRight: return "right";
    case kUnpaid: return "unpaid";
    case kNoReference: return "no_reference";
    case kWrongDigit: return "wrong_digit";
    case kOverpaid: return "overpaid";
    case kUnderpaid: return "underpaid";
    case kTwice: return "twice";
    case kForeign: return "foreign";
    case kSeveral: return "several";
    case kNegative: return "negative";
  }
  return {};
}

std::vector<SimulatedEntry> simulate_payments(std::span<const SimulatedPayer> payers,
                                              std::int64_t seed, const SimulatedDays& days) {
  return Simulation(payers, seed, days).run();
}

}  // namespace domain
