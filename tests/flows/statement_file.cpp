#include "tests/flows/statement_file.h"

#include <cstdlib>

#include "tests/flows/payment_world.h"

namespace tests {

std::string statement_file(const StatementText& text) {
  const auto day_of = [](const std::string& day) { return base::Date::parse(day).value(); };
  formats::bank::WrittenFile file;
  file.id = "M" + text.id;
  file.created = text.day + "T18:00:00";
  domain::BankStatement head;
  head.id = text.id;
  head.account = text.account;
  head.currency = "SEK";
  head.to = day_of(text.day);
  head.opening = domain::BankBalance{kronor(text.opening), day_of(text.day)};
  head.closing = domain::BankBalance{kronor(text.closing), day_of(text.day)};
  formats::bank::WrittenStatement statement{head, {}};
  for (const StatementEntry& each : text.entries) {
    domain::BankEntry entry;
    entry.amount = kronor(std::abs(each.kronor));
    if (each.kronor < 0) entry.direction = domain::MoneyDirection::kDebit;
    entry.booking_date = entry.value_date = day_of(each.day);
    entry.bank_reference = each.bank_reference;
    entry.end_to_end_id = each.end_to_end_id;
    entry.reference = each.reference;
    if (!each.words.empty()) entry.remittance = {each.words};
    entry.payer.name = "Ebba Ek";
    entry.payer.account = "SE3550000000054910000003";
    entry.reversal = each.returned;
    statement.entries.push_back(std::move(entry));
  }
  file.statements.push_back(std::move(statement));
  return formats::bank::write_camt053(file);
}

}  // namespace tests
