#include "domain/matching/payer_evidence.h"

#include <algorithm>
#include <utility>

#include "domain/check/characters.h"
#include "domain/matching/bill_sums.h"
#include "domain/matching/reference_evidence.h"
#include "domain/payment/allocate.h"
#include "domain/plan/rows.h"

namespace domain::matching {
namespace {

using base::Money;

constexpr std::int64_t kLittleParts = 50;
constexpr std::int32_t kBeforeDueMax = 40;  // Days: bills are paid from the day they come.
constexpr std::int32_t kAfterDueMax = 7;
constexpr std::int32_t kLateMax = 45;
constexpr std::size_t kReferenceDigitsMin = 7;  // Shorter ones are months, or other numbers.
constexpr std::size_t kNamingDigitsMin = 6;     // "A1042": a shorter one may be a house number.

ReferenceLevel level_of(ReferenceFinding finding) {
  switch (finding) {
    case ReferenceFinding::kAbsent: return ReferenceLevel::kNone;
    case ReferenceFinding::kOtherReference: return ReferenceLevel::kAnother;
    case ReferenceFinding::kLostDigit: return ReferenceLevel::kLostDigit;
    case ReferenceFinding::kWrongDigit: return ReferenceLevel::kWrongDigit;
    case ReferenceFinding::kSwappedDigits: return ReferenceLevel::kSwapped;
    case ReferenceFinding::kWhole: return ReferenceLevel::kWhole;
  }
  return ReferenceLevel::kNone;
}

// "A2200": the series and the number in it.
struct InvoiceNumber {
  std::string series, digits;
};

InvoiceNumber invoice_number(const std::string& text) {
  const std::size_t at = std::min(text.find_first_of("0123456789"), text.size());
  const std::size_t first = std::min(text.find_first_not_of('0', at), text.size());
  return {check::upper(text.substr(0, at)), text.substr(first)};
}

enum class Standing { kNot, kBare, kWithSeries };

// One debtor's bills against one payment.
class Comparing {
 public:
  Comparing(const PaymentFacts& payment, const Debtor& debtor, const PaidBefore& before,
            const ReferenceOptions& options)
      : payment_(payment), debtor_(debtor), before_(before), text_(payment.text) {
    for (std::size_t at = 0; at < debtor.bills.size(); ++at) {
      findings_.push_back(find_reference(debtor.bills[at], options));
      invoices_.push_back(find_invoice(at));
    }
    customer_number_ = debtor.customer_number == 0 ? "" : std::to_string(debtor.customer_number);
    shared_.account = !payment.has_payer_account ? AccountLevel::kNotSaid
                      : before.for_debtor > 0    ? AccountLevel::kKnown
                      : before.for_others        ? AccountLevel::kOfOthers
                                                 : AccountLevel::kUnknown;
    shared_.name = compare_payer_names(payment.payer_name, debtor.name);
    shared_.number = stands(customer_number_) ? NumberLevel::kCustomer
                     : an_invoice_stands()    ? NumberLevel::kOtherInvoice
                                              : NumberLevel::kNone;
    shared_.reference = gives_some_number() ? ReferenceLevel::kOther : ReferenceLevel::kNone;
  }

  std::vector<PayerCandidate> run() {
    for (std::size_t at = 0; at < debtor_.bills.size(); ++at) {
      if (is_owed(at) || is_named(at) || paid_the_same(at)) candidates_.push_back(make({at}));
    }
    add_several();
    candidates_.push_back(make({}));
    return std::move(candidates_);
  }
  [[nodiscard]] PayerCandidate make(std::vector<std::size_t> bills) const;
  [[nodiscard]] std::vector<PayerReason> reasons(const PayerCandidate& candidate) const;

 private:
  struct Found {
    ReferenceLevel level = ReferenceLevel::kNone;
    std::string digits;
  };
  struct FoundInvoice {
    Standing standing = Standing::kNot;
    std::size_t digits = 0;
  };

