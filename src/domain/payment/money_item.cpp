#include "domain/payment/money_item.h"

#include <algorithm>

namespace domain {
namespace {

using base::Money;

// Parts with their lengths, so that no two lists are the same text.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    text += std::to_string(part.size()) + ":";
    text += part;
  }
  return text;
}

std::string lines_of(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

bool is_letter(char c) { return 'A' <= c && c <= 'Z'; }

bool is_iban(std::string_view account) { return !account.empty() && is_letter(account.front()); }

// Without blanks and hyphens, and a giro number without the zeros before it, which are there in
// files of fixed width.
std::string compact(std::string_view account) {
  std::string text;
  for (const char c : account) {
    if (c == ' ' || c == '-' || c == '.') continue;
    text.push_back('a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  if (!is_iban(text)) text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
  return text;
}

std::string rail_of(std::string_view format, std::string_view code) {
  if (format == "bgmax") return "bankgiro";
  if (code.contains("DDT")) return "direct_debit";
  if (code.contains("CCRD") || code.contains("MCRD")) return "card";
  return "transfer";
}

// What the bank pays or takes for money lying there: no customer's, whichever way it went, and
// not undone by anybody's payment. Codes of ISO 20022 and SWIFT.
bool is_interest(const BankEntry& entry) {
  return (entry.code.contains("INTR") || entry.code.contains("NINT")) && entry.reference.empty();
}

// Money that came and goes back, as against money that was spent. A bankgiro number takes money
// in and nothing else: what goes from it goes back.
bool goes_back(const BankEntry& entry, std::string_view format) {
  if (entry.direction == MoneyDirection::kCredit) return false;
  if (format == "bgmax") return true;
  return entry.reversal || entry.returned.has_value() ||
         std::ranges::any_of(entry.details, [](const BankEntryDetail& detail) {
           return detail.returned.has_value();
         });
}

// Within what a bank's reference is the only one of its name. Records of fixed width have numbers
// that begin anew: of BgMax with each deposit, of others with each day.
std::string scope_of(const BankEntry& entry, const MoneyItem& whole, std::string_view format) {
  if (format.starts_with("camt.")) return "";
  return format == "bgmax" ? entry.statement : whole.booked.to_string();
}

// What makes an entry that entry, seen as money of this way; equals are not told apart. `whole`
// has what its only detail says too.
std::string identity_of(const BankEntry& entry, const MoneyItem& whole, std::string_view way,
                        std::string_view format) {
  const std::string amount = entry.amount.to_decimal_string();
  const std::string_view currency = entry.amount.currency().code();
  const std::string& named =
      entry.bank_reference.empty() ? whole.bank_reference : entry.bank_reference;
  const std::string scope = scope_of(entry, whole, format);
  if (!named.empty() && scope.empty()) {
    return joined({whole.bank_account, way, amount, currency, named});
  }
  if (!named.empty()) {
    return joined({whole.bank_account, way, amount, currency, named, scope});
  }
  return joined({whole.bank_account, way, amount, currency, "", whole.booked.to_string(),
                 whole.reference, whole.end_to_end_id, whole.remittance, whole.payer_account});
}

std::string part_of(const std::string& entry, std::int64_t ordinal, std::size_t part) {
  return joined({entry, std::to_string(ordinal), part == 0 ? "" : std::to_string(part)});
}

// Whether the details say the whole sum, each with its share.
bool adds_up(const BankEntry& entry) {
  Money sum(0, entry.amount.currency());
  for (const BankEntryDetail& detail : entry.details) {
    if (!detail.amount || detail.amount->currency() != sum.currency()) return false;
    detail.direction == entry.direction ? sum += * detail.amount : sum -= *detail.amount;
  }
  return sum == entry.amount;
}

// Why the details cannot be taken apart: details_do_not_add_up, several_references (none says its
// share), negative_reference (some of it is taken back). Empty: they can.
std::string_view why_whole(const BankEntry& entry) {
  const auto says_nothing = [](const BankEntryDetail& detail) {
    return !detail.amount || detail.amount->is_zero();
  };
  if (std::ranges::all_of(entry.details, says_nothing)) return "several_references";
  if (!adds_up(entry)) return "details_do_not_add_up";
  const bool one_way = std::ranges::all_of(entry.details, [&](const BankEntryDetail& detail) {
    return detail.direction == entry.direction;
  });
  return one_way ? "" : "negative_reference";
}

// What the bank took besides giving back what had been paid; nothing where it does not say so, or
// says it of sums that are not the entry's. Where the detail says one sum alone, that was paid.
std::optional<base::Money> charges_of_return(const BankEntry& entry) {
  if (entry.details.size() != 1) return {};
  const BankEntryDetail& only = entry.details.front();
  if (!only.instructed && !only.amount) return {};
  const base::Money paid = only.instructed ? *only.instructed : *only.amount;
  auto charges = only.charges ? only.charges : entry.charges;
  // The bank names the sum that it gives back, and not what it takes for that.
  const bool is_less =
      only.instructed && paid.currency() == entry.amount.currency() && paid < entry.amount;
  if (!charges && is_less) charges = entry.amount - paid;
  if (!charges || charges->is_zero() || charges->currency() != entry.amount.currency()) return {};
  if (paid.is_zero() || paid.currency() != entry.amount.currency()) return {};
  return paid + *charges == entry.amount ? charges : std::nullopt;
}

// What banks took of money on its way: `sent` is what its payer ordered, where that is said.
std::optional<base::Money> charges_on_the_way(base::Money came, base::Money charges, bool are_apart,
                                              const std::optional<base::Money>& sent) {
  if (charges.minor() <= 0 || charges.currency() != came.currency()) return {};
  if (sent && !sent->is_zero() && sent->currency() == came.currency()) {
    return *sent == came + charges ? std::optional(charges) : std::nullopt;
  }
  return are_apart ? std::nullopt : std::optional(charges);
}

// Of an entry as a whole. Its only part may say what was ordered as its own amount.
std::optional<base::Money> charges_of(const BankEntry& entry) {
  const BankEntryDetail* only = entry.details.size() == 1 ? &entry.details.front() : nullptr;
  const bool by_part = only != nullptr && only->charges;
  const auto charges = by_part ? only->charges : entry.charges;
  if (!charges) return {};
  std::optional<base::Money> sent;
  if (only != nullptr) sent = only->instructed;
  if (only != nullptr && !sent && only->amount != entry.amount) sent = only->amount;
  return charges_on_the_way(entry.amount, *charges,
                            by_part ? only->charges_apart : entry.charges_apart, sent);
}

void take_over(const BankEntryDetail& detail, MoneyItem& item) {
  const auto replace = [](std::string& text, const std::string& by) {
    if (!by.empty()) text = by;
  };
  replace(item.reference, detail.reference);
  replace(item.bank_reference, detail.bank_reference);
  replace(item.end_to_end_id, detail.end_to_end_id);
  replace(item.payer_name, detail.payer.name);
  replace(item.payer_account, detail.payer.account);
  replace(item.remittance, lines_of(detail.remittance));
}

MoneyItem whole_of(const BankEntry& entry, base::Date booked, std::string_view format) {
  MoneyItem whole;
  whole.entry = entry.ordinal;
  whole.line = entry.line;
  whole.bank_account = compact(entry.account);
  whole.amount = entry.amount;
  whole.booked = booked;
  whole.value = entry.value_date.value_or(booked);
  whole.rail = rail_of(format, entry.code);
  whole.reference = entry.reference;
  whole.bank_reference = entry.bank_reference;
  whole.end_to_end_id = entry.end_to_end_id;
  whole.payer_name = entry.payer.name;
  whole.payer_account = entry.payer.account;
  whole.remittance = lines_of(entry.remittance);
  whole.code = entry.code;
  if (entry.details.size() == 1) take_over(entry.details.front(), whole);
  return whole;
}

}  // namespace

OwnAccounts::OwnAccounts(std::vector<std::string> accounts) {
  for (const std::string& account : accounts) {
    if (!account.empty()) accounts_.push_back(compact(account));
  }
}

OwnAccounts::Answer OwnAccounts::asks(std::string_view account) const {
  const std::string asked = compact(account);
  bool is_said = false;
  for (const std::string& own : accounts_) {
    if (own == asked) return Answer::kOurs;
    is_said = is_said || is_iban(own) == is_iban(asked);
  }
  return is_said ? Answer::kForeign : Answer::kNotSaid;
}

std::int64_t ItemMaker::ordinal_of(const std::string& identity) { return ++seen_[identity]; }

std::string compact_account(std::string_view account) { return compact(account); }

ItemMaker::Items ItemMaker::make(const BankEntry& entry, std::optional<base::Date> fallback) {
  if (!entry.booked) return {{}, "not_booked"};
  const auto booked = entry.booking_date ? entry.booking_date
                      : entry.value_date ? entry.value_date
                                         : fallback;
  if (!booked) return {{}, "no_date"};
  const bool interest = is_interest(entry);
  const bool back = !interest && goes_back(entry, format_);
  const bool spent = entry.direction == MoneyDirection::kDebit && !back;
  if (entry.amount.is_zero()) return {{}, spent ? "outgoing" : "zero_amount"};
  Items all = items_of(entry, *booked, spent ? "spent" : back ? "back" : "came");
  if (spent) return {{}, "outgoing", std::move(all.items)};
  if (interest) return {{}, "interest", std::move(all.items)};
  return all;
}

ItemMaker::Items ItemMaker::items_of(const BankEntry& entry, base::Date booked,
                                     std::string_view way) {
  const bool back = way == "back";
  const bool goes_out = way != "came";
  MoneyItem whole = whole_of(entry, booked, format_);
  const std::string identity = identity_of(entry, whole, way, format_);
  const std::int64_t ordinal = ordinal_of(identity);
  whole.identity = part_of(identity, ordinal, 0);
  const std::string came = back ? identity_of(entry, whole, "came", format_) : "";
  if (goes_out) whole.amount = -entry.amount;
  if (back) whole.original = part_of(came, 1, 0);
  if (!goes_out && (entry.reversal || entry.returned)) whole.reason = "reversal";
  if (entry.details.size() <= 1) {
    if (!goes_out) whole.charges = charges_of(entry);
    // A batch may be told in its parts elsewhere; so may, under the bank's own reference, any sum.
    const bool has_name = format_.starts_with("camt.") && !entry.bank_reference.empty();
    if (entry.details.empty() && (entry.batch || has_name)) {
      whole.told_otherwise = part_of(identity, ordinal, 1);
    }
    const auto charges = back ? charges_of_return(entry) : std::nullopt;
    if (!charges) return {{std::move(whole)}, ""};
    MoneyItem fee = whole;
    fee.amount = -*charges;
    fee.identity = part_of(identity, ordinal, 1);
    fee.reason = "bank_charges";
    fee.reference.clear();
    fee.original.clear();
    whole.amount += *charges;
    return {{std::move(whole), std::move(fee)}, ""};
  }
  if (const auto reason = why_whole(entry); !reason.empty()) {
    whole.reason = reason;
    whole.reference.clear();
    return {{std::move(whole)}, ""};
  }
  Items all;
  for (const BankEntryDetail& detail : entry.details) {
    if (detail.amount->is_zero()) continue;
    MoneyItem& item = all.items.emplace_back(whole);
    item.identity = part_of(identity, ordinal, all.items.size());
    item.told_otherwise = whole.identity;
    if (back) item.original = part_of(came, 1, all.items.size());
    item.amount = goes_out ? -*detail.amount : *detail.amount;
    take_over(detail, item);
    if (goes_out || !detail.charges) continue;
    item.charges = charges_on_the_way(*detail.amount, *detail.charges, detail.charges_apart,
                                      detail.instructed);
  }
  return all;
}

}  // namespace domain
