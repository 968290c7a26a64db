// Which element belongs to what: groups begin and end, texts are kept until their group ends.
#include "formats/bank/camt/camt_reader.h"

#include <utility>

#include "base/text/beginning.h"
#include "formats/bank/iso20022/values.h"

namespace formats::bank::camt {
namespace {

bool is_party(Field field) { return Field::kDebtor <= field && field <= Field::kUltimateCreditor; }

bool is_charges(Field field) {
  return field == Field::kEntryCharges || field == Field::kDetailCharges;
}

bool is_party_field(Field field) {
  return Field::kPartyName <= field && field <= Field::kPartyIdentity;
}

}  // namespace

void CamtReader::Party::clear() {
  value.name.clear();
  value.account.clear();
  value.identity.clear();
  value.address.clear();
  for (std::string* part : {&street, &building, &postcode, &town, &country}) part->clear();
  lines.clear();
}

void CamtReader::Party::finish() {
  const auto joined = [](std::string first, const std::string& second) {
    if (!first.empty() && !second.empty()) first += ' ';
    return first + second;
  };
  const auto add = [this](std::string line) {
    if (!line.empty()) value.address.push_back(std::move(line));
  };
  add(joined(std::move(street), building));
  for (std::string& line : lines) add(std::move(line));
  add(joined(std::move(postcode), town));
  add(std::move(country));
}

void CamtReader::begins(int number, std::int64_t line) {
  const auto field = static_cast<Field>(number);
  if (field == Field::kStatement) {
    begin_statement(line);
  } else if (field == Field::kBalance) {
    slots_.clear(Field::kBalance, Field::kBalanceDay);
  } else if (field == Field::kEntry) {
    begin_entry(line);
  } else if (field == Field::kDetail) {
    begin_detail();
  } else if (field == Field::kDocument) {
    slots_.clear(Field::kDocument, Field::kDocumentReference);
  } else if (is_charges(field)) {
    const bool is_entry = field == Field::kEntryCharges;
    slots_.clear(is_entry ? Field::kEntryCharge : Field::kDetailCharge,
                 is_entry ? Field::kEntryChargeIncluded : Field::kDetailChargeIncluded);
  } else if (is_party(field)) {
    party_ = &parties_[static_cast<int>(field) - static_cast<int>(Field::kDebtor)];
  }
}

void CamtReader::ends(int number, const iso20022::XmlValue& value) {
  const auto field = static_cast<Field>(number);
  const bool is_group = field == Field::kStatement || field == Field::kBalance ||
                        field == Field::kEntry || field == Field::kDetail ||
                        field == Field::kDocument || is_charges(field) || is_party(field);
  if (is_group) {
    end_group(field, value.line);
  } else if (!value.text.empty()) {
    keep(field, value);
  }
}

void CamtReader::end_group(Field field, std::int64_t line) {
  if (field == Field::kStatement) {
    end_statement(line);
  } else if (field == Field::kBalance) {
    end_balance();
  } else if (field == Field::kEntry) {
    end_entry(line);
  } else if (field == Field::kDetail) {
    end_detail();
  } else if (field == Field::kDocument) {
    end_document();
  } else if (is_charges(field)) {
    end_charges(field);
  } else {
    party_ = nullptr;
  }
}

void CamtReader::keep(Field field, const iso20022::XmlValue& value) {
  if (field == Field::kUnstructured || field == Field::kAdditional) {
    // Swiss banks say there that a payment part could not be read: no words of the payer's.
    const bool words = field == Field::kUnstructured || !value.text.starts_with("?REJECT?");
    if (words && remittance_.size() < kLinesMax) remittance_.emplace_back(value.text);
  } else if (field == Field::kBatchCount) {
    const auto count = iso20022::parse_count(value.text);
    if (count && *count < INT32_MAX) batch_count_ = batch_count_.value_or(0) + *count;
  } else if (field == Field::kReturnText) {
    if (return_text_.size() > iso20022::kTextBytesMax) return;
    if (!return_text_.empty()) return_text_ += ' ';
    return_text_ += value.text;
  } else if (is_party_field(field)) {
    keep_party_field(field, value.text);
  } else {
    slots_.keep(field, value);
  }
}

void CamtReader::keep_party_field(Field field, std::string_view text) {
  if (party_ == nullptr) return;
  if (field == Field::kPartyLine) {
    if (party_->lines.size() < kLinesMax) party_->lines.emplace_back(text);
    return;
  }
  std::string* const texts[] = {
      &party_->value.name, nullptr,       &party_->street,  &party_->building,
      &party_->postcode,   &party_->town, &party_->country, &party_->value.identity};
  std::string& kept = *texts[static_cast<int>(field) - static_cast<int>(Field::kPartyName)];
  if (kept.empty()) kept.assign(text);
}

void CamtReader::finish() {
  if (!in_statement_) return;
  tell_statement();
  reading_.statement_ends(statement_);
}

void CamtReader::tell(Need need, std::int64_t line, std::string_view path, std::string_view code,
                      std::string text) {
  if (need == Need::kMuch) return reading_.disagrees(line, path, code, std::move(text));
  reading_.problem(line, path, code, std::move(text));
}

std::optional<base::Currency> CamtReader::currency_of(const Slots::Slot& slot,
                                                      std::string_view path, Need need) {
  const std::string_view code = slot.currency.empty() ? statement_.currency : slot.currency;
  if (!code.empty() && code == currency_code_) return currency_;
  auto known = base::Currency::parse(code);
  if (!known) {
    std::string capitals(code);
    for (char& c : capitals) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    known = base::Currency::parse(capitals);
    if (known) {
      reading_.problem(slot.line, path, "wrong_form",
                       "\"" + capitals + "\" is written in small letters");
    }
  }
  if (!known) {
    tell(need, slot.line, path, "unknown_currency",
         "\"" + base::beginning(code, 10) + "\" is no known currency");
    return std::nullopt;
  }
  currency_code_ = code;
  currency_ = *known;
  return currency_;
}

std::optional<base::Money> CamtReader::amount_of(Field field, std::string_view path, Need need) {
  const Slots::Slot& slot = slots_[field];
  if (slot.text.empty()) return std::nullopt;
  const auto currency = currency_of(slot, path, need);
  if (!currency) return std::nullopt;
  const auto written = iso20022::as_decimal(slot.text, *currency);
  const auto amount = iso20022::parse_amount(written.text, *currency);
  if (amount && !written.fault.empty()) {
    reading_.problem(slot.line, path, "wrong_form",
                     "\"" + base::beginning(slot.text, 40) + "\" " + std::string(written.fault));
  }
  if (amount) return *amount;
  tell(need, slot.line, path, amount.error().code, amount.error().text);
  return std::nullopt;
}

std::optional<base::Date> CamtReader::day_of(Field field, std::string_view path) {
  const Slots::Slot& slot = slots_[field];
  if (slot.text.empty()) return std::nullopt;
  const auto day = iso20022::parse_day(slot.text);
  if (!day) {
    reading_.problem(slot.line, path, "bad_date",
                     "\"" + base::beginning(slot.text, 40) + "\" is no day");
  }
  return day;
}

// "PMNT-RCDT-ESCT", or the bank's own code. The three parts stand in a row.
std::string CamtReader::code_of(Field domain_code, Field own) const {
  std::string code = slots_.text(domain_code);
  if (code.empty()) return slots_.text(own);
  for (int part = 1; part <= 2; ++part) {
    const std::string& next = slots_.text(static_cast<Field>(static_cast<int>(domain_code) + part));
    if (next.empty()) break;
    code += '-';
    code += next;
  }
  return code;
}

}  // namespace formats::bank::camt