  [[nodiscard]] Found find_reference(const Bill& bill, const ReferenceOptions& options) const {
    if (text_.runs.empty()) return {};
    const auto reference = PaymentReference::parse(bill.reference_scheme, bill.reference, options);
    if (!reference) return {};
    auto found = reference_evidence(text_, *reference, options);
    return {level_of(found.finding), std::move(found.found)};
  }
  // "A401", "A 401", "faktura 401": not "B401".
  [[nodiscard]] FoundInvoice find_invoice(std::size_t at) const {
    if (at >= debtor_.invoice_numbers.size() || text_.numbers.empty()) return {};
    const InvoiceNumber asked = invoice_number(debtor_.invoice_numbers[at]);
    FoundInvoice found{.digits = asked.digits.size()};
    for (const WrittenNumber& number : text_.numbers) {
      if (asked.digits.empty() || number.digits != asked.digits || number.is_other) continue;
      const bool is_series = !asked.series.empty() && number.word == asked.series;
      const bool is_of_another = !is_series && number.touches_word && !asked.series.empty() &&
                                 number.word.size() == asked.series.size();
      if (is_of_another) continue;
      found.standing =
          std::max(found.standing, is_series ? Standing::kWithSeries : Standing::kBare);
    }
    return found;
  }
  [[nodiscard]] bool invoice_stands(std::size_t at) const {
    return invoices_[at].standing != Standing::kNot;
  }
  // How much of the invoice's number is given; its series says as much as two digits.
  [[nodiscard]] std::size_t invoice_digits(std::size_t at) const {
    return invoices_[at].digits + (invoices_[at].standing == Standing::kWithSeries ? 2 : 0);
  }

  [[nodiscard]] bool stands(const std::string& number) const {
    return !number.empty() && text_.is_written(number);
  }
  [[nodiscard]] bool an_invoice_stands() const {
    return std::ranges::any_of(
        invoices_, [](const FoundInvoice& each) { return each.standing != Standing::kNot; });
  }
  // A number that is long enough to be meant as a reference, and is none of the debtor's others.
  [[nodiscard]] bool gives_some_number() const {
    return std::ranges::any_of(text_.numbers, [&](const WrittenNumber& number) {
      if (number.is_other || number.digits.size() < kReferenceDigitsMin) return false;
      return number.digits != customer_number_ &&
             std::ranges::none_of(debtor_.invoice_numbers, [&](const std::string& invoice) {
               return invoice_number(invoice).digits == number.digits;
             });
    });
  }
  // That the text names it beyond doubt, as far as a number can.
  [[nodiscard]] bool is_named_whole(std::size_t at) const {
    return findings_[at].level == ReferenceLevel::kWhole ||
           (invoice_stands(at) && invoice_digits(at) >= kNamingDigitsMin);
  }

  [[nodiscard]] bool in_currency(const Bill& bill) const {
    return bill.total.currency() == payment_.amount.currency();
  }
  [[nodiscard]] bool is_owed(std::size_t at) const {
    const Bill& bill = debtor_.bills[at];
    return in_currency(bill) && bill.state == BillState::kOpen && bill.rest().minor() > 0;
  }
  [[nodiscard]] bool is_named(std::size_t at) const {
    return in_currency(debtor_.bills[at]) &&
           (names_the_bill(findings_[at].level) || invoice_stands(at));
  }
  [[nodiscard]] bool paid_the_same(std::size_t at) const {
    return debtor_.bills[at].total == payment_.amount;
  }

  // What another bill's reference says of these: of one before them it is last month's.
  [[nodiscard]] ReferenceLevel level_by_another(std::size_t at,
                                                const std::vector<std::size_t>& bills) const {
    const bool is_before = std::ranges::all_of(bills, [&](std::size_t own) {
      return debtor_.bills[at].issued < debtor_.bills[own].issued;
    });
    if (!is_before) return ReferenceLevel::kOfTheirsLater;
    return findings_[at].level == ReferenceLevel::kWhole ? ReferenceLevel::kOfTheirs
                                                         : ReferenceLevel::kOfTheirsNearly;
  }
  void add_reference(PayerCandidate& candidate) const;

  [[nodiscard]] DayLevel day_of(const Bill& bill) const {
    const std::int32_t late = payment_.booked - bill.due;
    if (late >= -kBeforeDueMax && late <= kAfterDueMax) return DayLevel::kAboutDue;
    return late > 0 && late <= kLateMax ? DayLevel::kLate : DayLevel::kFarOff;
  }

  [[nodiscard]] bool is_next_row(std::size_t at) const {
    return is_owed(at) && next_row_amount(debtor_.bills[at]) == payment_.amount;
  }

