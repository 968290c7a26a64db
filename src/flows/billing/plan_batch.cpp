#include "flows/billing/plan_batch.h"

#include <map>
#include <optional>

#include "domain/law/vat_rates.h"
#include "formats/document/invoice_json.h"
#include "ports/parties.h"

namespace flows {
namespace {

using base::Result;

// The VAT rates of one country, looked up once for each stretch of days in which they hold.
class RatesOfCountry {
 public:
  RatesOfCountry(const domain::RuleBook& rules, std::string country)
      : rules_(rules), country_(std::move(country)) {}

  Result<base::Percent> rate(std::string_view vat_class, base::Date day) {
    for (const domain::VatRates& rates : known_) {
      if (rates.valid().contains(day)) return rates.rate(vat_class);
    }
    known_.push_back(TRY(domain::VatRates::on(rules_, country_, day)));
    return known_.back().rate(vat_class);
  }

 private:
  const domain::RuleBook& rules_;
  std::string country_;
  std::vector<domain::VatRates> known_;
};

// What one country's law says to a run; made once for each country of a batch.
struct CountryTerms {
  RatesOfCountry rates;
  std::int64_t rounding_step_minor = 1;
};

Result<CountryTerms> load_country(const domain::RuleBook& rules, const std::string& country,
                                  base::Date issue_day) {
  CountryTerms terms{RatesOfCountry(rules, country)};
  if (const auto step = TRY(domain::payment_rounding(rules, country, issue_day))) {
    terms.rounding_step_minor = step->minor();
  }
  return terms;
}

using FactsByAccount = std::map<domain::AccountId, domain::AccountFacts>;

struct Loaded {
  FactsByAccount facts;
  std::int64_t closed_already = 0;
};

// Marks first: they say which accounts are closed for the period and what earlier runs saw.
Result<> load_marks(ports::Transaction& transaction, const BillingSetup& setup,
                    const ports::AccountRange& range, Loaded& loaded) {
  for (const auto& mark :
       TRY(transaction.billing().load_marks(range, setup.looks_back_to()))) {
    const auto found = loaded.facts.find(mark.account);
    if (found == loaded.facts.end()) continue;
    found->second.closed.push_back({mark.boundary, mark.cutoff_epoch});
  }
  for (auto at = loaded.facts.begin(); at != loaded.facts.end();) {
    // What cannot be read is named when the account is planned.
    const auto boundary = domain::boundary_to_close(at->second, setup.day);
    const bool due = !boundary || boundary->has_value();
    if (!due) ++loaded.closed_already;
    at = due ? std::next(at) : loaded.facts.erase(at);
  }
  return {};
}

// The widest window that misses no charge of any account of the batch.
ports::ChargeWindow charge_window(const BillingSetup& setup, const FactsByAccount& facts) {
  ports::ChargeWindow window{.through = setup.period(), .cutoff_epoch = setup.cutoff_epoch};
  std::optional<domain::Closing> least;
  for (const auto& [id, account] : facts) {
    if (account.closed.empty()) return window;
    const domain::Closing& last = account.closed.back();
    if (!least) least = last;
    least->boundary = std::min(least->boundary, last.boundary);
    least->cutoff_epoch = std::min(least->cutoff_epoch, last.cutoff_epoch);
  }
  if (least) {
    // Months that lie before the boundary as a whole.
    window.since = base::Month::of(least->boundary).previous();
    window.since_epoch = least->cutoff_epoch;
  }
  return window;
}

// Whether the charge is of this boundary: not of days after it, nor billed by an earlier run.
bool is_due(const domain::Charge& charge, const domain::AccountFacts& facts, base::Date day) {
  const auto boundary = domain::boundary_to_close(facts, day);
  if (boundary && *boundary && charge.effective >= **boundary) return false;
  if (facts.closed.empty()) return true;
  const domain::Closing& last = facts.closed.back();
  return charge.effective >= last.boundary || charge.epoch > last.cutoff_epoch;
}

// The lines that were issued to an account, of all its documents.
Result<> load_issued(ports::Transaction& transaction, base::Date since,
                     domain::AccountFacts& facts) {
  for (const auto& document :
       TRY(transaction.billing().documents_since(facts.account.id, since))) {
    auto invoice = TRY(formats::document::read_invoice_json(document.content));
    std::ranges::move(invoice.lines, std::back_inserter(facts.issued));
  }
  return {};
}

Result<> load_customers(ports::Transaction& transaction, const BillingSetup& setup,
                        const ports::AccountRange& range, FactsByAccount& facts) {
  std::map<domain::CustomerId, domain::Customer> customers;
  for (auto& customer :
       TRY(transaction.parties().load_customers_for(range, setup.cutoff_epoch))) {
    const auto id = customer.id;
    customers.emplace(id, std::move(customer));
  }
  for (auto& [id, account] : facts) {
    const auto found = customers.find(account.account.customer);
    if (found == customers.end()) {
      return base::fail("account_without_customer", "the account's customer is not there",
                        id.to_string());
    }
    account.customer = found->second;
  }
  return {};
}

Result<Loaded> load(ports::Transaction& transaction, const BillingSetup& setup,
                    const ports::AccountRange& range) {
  Loaded loaded;
  auto& parties = transaction.parties();
  TRY(parties.for_each_account_in(range, setup.cutoff_epoch,
                                  [&](const domain::Account& account) -> Result<> {
                                    loaded.facts[account.id].account = account;
                                    return {};
                                  }));
  TRY(load_marks(transaction, setup, range, loaded));
  TRY(load_customers(transaction, setup, range, loaded.facts));
  TRY(parties.load_services(range, setup.cutoff_epoch,
                            [&](const domain::Service& service) -> Result<> {
                              const auto found = loaded.facts.find(service.account);
                              if (found != loaded.facts.end()) {
                                found->second.services.push_back(service);
                              }
                              return {};
                            }));
  TRY(parties.load_charges(range, charge_window(setup, loaded.facts),
                           [&](const domain::Charge& charge) -> Result<> {
                             const auto found = loaded.facts.find(charge.account);
                             if (found != loaded.facts.end() &&
                                 is_due(charge, found->second, setup.day)) {
                               found->second.charges.push_back(charge);
                             }
                             return {};
                           }));
  return loaded;
}

void add_totals(const domain::AccountPlan& plan, RunTotals& totals) {
  if (!plan.bills.empty()) ++totals.billed;
  for (const domain::PlannedBill& bill : plan.bills) {
    ++totals.documents;
    totals.net_minor += bill.sums.net.minor();
    totals.vat_minor += bill.sums.vat_total.minor();
    totals.total_minor += bill.sums.total.minor();
  }
}

}  // namespace

Result<BatchPlan> plan_batch(ports::Store& store, const BillingSetup& setup,
                             const ports::AccountRange& range) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  Loaded loaded = TRY(load(*transaction, setup, range));
  BatchPlan batch;
  batch.totals.accounts =
      static_cast<std::int64_t>(loaded.facts.size()) + loaded.closed_already;
  std::map<std::string, CountryTerms> countries;
  for (auto& [id, facts] : loaded.facts) {
    const std::string& country = facts.account.country;
    auto known = countries.find(country);
    if (known == countries.end()) {
      auto terms = load_country(*setup.rules, country, setup.day);
      if (!terms) {
        batch.set_aside.push_back({id, terms.error()});
        continue;
      }
      known = countries.emplace(country, std::move(*terms)).first;
    }
    CountryTerms& law = known->second;
    const domain::BillingTerms terms{
        .day = setup.day,
        .catalogue = &setup.catalogue,
        .currency = facts.account.currency,
        .vat_rate_on = [&law](std::string_view vat_class,
                              base::Date day) { return law.rates.rate(vat_class, day); },
        .rounding_step_minor = law.rounding_step_minor,
        .earlier_runs = setup.earlier_runs,
        .looks_back_to = setup.looks_back_to()};
    if (domain::needs_issued(facts, terms).value_or(false)) {
      TRY(load_issued(*transaction, setup.looks_back_to(), facts));
    }
    auto plan = domain::plan_bills(facts, terms);
    if (!plan) {
      batch.set_aside.push_back({id, plan.error()});
      continue;
    }
    add_totals(*plan, batch.totals);
    batch.accounts.push_back(
        {std::move(facts.account), std::move(facts.customer), std::move(*plan)});
  }
  batch.totals.set_aside = static_cast<std::int64_t>(batch.set_aside.size());
  return batch;
}

}  // namespace flows
