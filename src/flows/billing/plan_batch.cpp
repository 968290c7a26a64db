#include "flows/billing/plan_batch.h"

#include <map>
#include <optional>

#include "domain/billing/due_date.h"
#include "domain/billing/profile.h"
#include "domain/law/vat_rates.h"
#include "flows/care/time_zone.h"
#include "formats/document/invoice_json.h"
#include "ports/credits.h"
#include "ports/parties.h"
#include "ports/profiles.h"
#include "ports/usage.h"

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
  int least_due_days_consumer = 0;
  int least_due_days_business = 0;

  [[nodiscard]] int least_due_days(domain::Segment segment) const {
    return segment == domain::Segment::kConsumer ? least_due_days_consumer
                                                 : least_due_days_business;
  }
};

Result<CountryTerms> load_country(const domain::RuleBook& rules, const std::string& country,
                                  base::Date issue_day) {
  CountryTerms terms{RatesOfCountry(rules, country)};
  if (const auto step = TRY(domain::payment_rounding(rules, country, issue_day))) {
    terms.rounding_step_minor = step->minor();
  }
  using enum domain::Segment;
  terms.least_due_days_consumer = TRY(domain::least_due_days(rules, country, kConsumer, issue_day));
  terms.least_due_days_business = TRY(domain::least_due_days(rules, country, kBusiness, issue_day));
  return terms;
}

using FactsByAccount = std::map<domain::AccountId, domain::AccountFacts>;

struct Loaded {
  FactsByAccount facts;
  std::int64_t closed_already = 0;
  std::vector<ports::SetAside> set_aside;
};

// What each account chose, through time (R02, R06). A choice that makes no sense, which nobody
// can make any more, sets the account aside.
Result<> load_choices(ports::Transaction& transaction, const BillingSetup& setup,
                      const ports::AccountRange& range, Loaded& loaded) {
  const domain::BillingProfile& defaults = setup.seller.default_profile;
  for (auto& [id, facts] : loaded.facts) {
    facts.profile = domain::account_profile(defaults, facts.account, {});
    facts.credit = base::Money(0, facts.account.currency);
    auto frequency = domain::Frequency::parse(facts.profile.frequency);
    if (!frequency) return std::unexpected(frequency.error());
    facts.first_frequency = *frequency;
  }
  TRY(transaction.profiles().load_until(
      range, setup.day, setup.cutoff_epoch, [&](const ports::ProfileRevision& chosen) -> Result<> {
        const auto found = loaded.facts.find(chosen.account);
        if (found == loaded.facts.end()) return {};
        domain::AccountFacts& facts = found->second;
        facts.profile = domain::account_profile(defaults, facts.account, chosen.chosen);
        const auto frequency = domain::Frequency::parse(facts.profile.frequency);
        if (!frequency) {
          loaded.set_aside.push_back({chosen.account, frequency.error()});
          loaded.facts.erase(found);
          return {};
        }
        // What was chosen again before it held is not what held.
        std::erase_if(facts.frequencies, [&](const domain::FrequencyChange& earlier) {
          return earlier.from >= chosen.holds_from;
        });
        facts.frequencies.push_back({chosen.holds_from, *frequency});
        return {};
      }));
  for (const auto& balance : TRY(transaction.credits().balances(range, setup.cutoff_epoch))) {
    const auto found = loaded.facts.find(balance.account);
    const bool usable = found != loaded.facts.end() && !balance.amount.is_negative() &&
                        balance.amount.currency() == found->second.account.currency;
    if (usable) found->second.credit = balance.amount;
  }
  return {};
}