  [[nodiscard]] AmountLevel amount_of(std::size_t at) const {
    const Bill& bill = debtor_.bills[at];
    const Money asked = is_owed(at) ? bill.rest() : bill.total;
    if (payment_.amount == asked || is_next_row(at)) return AmountLevel::kEqual;
    if (is_likely_charge(payment_.charges, asked) && payment_.amount + payment_.charges == asked) {
      return AmountLevel::kCharged;
    }
    const Money little = little_of(asked);
    if (payment_.amount < asked && asked - payment_.amount <= little) return AmountLevel::kLess;
    if (payment_.amount > asked && payment_.amount - asked <= little) return AmountLevel::kMore;
    for (const Bill& other : debtor_.bills) {
      if (other.issued < bill.issued && other.total == payment_.amount) return AmountLevel::kLast;
    }
    return AmountLevel::kOther;
  }

  // All bills that are owed at once, or those of them that are the amount.
  void add_several() {
    std::vector<std::int64_t> rests;
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < debtor_.bills.size(); ++at) {
      if (!is_owed(at)) continue;
      rests.push_back(debtor_.bills[at].rest().minor());
      places.push_back(at);
    }
    if (rests.size() < 2) return;
    const BillSum sum = bills_that_sum_to(rests, payment_.amount.minor());
    if (sum.answer != SumAnswer::kOne || sum.bills.size() < 2) return;
    std::vector<std::size_t> bills;
    for (const std::size_t at : sum.bills) bills.push_back(places[at]);
    candidates_.push_back(make(std::move(bills)));
  }

  void count_numbers(PayerCandidate& candidate) const {
    for (std::size_t at = 0; at < invoices_.size(); ++at) {
      const bool is_own = std::ranges::find(candidate.bills, at) != candidate.bills.end();
      if (invoice_stands(at)) {
        candidate.number_digits = std::max(candidate.number_digits, invoice_digits(at));
      }
      if (!is_named_whole(at)) continue;
      ++candidate.named;
      if (is_own) ++candidate.named_own;
    }
    if (stands(customer_number_)) {
      candidate.number_digits = std::max(candidate.number_digits, customer_number_.size());
    }
  }

  [[nodiscard]] std::string reference_said(const PayerCandidate& candidate) const;

