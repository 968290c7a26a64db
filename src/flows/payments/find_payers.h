// Looks up what payments that no exact reference assigns may be for, many at once, and weighs it.
//
// Looked up are references one slip away from what the text gives, invoice and customer numbers in
// it, bills of the amount, accounts that the payer's bank account has paid for, and customers of
// the payer's name. What that comes to is domain/matching/payer_model.h. Names are found by the
// search index (flows/care/index_customers.h). Reads only.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/result/result.h"
#include "domain/matching/payer_model.h"
#include "domain/operator/operator.h"
#include "ports/payer_search.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

// What one payment may be for, the likeliest first.
struct PayerAnswer {
  domain::matching::PayerRanking ranking;
  std::vector<domain::AccountId> accounts;  // Of the candidates' debtors, by their places.
};

// One candidate as a person sees it.
struct PayerSuggestion {
  std::string code;  // By which it is accepted; the same as long as it is for the same bills.
  domain::AccountId account;                 // The first of them, where bills are of several.
  std::vector<domain::Bill> bills;           // Empty: the account's credit.
  std::vector<std::string> invoice_numbers;  // Of the bills.
  std::string customer_name;
  std::int64_t customer_number = 0;
  std::int64_t millionths = 0;  // How likely it is, of a million.
  domain::matching::PayerLevels levels;
  std::vector<domain::matching::PayerReason> reasons;
};

inline constexpr std::size_t kSuggestionsMax = 3;

// What holds for all batches of one run and is asked for once: what was learned, how many bills
// there are, and which amounts and names are so common that they lead to nobody.
struct PayerCommons {
  std::optional<ports::LearnedMatches> learned;
  std::map<base::Month, std::int64_t> bills;  // Billed from that month on.
  std::map<std::tuple<base::Currency, std::int64_t, base::Date>, std::int64_t> amounts;
  std::set<std::string, std::less<>> names;
};

class PayerFinder {
 public:
  // For these payments, with what is learned so far.
  [[nodiscard]] static base::Result<PayerFinder> load(
      ports::Transaction& transaction, const domain::Operator& seller,
      std::span<const ports::IncomingPayment> payments);
  // One batch of several.
  [[nodiscard]] static base::Result<PayerFinder> load(
      ports::Transaction& transaction, const domain::Operator& seller,
      std::span<const ports::IncomingPayment> payments, PayerCommons& commons);

  // It does not depend on which other payments were asked for.
  [[nodiscard]] PayerAnswer answer(const ports::IncomingPayment& payment) const;
  // The best few of it, with reasons; reads the invoices' numbers.
  [[nodiscard]] base::Result<std::vector<PayerSuggestion>> suggest(
      ports::Transaction& transaction, const ports::IncomingPayment& payment) const;
  // What the payment's being for these bills of the account would show.
  [[nodiscard]] domain::matching::PayerLevels levels_of(
      const ports::IncomingPayment& payment, domain::AccountId account,
      std::span<const domain::BillId> bills) const;
  // Knows an account also where nothing led to it.
  [[nodiscard]] base::Result<> know(ports::Transaction& transaction, domain::AccountId account);
  // That the payment may be for the account, whatever leads there.
  [[nodiscard]] base::Result<> lead(ports::Transaction& transaction, domain::PaymentId payment,
                                    domain::AccountId account);

  // That its payer's bank account has paid for the account, as far as this is news.
  [[nodiscard]] base::Result<> lead_by_payer(ports::Transaction& transaction,
                                             const ports::IncomingPayment& payment,
                                             domain::AccountId account);
  // Bills that have changed since, where this says so.
  void refresh(const std::function<const domain::Bill*(domain::BillId)>& newer);

  [[nodiscard]] const domain::matching::Debtor& debtor(domain::AccountId account) const {
    return debtors_.at(account);
  }
  // Meanwhile a payment was booked to an account, with these of its bills.
  void booked(const ports::IncomingPayment& payment, domain::AccountId account,
              std::span<const domain::Bill> bills);

  [[nodiscard]] const domain::matching::PayerModel& model() const { return model_; }
  [[nodiscard]] std::int64_t version() const { return version_; }

 private:
  PayerFinder() = default;
  [[nodiscard]] base::Result<> load_debtors(ports::Transaction& transaction,
                                            const std::set<domain::AccountId>& accounts);
  [[nodiscard]] std::set<domain::AccountId> accounts_for(
      const ports::IncomingPayment& payment) const;
  [[nodiscard]] domain::matching::PaidBefore paid_before(const ports::IncomingPayment& payment,
                                                         domain::AccountId account) const;
  [[nodiscard]] domain::matching::PayerField field_of(const ports::IncomingPayment& payment) const;
  friend class PayerLookup;

  domain::matching::PayerModel model_ = domain::matching::PayerModel::learned_from();
  std::int64_t version_ = 0;
  std::map<base::Month, std::int64_t> bills_;
  base::Date since_;  // Of the earliest payment.
  std::map<domain::AccountId, domain::matching::Debtor> debtors_;
  // What leads where: of each payment the accounts, and what is counted.
  std::unordered_map<domain::PaymentId, std::set<domain::AccountId>> found_;
  std::map<std::tuple<base::Currency, std::int64_t, base::Date>, std::int64_t> same_amount_;
  std::map<std::string, std::int64_t, std::less<>> named_;
  std::map<std::string, std::map<domain::AccountId, std::int64_t>, std::less<>> paid_for_;
  // The invoice numbers that stand in a text of these payments.
  std::map<domain::BillId, std::string> invoices_;
};

}  // namespace flows