// Marks first: they say which accounts are closed for the period and what earlier runs saw.
Result<> load_marks(ports::Transaction& transaction, const BillingSetup& setup,
                    const ports::AccountRange& range, Loaded& loaded) {
  for (const auto& mark : TRY(transaction.billing().load_marks(range, setup.looks_back_to()))) {
    const auto found = loaded.facts.find(mark.account);
    if (found == loaded.facts.end()) continue;
    found->second.closed.push_back({mark.boundary, mark.cutoff_epoch});
  }
  if (domain::bills_within_months(setup.catalogue)) return {};
  for (auto at = loaded.facts.begin(); at != loaded.facts.end();) {
    const bool due = domain::boundary_to_close(at->second, setup.day).has_value();
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
  if (boundary && charge.effective >= *boundary) return false;
  if (facts.closed.empty()) return true;
  const domain::Closing& last = facts.closed.back();
  return charge.effective >= last.boundary || charge.epoch > last.cutoff_epoch;
}

// The lines that were issued to an account, of all its documents.
Result<> load_issued(ports::Transaction& transaction, base::Date since,
                     domain::AccountFacts& facts) {
  for (const auto& document : TRY(transaction.billing().documents_since(facts.account.id, since))) {
    auto invoice = TRY(formats::document::read_invoice_json(document.content));
    // What somebody credited of an invoice is given, not a change of what is owed.
    if (invoice.credits) continue;
    for (domain::InvoiceLine& line : invoice.lines) {
      if (invoice.kind == domain::DocumentKind::kCreditNote) domain::turn_sign(line);
      facts.issued.push_back(std::move(line));
    }
  }
  return {};
}

using Details = ports::Parties::Details;

Result<> load_customers(ports::Transaction& transaction, const BillingSetup& setup,
                        const ports::AccountRange& range, Details details, FactsByAccount& facts) {
  std::map<domain::CustomerId, domain::Customer> customers;
  for (auto& customer :
       TRY(transaction.parties().load_customers_for(range, setup.cutoff_epoch, details))) {
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

// The months of usage that a bill may speak of: all that no earlier bill had, and those with late
// records; where every month matters, all that are looked at.
class UsageLoader {
 public:
  UsageLoader(ports::Transaction& transaction, const BillingSetup& setup,
              const ports::AccountRange& range, FactsByAccount& facts)
      : transaction_(transaction), setup_(setup), range_(range), facts_(facts) {}

  Result<> load() {
    TRY(find_late_months());
    const base::Month from = first_month();
    TRY(transaction_.usage().sums(range_, from, setup_.period(), setup_.cutoff_epoch,
                                  [&](const ports::UsageTotal& total) -> Result<> {
                                    add(total);
                                    return {};
                                  }));
    for (const auto& [key, late] : late_) month_of(key.account, key.month).late = true;
    return {};
  }

 private:
  // What was recorded after an account's last closing. Each account has its own; they are few.
  Result<> find_late_months() {
    std::map<std::int64_t, bool> cutoffs;
    for (const auto& [id, facts] : facts_) {
      if (!facts.closed.empty()) cutoffs[facts.closed.back().cutoff_epoch] = true;
    }
    for (const auto& [cutoff, unused] : cutoffs) {
      for (const auto& changed :
           TRY(transaction_.usage().changed_months(range_, cutoff, setup_.cutoff_epoch))) {
        const auto found = facts_.find(changed.account);
        if (found == facts_.end() || found->second.closed.empty()) continue;
        const domain::Closing& last = found->second.closed.back();
        const bool billed = changed.month.period().to() <= last.boundary;
        if (last.cutoff_epoch == cutoff && billed) late_[changed] = true;
      }
    }
    return {};
  }

  [[nodiscard]] base::Month first_month() const {
    if (domain::needs_every_month(setup_.catalogue)) {
      return first_month_of_usage(setup_.day);
    }
    std::optional<base::Month> first;
    const auto look_at = [&](base::Month month) {
      first = first ? std::min(*first, month) : month;
    };
    for (const auto& [key, late] : late_) look_at(key.month);
    for (const auto& [id, facts] : facts_) {
      look_at(base::Month::of(facts.closed.empty() ? setup_.looks_back_to()
                                                   : facts.closed.back().boundary));
    }
    return first.value_or(setup_.period());
  }

  // Months come in order.
  domain::MonthOfUsage& month_of(domain::AccountId account, base::Month month) {
    auto& months = facts_.find(account)->second.usage;
    const auto at = std::ranges::lower_bound(months, month, {}, &domain::MonthOfUsage::month);
    if (at != months.end() && at->month == month) return *at;
    return *months.insert(at, {.month = month, .sums = {}});
  }

  void add(const ports::UsageTotal& total) {
    if (facts_.find(total.account) == facts_.end()) return;
    month_of(total.account, total.month).sums.push_back(total.sum);
  }

  ports::Transaction& transaction_;
  const BillingSetup& setup_;
  const ports::AccountRange& range_;
  FactsByAccount& facts_;
  std::map<ports::UsageMonth, bool> late_;
};

Result<Loaded> load(ports::Transaction& transaction, const BillingSetup& setup,
                    const ports::AccountRange& range, Details details) {
  Loaded loaded;
  auto& parties = transaction.parties();
  TRY(parties.for_each_account_in(range, setup.cutoff_epoch,
                                  [&](const domain::Account& account) -> Result<> {
                                    loaded.facts[account.id].account = account;
                                    return {};
                                  }));
  TRY(load_choices(transaction, setup, range, loaded));
  TRY(load_marks(transaction, setup, range, loaded));
  TRY(load_customers(transaction, setup, range, details, loaded.facts));
  TRY(parties.load_services(range, setup.cutoff_epoch, details,
                            [&](const domain::Service& service) -> Result<> {
                              const auto found = loaded.facts.find(service.account);
                              if (found != loaded.facts.end()) {
                                found->second.services.push_back(service);
                              }
                              return {};
                            }));
  TRY(parties.load_charges(
      range, charge_window(setup, loaded.facts), [&](const domain::Charge& charge) -> Result<> {
        const auto found = loaded.facts.find(charge.account);
        if (found != loaded.facts.end() && is_due(charge, found->second, setup.day)) {
          found->second.charges.push_back(charge);
        }
        return {};
      }));
  TRY(UsageLoader(transaction, setup, range, loaded.facts).load());
  return loaded;
}

void add_totals(const domain::AccountPlan& plan, RunTotals& totals) {
  if (!plan.bills.empty()) ++totals.billed;
  for (const domain::PlannedBill& bill : plan.bills) {
    const std::int64_t sign = bill.is_credit ? -1 : 1;
    ++(bill.is_credit ? totals.credit_notes : totals.documents);
    totals.net_minor += sign * bill.sums.net.minor();
    totals.vat_minor += sign * bill.sums.vat_total.minor();
    totals.total_minor += sign * bill.sums.total.minor();
  }
}

}  // namespace

Result<BatchPlan> plan_batch(ports::Store& store, const BillingSetup& setup,
                             const ports::AccountRange& range, PlanFor use) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const Details details = use == PlanFor::kIssue ? Details::kOpened : Details::kLeftSealed;
  Loaded loaded = TRY(load(*transaction, setup, range, details));
  BatchPlan batch;
  batch.set_aside = std::move(loaded.set_aside);
  batch.totals.accounts = static_cast<std::int64_t>(batch.set_aside.size()) +
                          static_cast<std::int64_t>(loaded.facts.size()) + loaded.closed_already;
  const bool bills_within_months = domain::bills_within_months(setup.catalogue);
  const bool closes_every_month = domain::needs_every_month(setup.catalogue);
  const base::TimeZone zone = TRY(time_zone(setup.seller.time_zone));
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
        .looks_back_to = setup.looks_back_to(),
        .least_due_days = law.least_due_days(facts.customer.segment),
        .brand = setup.seller.brand,
        .closes_every_month = closes_every_month,
        .bills_within_months = bills_within_months,
        .zone = &zone};
    if (domain::needs_issued(facts, terms)) {
      TRY(load_issued(*transaction, setup.looks_back_to(), facts));
    }
    auto plan = domain::plan_bills(facts, terms);
    if (!plan) {
      batch.set_aside.push_back({id, plan.error()});
      continue;
    }
    if (!plan->closes && plan->bills.empty()) continue;
    add_totals(*plan, batch.totals);
    batch.accounts.push_back(
        {std::move(facts.account), std::move(facts.customer), std::move(*plan)});
  }
  batch.totals.set_aside = static_cast<std::int64_t>(batch.set_aside.size());
  return batch;
}

}  // namespace flows
