#include "flows/payments/preview_bank_file.h"

#include <algorithm>

#include "flows/operations/import_terms.h"
#include "flows/payments/import_bank_file.h"

namespace flows {
namespace {

using base::Money;
using base::Result;

// Nothing once it is more than can be summed.
void add(std::optional<Money>& sum, Money amount) {
  std::int64_t minor = 0;
  if (!sum) return;
  if (__builtin_add_overflow(sum->minor(), amount.minor(), &minor)) {
    sum.reset();
  } else {
    sum = Money(minor, amount.currency());
  }
}

class Summing final : public formats::bank::BankFileSink {
 public:
  Summing(const domain::OwnAccounts& own, BankFilePreview& preview)
      : own_(own), preview_(preview) {}

  bool statement_begins(const domain::BankStatement& statement) override {
    day_ = statement.to ? statement.to : statement.from;
    return true;
  }
  bool statement_ends(const domain::BankStatement&) override { return true; }
  bool entry(domain::BankEntry&& entry) override {
    ++preview_.entries;
    BankAccountPreview* account = account_of(entry);
    if (account == nullptr) return true;
    ++account->entries;
    add(entry.direction == domain::MoneyDirection::kCredit ? account->came : account->went,
        entry.amount);
    const auto day = entry.booking_date ? entry.booking_date
                     : entry.value_date ? entry.value_date
                                        : day_;
    if (!day) return true;
    account->from = std::min(account->from.value_or(*day), *day);
    account->to = std::max(account->to.value_or(*day), *day);
    return true;
  }
  bool mandate(domain::BankMandate&&) override {
    ++preview_.mandates;
    return true;
  }
  bool status(domain::BankStatus&&) override {
    ++preview_.statuses;
    return true;
  }
  bool problem(domain::BankProblem&&) override { return true; }

 private:
  BankAccountPreview* account_of(const domain::BankEntry& entry) {
    auto& accounts = preview_.accounts;
    const base::Currency currency = entry.amount.currency();
    const auto found = std::ranges::find_if(accounts, [&](const BankAccountPreview& each) {
      return each.account == entry.account && each.currency == currency;
    });
    if (found != accounts.end()) return &*found;
    if (accounts.size() == kPreviewAccountsMax) return nullptr;
    const bool is_foreign = own_.asks(entry.account) == domain::OwnAccounts::Answer::kForeign;
    BankAccountPreview& account = accounts.emplace_back();
    account.account = entry.account;
    account.is_ours = !is_foreign;
    account.currency = currency;
    account.came = account.went = Money(0, currency);
    return &account;
  }

  const domain::OwnAccounts& own_;
  BankFilePreview& preview_;
  std::optional<base::Date> day_;
};

}  // namespace

Result<BankFilePreview> preview_bank_file(ports::Store& store, const Snapshot& source) {
  const auto* format = TRY(recognise_file(source));
  BankFilePreview preview;
  preview.id = bank_file_id(source);
  preview.name = source.name();
  preview.size = source.size();
  preview.format = format->name;
  preview.title = format->title;
  domain::OwnAccounts own;
  {
    const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
    own = own_accounts_of(TRY(load_seller(*transaction)));
    preview.known = TRY(transaction->payments().find_file(preview.id));
  }
  preview.check = TRY(check_bank_file(source, *format, own));
  Summing summing(own, preview);
  SnapshotSource bytes(source);
  TRY(format->read(bytes, summing));
  return preview;
}

}  // namespace flows