  const PaymentFacts& payment_;
  const Debtor& debtor_;
  const PaidBefore& before_;
  PayersText text_;
  std::string customer_number_;
  std::vector<Found> findings_;         // Of the bills, in their order.
  std::vector<FoundInvoice> invoices_;  // So too.
  PayerLevels shared_;
  std::vector<PayerCandidate> candidates_;
};

PayerCandidate Comparing::make(std::vector<std::size_t> bills) const {
  PayerCandidate candidate;
  candidate.bills = std::move(bills);
  candidate.levels = shared_;
  PayerLevels& levels = candidate.levels;
  candidate.is_owed = !candidate.bills.empty();
  for (const std::size_t at : candidate.bills) {
    if (invoice_stands(at)) levels.number = NumberLevel::kInvoice;
    levels.day = std::max(levels.day, day_of(debtor_.bills[at]));
    candidate.is_owed &= is_owed(at);
  }
  if (!candidate.bills.empty()) add_reference(candidate);
  if (candidate.bills.size() == 1) levels.amount = amount_of(candidate.bills.front());
  if (candidate.bills.size() > 1) levels.amount = AmountLevel::kSeveral;
  count_numbers(candidate);
  return candidate;
}

// What the text's references say of the candidate, and how long the one is that says it.
void Comparing::add_reference(PayerCandidate& candidate) const {
  ReferenceLevel& level = candidate.levels.reference;
  const auto take = [&](ReferenceLevel by, std::size_t at) {
    level = by;
    candidate.reference_digits = findings_[at].digits.size();
    candidate.reference_is_damaged = findings_[at].level != ReferenceLevel::kWhole;
  };
  for (const std::size_t at : candidate.bills) {
    if (findings_[at].level > level) take(findings_[at].level, at);
  }
  if (names_the_bill(level)) return;
  bool is_by_another = false;
  for (std::size_t at = 0; at < findings_.size(); ++at) {
    const bool is_own = std::ranges::find(candidate.bills, at) != candidate.bills.end();
    if (is_own || !names_the_bill(findings_[at].level)) continue;
    const ReferenceLevel by = level_by_another(at, candidate.bills);
    // The likeliest of them stands first among the levels.
    if (is_by_another && by >= level) continue;
    take(by, at);
    is_by_another = true;
  }
}

// The number in the text that the reference's level is about.
std::string Comparing::reference_said(const PayerCandidate& candidate) const {
  for (const std::size_t at : candidate.bills) {
    if (findings_[at].level == candidate.levels.reference) return findings_[at].digits;
  }
  for (const Found& found : findings_) {
    if (names_the_bill(found.level)) return found.digits;
  }
  return {};
}

PayerReason reference_reason(ReferenceLevel level, std::string said) {
  switch (level) {
    case ReferenceLevel::kNone: return {};
    case ReferenceLevel::kOther: return {"payer.reference.other", "", 0, {}, false};
    case ReferenceLevel::kAnother: return {"payer.reference.another", said, 0, {}, false};
    case ReferenceLevel::kOfTheirs:
    case ReferenceLevel::kOfTheirsNearly:
    case ReferenceLevel::kOfTheirsLater: return {"payer.reference.of_theirs", said};
    case ReferenceLevel::kLostDigit: return {"payer.reference.lost_digit", said};
    case ReferenceLevel::kWrongDigit: return {"payer.reference.wrong_digit", said};
    case ReferenceLevel::kSwapped: return {"payer.reference.swapped", said};
    case ReferenceLevel::kWhole: return {"payer.reference.whole", said};
  }
  return {};
}

PayerReason name_reason(NameLevel level, const std::string& payer) {
  switch (level) {
    case NameLevel::kNotSaid: return {};
    case NameLevel::kDiffers: return {"payer.name.differs", payer, 0, {}, false};
    case NameLevel::kSurname: return {"payer.name.surname", payer};
    case NameLevel::kSimilar: return {"payer.name.similar", payer};
    case NameLevel::kInitials: return {"payer.name.initials", payer};
    case NameLevel::kEqual: return {"payer.name.equal", payer};
  }
  return {};
}

PayerReason amount_reason(AmountLevel level, Money amount, Money asked, std::size_t bills) {
  switch (level) {
    case AmountLevel::kOther: return {"payer.amount.other", "", 0, asked, false};
    case AmountLevel::kLast: return {"payer.amount.last", "", 0, amount};
    case AmountLevel::kLess: return {"payer.amount.less", "", 0, asked - amount};
    case AmountLevel::kMore: return {"payer.amount.more", "", 0, amount - asked};
    case AmountLevel::kSeveral:
      return {"payer.amount.several", "", static_cast<std::int64_t>(bills), amount};
    case AmountLevel::kEqual: return {"payer.amount.equal", "", 0, amount};
    case AmountLevel::kCharged: return {"payer.amount.charged", "", 0, asked - amount};
  }
  return {};
}

PayerReason day_reason(DayLevel level, std::int32_t late) {
  switch (level) {
    case DayLevel::kFarOff: return {"payer.day.far_off", "", 0, {}, false};
    case DayLevel::kLate: return {"payer.day.late", "", late};
    case DayLevel::kAboutDue: return {"payer.day.about_due"};
  }
  return {};
}

std::vector<PayerReason> Comparing::reasons(const PayerCandidate& candidate) const {
  const PayerLevels& levels = candidate.levels;
  std::vector<PayerReason> reasons;
  const auto add = [&](PayerReason reason) {
    if (!reason.key.empty()) reasons.push_back(std::move(reason));
  };
  if (levels.reference == ReferenceLevel::kWhole) {
    for (const std::size_t at : candidate.bills) {
      if (findings_[at].level != ReferenceLevel::kWhole) continue;
      add(reference_reason(ReferenceLevel::kWhole, findings_[at].digits));
    }
  } else {
    add(reference_reason(levels.reference, reference_said(candidate)));
  }
  if (levels.number == NumberLevel::kInvoice) {
    for (const std::size_t at : candidate.bills) {
      if (!invoice_stands(at)) continue;
      add({"payer.number.invoice", debtor_.invoice_numbers[at]});
    }
  } else if (stands(customer_number_)) {
    add({"payer.number.customer", customer_number_});
  } else if (levels.number == NumberLevel::kOtherInvoice) {
    add({"payer.number.other_invoice"});
  }
  if (levels.account == AccountLevel::kKnown) {
    add({"payer.account.known", debtor_.name, before_.for_debtor});
  } else if (levels.account == AccountLevel::kOfOthers) {
    add({"payer.account.others", "", 0, {}, false});
  }
  add(name_reason(levels.name, payment_.payer_name));
  if (candidate.bills.empty()) {
    add({"payer.credit", "", 0, {}, false});
    return reasons;
  }
  const std::size_t first = candidate.bills.front();
  const Bill& bill = debtor_.bills[first];
  if (!is_owed(first)) add({"payer.bill.paid", "", 0, {}, false});
  const Money asked = is_owed(first) ? bill.rest() : bill.total;
  if (candidate.bills.size() == 1 && payment_.amount != asked && is_next_row(first)) {
    add({"payer.amount.instalment", "", 0, payment_.amount});
  } else {
    add(amount_reason(levels.amount, payment_.amount, asked, candidate.bills.size()));
  }
  if (candidate.alike > 1) {
    add({"payer.amount.oldest", "", static_cast<std::int64_t>(candidate.alike)});
  }
  add(day_reason(levels.day, payment_.booked - bill.due));
  return reasons;
}

}  // namespace

