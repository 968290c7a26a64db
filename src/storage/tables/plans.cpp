#include "storage/tables/plans.h"

#include "storage/tables/bill_rows.h"
#include "storage/tables/columns.h"
#include "support/json/parse.h"

namespace storage {
namespace {

using base::Json;
using base::Money;
using base::Result;
using domain::KeptMethod;
using domain::MethodCharge;
using domain::Plan;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::int64_t kNone = -1;

std::int64_t day_column(const std::optional<base::Date>& day) { return day ? day->days() : kNone; }

std::optional<base::Date> optional_day(const Row& row, int column) {
  return row.integer(column) == kNone ? std::nullopt : std::optional(day(row, column));
}

Result<> changed_one(Result<std::int64_t> changed, std::string_view what) {
  if (TRY(std::move(changed)) == 1) return {};
  return base::fail("database_busy", "another writer changed it; try again", std::string(what));
}

// --- Rows.

constexpr std::string_view kSelectPlan =
    "SELECT account_id, plan_id, bill_id, state, currency, parts, agreed_on, agreed_by, due_day, "
    "grace_days, moves_left, last_day, reminded_row, reminded_on, ended_on, reason, version, "
    "recorded FROM payment_plan ";

Result<Plan> read_plan_row(const Row& row) {
  const auto currency = TRY(base::Currency::parse(row.text(4)));
  Plan plan;
  plan.account = row.id<domain::AccountId>(0);
  plan.id = row.id<domain::PlanId>(1);
  plan.bill = row.id<domain::BillId>(2);
  plan.state = TRY(domain::parse_plan_state(row.text(3)));
  plan.rows = TRY(read_plan(row.text(5), currency));
  plan.agreed_on = day(row, 6);
  plan.agreed_by = row.text(7);
  plan.due_day = static_cast<int>(row.integer(8));
  plan.grace_days = static_cast<int>(row.integer(9));
  plan.moves_left = static_cast<int>(row.integer(10));
  plan.last_day = day(row, 11);
  plan.reminded_row = optional_day(row, 12);
  plan.reminded_on = optional_day(row, 13);
  plan.ended_on = optional_day(row, 14);
  plan.reason = row.text(15);
  plan.version = row.integer(16);
  plan.recorded = {row.integer(17)};
  return plan;
}

constexpr std::string_view kSelectMethod =
    "SELECT account_id, method_id, intent_id, gateway, method, until_month, for_bills, state, "
    "reason, details_sealed, version, recorded FROM kept_method ";

std::string details_place(const KeptMethod& method) {
  return sealed_place("kept_method", "details_sealed",
                      {to_value(method.account), to_value(method.id)});
}

Json details_json(const KeptMethod& method) {
  Json details;
  details.set("token", method.token)
      .set("title", method.title)
      .set("consent", method.consent_text)
      .set("ip", method.consent_ip)
      .set("at", method.consent_at.micros);
  return details;
}

void read_details(const Json& details, KeptMethod& method) {
  method.token = details.text("token");
  method.title = details.text("title");
  method.consent_text = details.text("consent");
  method.consent_ip = details.text("ip");
  method.consent_at = {details.integer("at")};
}

Result<KeptMethod> read_method_row(const Row& row) {
  KeptMethod method;
  method.account = row.id<domain::AccountId>(0);
  method.id = row.id<domain::KeptMethodId>(1);
  method.intent = row.id<domain::IntentId>(2);
  method.gateway = row.text(3);
  method.method = row.text(4);
  if (row.integer(5) != kNone) method.until = month(row, 5);
  method.for_bills = row.integer(6) != 0;
  method.state = TRY(domain::parse_kept_method_state(row.text(7)));
  method.reason = row.text(8);
  method.version = row.integer(10);
  method.recorded = {row.integer(11)};
  return method;
}

std::int64_t until_column(const KeptMethod& method) {
  return method.until ? method.until->index() : kNone;
}

constexpr std::string_view kSelectCharge =
    "SELECT account_id, bill_id, row_due, method_id, amount_minor, currency, announced, day, "
    "first_day, tries, state, intent_id, reason, version, recorded FROM method_charge ";

Result<MethodCharge> read_charge_row(const Row& row) {
  MethodCharge charge;
  charge.key = {row.id<domain::AccountId>(0), row.id<domain::BillId>(1), day(row, 2)};
  charge.method = row.id<domain::KeptMethodId>(3);
  charge.amount = Money(row.integer(4), TRY(base::Currency::parse(row.text(5))));
  charge.announced = day(row, 6);
  charge.day = day(row, 7);
  charge.first_day = day(row, 8);
  charge.tries = static_cast<int>(row.integer(9));
  charge.state = TRY(domain::parse_charge_state(row.text(10)));
  charge.intent = row.id<domain::IntentId>(11);
  charge.reason = row.text(12);
  charge.version = row.integer(13);
  charge.recorded = {row.integer(14)};
  return charge;
}

// Conditions of a filter, and the values of their parameters.
class Where {
 public:
  void add(std::string_view condition, Value value) {
    values_.push_back(std::move(value));
    text_ += (values_.size() == 1 ? "WHERE " : " AND ") + std::string(condition) + " $" +
             std::to_string(values_.size());
  }
  [[nodiscard]] std::string limited(std::string_view order, std::size_t limit) {
    values_.push_back(limit_column(limit));
    return text_ + " ORDER BY " + std::string(order) + " LIMIT $" + std::to_string(values_.size());
  }
  [[nodiscard]] const std::vector<Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

template <class T>
std::optional<T> first_of(std::vector<T> found) {
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace

// --- Plans.

Result<std::vector<Plan>> SqlPlans::plans(std::string_view rest, const Values& values) {
  std::vector<Plan> found;
  TRY(connection_.query(std::string(kSelectPlan) + std::string(rest), values,
                        [&](const Row& row) -> Result<> {
                          Plan plan = TRY(read_plan_row(row));
                          found.push_back(std::move(plan));
                          return {};
                        }));
  return found;
}

Result<> SqlPlans::add(const Plan& plan) {
  TRY(connection_.execute(
      "INSERT INTO payment_plan (account_id, plan_id, bill_id, state, currency, parts, agreed_on, "
      "agreed_by, due_day, grace_days, moves_left, last_day, reminded_row, reminded_on, ended_on, "
      "reason, version, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
      "$14, $15, $16, $17, $18)",
      {to_value(plan.account), to_value(plan.id), to_value(plan.bill),
       to_column(domain::to_text(plan.state)),
       to_column(plan.rows.front().amount.currency().code()), write_plan(plan.rows),
       to_column(plan.agreed_on), plan.agreed_by, std::int64_t{plan.due_day},
       std::int64_t{plan.grace_days}, std::int64_t{plan.moves_left}, to_column(plan.last_day),
       day_column(plan.reminded_row), day_column(plan.reminded_on), day_column(plan.ended_on),
       plan.reason, plan.version, plan.recorded.micros}));
  return {};
}

Result<> SqlPlans::update(const Plan& plan) {
  return changed_one(
      connection_.execute(
          "UPDATE payment_plan SET state = $4, parts = $5, moves_left = $6, reminded_row = $7, "
          "reminded_on = $8, ended_on = $9, reason = $10, version = $11 "
          "WHERE account_id = $1 AND plan_id = $2 AND version = $3",
          {to_value(plan.account), to_value(plan.id), plan.version - 1,
           to_column(domain::to_text(plan.state)), write_plan(plan.rows),
           std::int64_t{plan.moves_left}, day_column(plan.reminded_row),
           day_column(plan.reminded_on), day_column(plan.ended_on), plan.reason, plan.version}),
      "plan");
}

Result<std::optional<Plan>> SqlPlans::find(domain::AccountId account, domain::PlanId id) {
  return first_of(
      TRY(plans("WHERE account_id = $1 AND plan_id = $2", {to_value(account), to_value(id)})));
}

Result<std::vector<Plan>> SqlPlans::list(const ports::PlanFilter& filter) {
  Where where;
  if (filter.account) where.add("account_id =", to_value(*filter.account));
  if (filter.account && filter.bill) where.add("bill_id =", to_value(*filter.bill));
  if (!filter.state.empty()) where.add("state =", filter.state);
  if (filter.after) where.add("plan_id >", to_value(*filter.after));
  const std::string rest = where.limited("plan_id", filter.limit);
  return plans(rest, where.values());
}

Result<std::vector<Plan>> SqlPlans::of_bill(domain::AccountId account, domain::BillId bill) {
  return plans("WHERE account_id = $1 AND bill_id = $2 ORDER BY recorded, plan_id",
               {to_value(account), to_value(bill)});
}

Result<std::vector<Plan>> SqlPlans::to_follow(base::Date kept_since,
                                              std::optional<domain::PlanId> after,
                                              std::size_t limit) {
  return plans(
      "WHERE plan_id > $1 AND (state = 'active' OR (state = 'kept' AND ended_on >= $2)) "
      "ORDER BY plan_id LIMIT $3",
      {to_value(after.value_or(domain::PlanId())), to_column(kept_since), limit_column(limit)});
}

// --- Kept methods.

Result<std::string> SqlPlans::seal(const KeptMethod& method) {
  domain::CustomerId customer;
  TRY(connection_.query("SELECT customer_id FROM account WHERE account_id = $1",
                        {to_value(method.account)}, [&](const Row& row) -> Result<> {
                          customer = row.id<domain::CustomerId>(0);
                          return {};
                        }));
  return vault_.seal(customer, details_place(method), details_json(method).dump());
}

Result<std::vector<KeptMethod>> SqlPlans::methods(std::string_view rest, const Values& values) {
  std::vector<KeptMethod> found;
  std::vector<std::string> sealed;
  TRY(connection_.query(std::string(kSelectMethod) + std::string(rest), values,
                        [&](const Row& row) -> Result<> {
                          KeptMethod method = TRY(read_method_row(row));
                          found.push_back(std::move(method));
                          sealed.emplace_back(row.bytes(9));
                          return {};
                        }));
  for (std::size_t at = 0; at < found.size(); ++at) {
    const auto text = vault_.unseal(details_place(found[at]), sealed[at]);
    // Of an erased customer the method can't be charged any more: nobody knows what it is called.
    if (!text && text.error().code == "erased") continue;
    if (!text) return std::unexpected(text.error());
    read_details(TRY(json::parse(*text)), found[at]);
  }
  return found;
}

Result<> SqlPlans::keep(const KeptMethod& method) {
  std::string sealed = TRY(seal(method));
  TRY(connection_.execute(
      "INSERT INTO kept_method (account_id, method_id, intent_id, gateway, method, until_month, "
      "for_bills, state, reason, details_sealed, version, recorded) VALUES ($1, $2, $3, $4, $5, "
      "$6, $7, $8, $9, $10, $11, $12)",
      {to_value(method.account), to_value(method.id), to_value(method.intent), method.gateway,
       method.method, until_column(method), std::int64_t{method.for_bills},
       to_column(domain::to_text(method.state)), method.reason, bytes_column(std::move(sealed)),
       method.version, method.recorded.micros}));
  return {};
}

Result<> SqlPlans::update_method(const KeptMethod& method) {
  std::string sealed = TRY(seal(method));
  return changed_one(
      connection_.execute(
          "UPDATE kept_method SET until_month = $4, for_bills = $5, state = $6, reason = $7, "
          "details_sealed = $8, version = $9 "
          "WHERE account_id = $1 AND method_id = $2 AND version = $3",
          {to_value(method.account), to_value(method.id), method.version - 1, until_column(method),
           std::int64_t{method.for_bills}, to_column(domain::to_text(method.state)), method.reason,
           bytes_column(std::move(sealed)), method.version}),
      "kept method");
}

Result<std::optional<KeptMethod>> SqlPlans::find_method(domain::AccountId account,
                                                        domain::KeptMethodId id) {
  return first_of(
      TRY(methods("WHERE account_id = $1 AND method_id = $2", {to_value(account), to_value(id)})));
}

Result<std::vector<KeptMethod>> SqlPlans::of_account(domain::AccountId account) {
  return methods("WHERE account_id = $1 ORDER BY recorded, method_id", {to_value(account)});
}

Result<bool> SqlPlans::forget(domain::AccountId account, domain::KeptMethodId id) {
  auto method = TRY(find_method(account, id));
  if (!method || method->state == domain::KeptMethodState::kForgotten) return false;
  method->state = domain::KeptMethodState::kForgotten;
  method->reason = "owner";
  method->token.clear();
  method->for_bills = false;
  ++method->version;
  TRY(update_method(*method));
  return true;
}

Result<std::vector<KeptMethod>> SqlPlans::for_bills(const ports::MethodFilter& filter) {
  return methods(
      "WHERE state = 'kept' AND for_bills = 1 AND method_id > $1 ORDER BY method_id LIMIT $2",
      {to_value(filter.after.value_or(domain::KeptMethodId())), limit_column(filter.limit)});
}

// --- Charges.

Result<std::vector<MethodCharge>> SqlPlans::charges(std::string_view rest, const Values& values) {
  std::vector<MethodCharge> found;
  TRY(connection_.query(std::string(kSelectCharge) + std::string(rest), values,
                        [&](const Row& row) -> Result<> {
                          MethodCharge charge = TRY(read_charge_row(row));
                          found.push_back(std::move(charge));
                          return {};
                        }));
  return found;
}

Result<> SqlPlans::add_charge(const MethodCharge& charge) {
  TRY(connection_.execute(
      "INSERT INTO method_charge (account_id, bill_id, row_due, method_id, amount_minor, currency, "
      "announced, day, first_day, tries, state, intent_id, reason, version, recorded) VALUES ($1, "
      "$2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      {to_value(charge.key.account), to_value(charge.key.bill), to_column(charge.key.row),
       to_value(charge.method), charge.amount.minor(), to_column(charge.amount.currency().code()),
       to_column(charge.announced), to_column(charge.day), to_column(charge.first_day),
       std::int64_t{charge.tries}, to_column(domain::to_text(charge.state)),
       to_value(charge.intent), charge.reason, charge.version, charge.recorded.micros}));
  return {};
}

Result<> SqlPlans::update_charge(const MethodCharge& charge) {
  return changed_one(
      connection_.execute(
          "UPDATE method_charge SET amount_minor = $5, day = $6, tries = $7, state = $8, "
          "intent_id = $9, reason = $10, version = $11 "
          "WHERE account_id = $1 AND bill_id = $2 AND row_due = $3 AND version = $4",
          {to_value(charge.key.account), to_value(charge.key.bill), to_column(charge.key.row),
           charge.version - 1, charge.amount.minor(), to_column(charge.day),
           std::int64_t{charge.tries}, to_column(domain::to_text(charge.state)),
           to_value(charge.intent), charge.reason, charge.version}),
      "charge");
}

Result<std::optional<MethodCharge>> SqlPlans::find_charge(const domain::ChargeKey& key) {
  return first_of(TRY(charges("WHERE account_id = $1 AND bill_id = $2 AND row_due = $3",
                              {to_value(key.account), to_value(key.bill), to_column(key.row)})));
}

Result<std::vector<MethodCharge>> SqlPlans::list_charges(const ports::ChargeFilter& filter) {
  Where where;
  if (filter.account) where.add("account_id =", to_value(*filter.account));
  if (filter.account && filter.bill) where.add("bill_id =", to_value(*filter.bill));
  const std::string rest = where.limited("row_due DESC, account_id, bill_id", filter.limit);
  return charges(rest, where.values());
}

Result<std::vector<MethodCharge>> SqlPlans::charges_due(base::Date day,
                                                        std::optional<domain::ChargeKey> after,
                                                        std::size_t limit) {
  const domain::ChargeKey from = after.value_or(domain::ChargeKey{});
  return charges(
      "WHERE state IN ('announced', 'charging') AND day <= $1 "
      "AND (account_id, bill_id, row_due) > ($2, $3, $4) "
      "ORDER BY account_id, bill_id, row_due LIMIT $5",
      {to_column(day), to_value(from.account), to_value(from.bill),
       std::int64_t{after ? from.row.days() : kNone}, limit_column(limit)});
}

}  // namespace storage
