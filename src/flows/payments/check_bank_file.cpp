#include "flows/payments/check_bank_file.h"

#include <set>

namespace flows {
namespace {

using base::Result;

class Checker final : public formats::bank::BankFileSink {
 public:
  Checker(const domain::OwnAccounts& own, BankFileCheck& check) : own_(own), check_(check) {}

  bool statement_begins(const domain::BankStatement& statement) override {
    day_ = statement.to ? statement.to : statement.from;
    return true;
  }
  bool statement_ends(const domain::BankStatement&) override { return true; }
  bool entry(domain::BankEntry&& entry) override {
    ask_for(entry);
    if (entry.booked && !entry.booking_date && !entry.value_date && !day_) {
      add({entry.line, "", "entry_no_date", "the entry has no day; it is left out"});
    }
    return true;
  }
  bool mandate(domain::BankMandate&&) override { return true; }
  bool status(domain::BankStatus&&) override { return true; }
  bool problem(domain::BankProblem&& problem) override {
    if (forbids_reading(problem.code)) check_.readable = false;
    add({problem.line, std::move(problem.field), std::move(problem.code), std::move(problem.text)});
    return true;
  }

 private:
  void add(ports::BankFileProblem problem) {
    ++check_.problem_count;
    if (check_.problems.size() < kBankProblemsKeptMax) {
      check_.problems.push_back(std::move(problem));
    }
  }
  // Once an account.
  void ask_for(const domain::BankEntry& entry) {
    if (!accounts_.insert(entry.account).second) return;
    switch (own_.asks(entry.account)) {
      case domain::OwnAccounts::Answer::kOurs: return;
      case domain::OwnAccounts::Answer::kForeign:
        add({entry.line, "account", "bank_account_foreign",
             "the account " + entry.account + " is not ours; its entries are left out"});
        return;
      case domain::OwnAccounts::Answer::kNotSaid:
        add({entry.line, "account", "bank_account_not_configured",
             "operator.toml names no account of this kind; " + entry.account +
                 " is taken to be ours"});
        return;
    }
  }

  const domain::OwnAccounts& own_;
  BankFileCheck& check_;
  std::set<std::string> accounts_;
  std::optional<base::Date> day_;
};

}  // namespace

Result<std::string_view> SnapshotSource::next() {
  const std::string_view piece = TRY(snapshot_.read_at(offset_, buffer_));
  offset_ += static_cast<std::int64_t>(piece.size());
  return piece;
}

bool forbids_reading(std::string_view problem_code) {
  return problem_code == "entity_not_allowed" || problem_code == "doctype_not_allowed";
}

domain::OwnAccounts own_accounts_of(const domain::Operator& seller) {
  std::vector<std::string> accounts = seller.bank_accounts;
  accounts.push_back(seller.payee.bankgiro);
  accounts.push_back(seller.payee.plusgiro);
  accounts.push_back(seller.payee.iban);
  return domain::OwnAccounts(std::move(accounts));
}

Result<const formats::bank::BankFormat*> recognise_file(const Snapshot& source) {
  std::string buffer;
  const std::string_view head = TRY(source.read_at(0, buffer));
  return formats::bank::recognise(head.substr(0, formats::bank::kHeadBytes));
}

Result<BankFileCheck> check_bank_file(const Snapshot& source,
                                      const formats::bank::BankFormat& format,
                                      const domain::OwnAccounts& own) {
  BankFileCheck check;
  Checker checker(own, check);
  SnapshotSource bytes(source);
  const domain::BankControl control = TRY(format.read(bytes, checker));
  check.agrees = control.agrees;
  return check;
}

}  // namespace flows
