#include "flows/plans/agree_plan.h"

#include "flows/care/change_profile.h"
#include "flows/operations/derived_ids.h"
#include "flows/operations/import_terms.h"
#include "flows/plans/notices.h"
#include "flows/plans/under_way.h"
#include "ports/billing.h"
#include "ports/plans.h"

namespace flows {
namespace {

using base::Result;
using domain::Bill;
using domain::Plan;

// What a decision about a plan needs to know besides the bill.
struct Facts {
  domain::InstalmentRules rules;
  domain::InstalmentTerms terms;
  int due_day = 0;
  base::Money pending;
  base::Date today;

  [[nodiscard]] domain::PlanAsk ask(const Bill& bill, const AgreePlan& request) const {
    return {.bill = bill,
            .terms = terms,
            .rules = rules,
            .parts = request.parts,
            .first_due = request.first_due,
            .due_day = due_day,
            .pending = pending,
            .today = today};
  }
};

Result<Facts> load_facts(ports::Transaction& transaction, const base::Clock& clock,
                         const domain::RuleBook& book, const Bill& bill) {
  Facts facts;
  facts.rules = TRY(load_seller(transaction)).plans;
  const AccountBilling billing = TRY(show_account(transaction, clock, bill.account));
  facts.today = billing.today;
  facts.due_day = billing.now.due_day;
  facts.terms = TRY(domain::instalment_terms({.book = book,
                                              .rules = facts.rules,
                                              .currency = bill.total.currency(),
                                              .country = billing.account.country,
                                              .segment = billing.customer.segment,
                                              .issued = bill.issued,
                                              .today = facts.today}));
  facts.pending = TRY(under_way_of(transaction, bill));
  return facts;
}

Result<Bill> hold_bill(ports::Transaction& transaction, const AgreePlan& request) {
  const ports::Billing::BillKey key{request.account, request.bill};
  auto bills = TRY(transaction.billing().hold_bills({&key, 1}));
  if (bills.empty()) {
    return base::fail("bill_not_found", "there is no such bill", request.bill.to_string());
  }
  return std::move(bills.front());
}

base::Json event_data(const Plan& plan) {
  base::Money sum(0, plan.rows.front().amount.currency());
  for (const domain::PlanRow& row : plan.rows) sum += row.amount;
  base::Json data;
  data.set("plan", plan.id.to_string())
      .set("bill", plan.bill.to_string())
      .set("parts", static_cast<std::int64_t>(plan.rows.size()))
      .set("amount", sum.to_decimal_string())
      .set("currency", sum.currency().code())
      .set("first", plan.rows.front().due.to_string())
      .set("last", plan.rows.back().due.to_string());
  return data;
}

}  // namespace

Result<Plan> agree_plan(ports::Transaction& transaction, const base::Clock& clock,
                        const domain::RuleBook& rules, const AgreePlan& request) {
  Bill bill = TRY(hold_bill(transaction, request));
  const auto id = derived_id<domain::PlanId>(
      {"plan", request.account.to_string(), request.bill.to_string(), request.request_key});
  if (auto before = TRY(transaction.plans().find(request.account, id))) {
    if (before->rows.size() == static_cast<std::size_t>(request.parts) || before->version > 1) {
      return *std::move(before);
    }
    return base::fail("request_key_reused", "the key was used for another plan",
                      request.request_key);
  }
  const Facts facts = TRY(load_facts(transaction, clock, rules, bill));
  Plan plan = TRY(domain::make_plan(facts.ask(bill, request)));
  plan.id = id;
  plan.agreed_by = request.actor;
  plan.recorded = clock.now();
  bill.plan = plan.rows;
  ++bill.version;
  TRY(transaction.billing().update_bill(bill));
  TRY(transaction.plans().add(plan));
  TRY(keep_note(transaction, {.account = plan.account,
                              .kind = "plan_agreed",
                              .data = event_data(plan),
                              .actor = request.actor,
                              .day = facts.today,
                              .recorded = plan.recorded,
                              .tell = true}));
  return plan;
}

Result<Plan> agree_plan(ports::Store& store, const base::Clock& clock,
                        const domain::RuleBook& rules, const AgreePlan& request) {
  Plan plan;
  TRY(ports::run_in_transaction(store, [&](ports::Transaction& transaction) -> Result<> {
    plan = TRY(agree_plan(transaction, clock, rules, request));
    return {};
  }));
  return plan;
}

Result<Plan> preview_plan(ports::Transaction& transaction, const base::Clock& clock,
                          const domain::RuleBook& rules, const AgreePlan& request) {
  const auto bill = TRY(transaction.billing().find_bill(request.account, request.bill));
  if (!bill) return base::fail("bill_not_found", "there is no such bill", request.bill.to_string());
  const Facts facts = TRY(load_facts(transaction, clock, rules, *bill));
  return domain::make_plan(facts.ask(*bill, request));
}

Result<std::vector<int>> offered_parts(ports::Transaction& transaction, const base::Clock& clock,
                                       const domain::RuleBook& rules, const Bill& bill) {
  const auto facts = load_facts(transaction, clock, rules, bill);
  if (!facts) {
    const std::string& code = facts.error().code;
    if (code == "plans_not_offered" || code == "rule_not_verified") return std::vector<int>();
    return std::unexpected(facts.error());
  }
  return domain::possible_parts(facts->ask(bill, {}));
}

}  // namespace flows