bool names_the_bill(ReferenceLevel level) {
  return level >= ReferenceLevel::kLostDigit && level <= ReferenceLevel::kWhole;
}

LevelVector to_vector(const PayerLevels& levels) {
  return {static_cast<std::uint8_t>(levels.reference), static_cast<std::uint8_t>(levels.number),
          static_cast<std::uint8_t>(levels.amount),    static_cast<std::uint8_t>(levels.account),
          static_cast<std::uint8_t>(levels.name),      static_cast<std::uint8_t>(levels.day)};
}

std::string to_text(const LevelVector& levels) {
  std::string text;
  for (const std::uint8_t level : levels) text.push_back(static_cast<char>('0' + level));
  return text;
}

std::optional<LevelVector> parse_levels(std::string_view text) {
  if (text.size() != kComparisons) return {};
  LevelVector levels = {};
  for (std::size_t at = 0; at < kComparisons; ++at) {
    const auto level = static_cast<unsigned>(text[at] - '0');
    if (level >= kLevelCounts[at]) return {};
    levels[at] = static_cast<std::uint8_t>(level);
  }
  return levels;
}

Money little_of(Money amount) {
  return Money(std::max<std::int64_t>(amount.minor() / kLittleParts, 1), amount.currency());
}

std::vector<PayerCandidate> candidates_of(const PaymentFacts& payment, const Debtor& debtor,
                                          const PaidBefore& before,
                                          const ReferenceOptions& options) {
  return Comparing(payment, debtor, before, options).run();
}

std::optional<PayerCandidate> of_several_debtors(Money amount,
                                                 std::span<const PayerCandidate> candidates,
                                                 std::span<const Debtor* const> debtors) {
  std::optional<PayerCandidate> all;
  Money sum(0, amount.currency());
  for (const PayerCandidate& each : candidates) {
    const bool is_named = each.bills.size() == 1 && each.named_own == 1 && each.is_owed;
    if (!is_named) continue;
    const std::size_t bill = each.bills.front();
    sum += debtors[each.debtor]->bills[bill].rest();
    if (!all) {
      all = each;
    } else if (all->debtor == each.debtor) {
      all->bills.push_back(bill);
    } else {
      all->beside.push_back({each.debtor, bill});
    }
  }
  if (!all || all->beside.empty() || sum != amount) return {};
  all->levels.amount = AmountLevel::kSeveral;
  return all;
}

std::vector<PayerReason> reasons_for(const PaymentFacts& payment, const Debtor& debtor,
                                     const PaidBefore& before, const PayerCandidate& candidate,
                                     const ReferenceOptions& options) {
  return Comparing(payment, debtor, before, options).reasons(candidate);
}

PayerLevels levels_of(const PaymentFacts& payment, const Debtor& debtor, const PaidBefore& before,
                      std::vector<std::size_t> bills, const ReferenceOptions& options) {
  return Comparing(payment, debtor, before, options).make(std::move(bills)).levels;
}

}  // namespace domain::matching
