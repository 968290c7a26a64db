#include "storage/tables/rail_costs.h"

#include <map>
#include <tuple>

#include "storage/tables/columns.h"

namespace storage {
namespace {

using base::Date;
using base::Money;
using base::Result;
using domain::Rail;
using domain::RailHistory;
using domain::RailUse;
using sql::Row;
using sql::to_value;

constexpr std::string_view kClearing = "clearing:";
constexpr std::string_view kDebit = "direct_debit";
const std::string kMicrosPerDay = std::to_string(base::kMicrosPerDay);

// "adyen" of "clearing:adyen"; nothing of a bank's account.
std::string gateway_of(std::string_view bank_account) {
  if (!bank_account.starts_with(kClearing)) return {};
  return std::string(bank_account.substr(kClearing.size()));
}

// Rows of sums by rail, currency and day, gathered by month.
class Months {
 public:
  Result<RailUse*> at(const Rail& rail, std::string_view currency_code, Date day) {
    const auto currency = TRY(base::Currency::parse(currency_code));
    RailUse& found = months_[{rail, base::Month::of(day), currency}];
    if (found.rail.method.empty() && found.rail.gateway.empty()) {
      const Money nothing(0, currency);
      found.rail = rail;
      found.month = base::Month::of(day);
      found.currency = currency;
      found.amount = found.fees = nothing;
    }
    return &found;
  }
  [[nodiscard]] std::vector<RailUse> rows() const {
    std::vector<RailUse> rows;
    for (const auto& [key, row] : months_) rows.push_back(row);
    return rows;
  }

 private:
  std::map<std::tuple<Rail, base::Month, base::Currency>, RailUse> months_;
};

}  // namespace

Result<> SqlRailCosts::add_fee(const ports::BookedFee& fee) {
  TRY(connection_.execute(
      "INSERT INTO rail_fee (intent_id, posting_id, gateway, method, currency, amount_minor, "
      "told_minor, day, said_by, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {to_value(fee.intent), to_value(fee.posting), fee.rail.gateway, fee.rail.method,
       to_column(fee.amount.currency().code()), fee.amount.minor(), fee.told.minor(),
       to_column(fee.day), to_column(fee.by_settlement ? "settlement" : "payment"),
       fee.recorded.micros}));
  return {};
}

Result<> SqlRailCosts::add_recall(const ports::RailRecall& recall) {
  TRY(connection_.execute(
      "INSERT INTO rail_recall (intent_id, word, gateway, method, currency, amount_minor, day) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (intent_id, word) DO NOTHING",
      {to_value(recall.intent), recall.word, recall.rail.gateway, recall.rail.method,
       to_column(recall.amount.currency().code()), recall.amount.minor(), to_column(recall.day)}));
  return {};
}

Result<std::optional<ports::FeeState>> SqlRailCosts::fee_of(domain::IntentId intent) {
  std::optional<ports::FeeState> state;
  TRY(connection_.query(
      "SELECT currency, amount_minor, told_minor, said_by FROM rail_fee WHERE intent_id = $1",
      {to_value(intent)}, [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(0)));
        const Money nothing(0, currency);
        if (!state) state = ports::FeeState{.booked = nothing};
        state->booked += Money(row.integer(1), currency);
        if (row.text(3) == "settlement") {
          state->settled = state->settled.value_or(nothing) + Money(row.integer(2), currency);
        }
        return {};
      }));
  return state;
}

Result<std::vector<SqlRailCosts::FeeSum>> SqlRailCosts::fees_until(Date day) {
  std::vector<FeeSum> sums;
  TRY(connection_.query(
      "SELECT gateway, currency, CAST(SUM(amount_minor) AS BIGINT) FROM rail_fee "
      "WHERE day <= $1 GROUP BY gateway, currency ORDER BY gateway, currency",
      {to_column(day)}, [&](const Row& row) -> Result<> {
        const auto currency = TRY(base::Currency::parse(row.text(1)));
        sums.push_back({std::string(row.text(0)), Money(row.integer(2), currency)});
        return {};
      }));
  return sums;
}

Result<std::vector<RailUse>> SqlRailCosts::months(Date from, Date to) {
  Months months;
  const std::initializer_list<sql::Value> days = {to_column(from), to_column(to)};
  // What came by a provider at once and was too much stands in two rows, and is one payment.
  TRY(connection_.query(
      "SELECT bank_account, rail, currency, booked, "
      "COUNT(CASE WHEN bank_account LIKE 'clearing:%' AND end_to_end_id <> '' THEN NULL ELSE 1 "
      "END) "
      "+ COUNT(DISTINCT CASE WHEN bank_account LIKE 'clearing:%' AND end_to_end_id <> '' "
      "THEN end_to_end_id || ':' || CAST(recorded AS TEXT) END), "
      "CAST(SUM(amount_minor) AS BIGINT) FROM payment WHERE booked >= $1 AND booked <= $2 AND "
      "amount_minor > 0 "
      "GROUP BY bank_account, rail, currency, booked",
      days, [&](const Row& row) -> Result<> {
        const Rail rail{gateway_of(row.text(0)), std::string(row.text(1))};
        RailUse* found = TRY(months.at(rail, row.text(2), day(row, 3)));
        found->payments += row.integer(4);
        found->amount += Money(row.integer(5), found->currency);
        return {};
      }));
  TRY(connection_.query(
      "SELECT gateway, method, currency, created / " + kMicrosPerDay +
          ", COUNT(*) FROM payment_intent WHERE created >= $1 AND created < $2 "
          "AND state IN ('failed', 'expired') "
          "GROUP BY gateway, method, currency, created / " +
          kMicrosPerDay,
      {base::Instant::at_start_of(from).micros, base::Instant::at_start_of(to + 1).micros},
      [&](const Row& row) -> Result<> {
        const Rail rail{std::string(row.text(0)), std::string(row.text(1))};
        RailUse* found = TRY(months.at(rail, row.text(2), day(row, 3)));
        found->failures += row.integer(4);
        return {};
      }));
  TRY(connection_.query(
      "SELECT state, currency, day, COUNT(*) FROM collection WHERE day >= $1 AND day <= $2 "
      "AND state IN ('failed', 'returned') GROUP BY state, currency, day",
      days, [&](const Row& row) -> Result<> {
        const Rail rail{"", std::string(kDebit)};
        RailUse* found = TRY(months.at(rail, row.text(1), day(row, 2)));
        (row.text(0) == "failed" ? found->failures : found->recalls) += row.integer(3);
        return {};
      }));
  TRY(
      connection_.query("SELECT gateway, method, currency, day, COUNT(*) FROM rail_recall "
                        "WHERE day >= $1 AND day <= $2 GROUP BY gateway, method, currency, day",
                        days, [&](const Row& row) -> Result<> {
                          const Rail rail{std::string(row.text(0)), std::string(row.text(1))};
                          RailUse* found = TRY(months.at(rail, row.text(2), day(row, 3)));
                          found->recalls += row.integer(4);
                          return {};
                        }));
  TRY(connection_.query(
      "SELECT gateway, method, currency, day, CAST(SUM(amount_minor) AS BIGINT) FROM rail_fee "
      "WHERE day >= $1 AND day <= $2 GROUP BY gateway, method, currency, day",
      days, [&](const Row& row) -> Result<> {
        const Rail rail{std::string(row.text(0)), std::string(row.text(1))};
        RailUse* found = TRY(months.at(rail, row.text(2), day(row, 3)));
        found->fees += Money(row.integer(4), found->currency);
        return {};
      }));
  return months.rows();
}

Result<std::vector<RailHistory>> SqlRailCosts::measured() {
  std::vector<RailHistory> histories;
  TRY(connection_.query(
      "SELECT gateway, method, tries, failures, payments, recalls FROM rail_history "
      "WHERE tries > 0 ORDER BY gateway, method",
      {}, [&](const Row& row) -> Result<> {
        RailHistory history;
        history.rail = {std::string(row.text(0)), std::string(row.text(1))};
        history.tries = row.integer(2);
        history.failures = row.integer(3);
        history.payments = row.integer(4);
        history.recalls = row.integer(5);
        histories.push_back(std::move(history));
        return {};
      }));
  return histories;
}

Result<> SqlRailCosts::measure(base::Instant since, base::Instant now) {
  // A row of no rail says when it was counted where there was nothing to count.
  std::map<Rail, RailHistory> all;
  all[Rail{}];
  TRY(connection_.query(
      "SELECT gateway, method, COUNT(*), "
      "CAST(SUM(CASE WHEN state IN ('failed', 'expired') THEN 1 ELSE 0 END) AS BIGINT), "
      "CAST(SUM(CASE WHEN captured_minor > 0 THEN 1 ELSE 0 END) AS BIGINT) "
      "FROM payment_intent WHERE created >= $1 "
      "AND state IN ('settled', 'reversed', 'failed', 'expired') GROUP BY gateway, method",
      {since.micros}, [&](const Row& row) -> Result<> {
        const Rail rail{std::string(row.text(0)), std::string(row.text(1))};
        RailHistory& history = all[rail];
        history.tries = row.integer(2);
        history.failures = row.integer(3);
        history.payments = row.integer(4);
        return {};
      }));
  TRY(
      connection_.query("SELECT gateway, method, COUNT(*) FROM rail_recall WHERE day >= $1 "
                        "GROUP BY gateway, method",
                        {since.micros / base::kMicrosPerDay}, [&](const Row& row) -> Result<> {
                          const Rail rail{std::string(row.text(0)), std::string(row.text(1))};
                          all[rail].recalls = row.integer(2);
                          return {};
                        }));
  TRY(
      connection_.query("SELECT state, COUNT(*) FROM collection WHERE day >= $1 "
                        "AND state IN ('settled', 'failed', 'returned') GROUP BY state",
                        {since.micros / base::kMicrosPerDay}, [&](const Row& row) -> Result<> {
                          RailHistory& history = all[Rail{"", std::string(kDebit)}];
                          const std::int64_t debits = row.integer(1);
                          const std::string_view state = row.text(0);
                          history.tries += debits;
                          if (state == "failed") history.failures += debits;
                          if (state != "failed") history.payments += debits;
                          if (state == "returned") history.recalls += debits;
                          return {};
                        }));
  TRY(connection_.execute("DELETE FROM rail_history"));
  for (const auto& [rail, history] : all) {
    TRY(connection_.execute(
        "INSERT INTO rail_history (gateway, method, tries, failures, payments, recalls, counted) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {rail.gateway, rail.method, history.tries, history.failures, history.payments,
         history.recalls, now.micros}));
  }
  return {};
}

Result<std::optional<base::Instant>> SqlRailCosts::measured_at() {
  std::optional<base::Instant> at;
  TRY(connection_.query("SELECT MAX(counted) FROM rail_history", {},
                        [&](const Row& row) -> Result<> {
                          const auto micros = row.optional_integer(0);
                          if (micros) at = base::Instant{*micros};
                          return {};
                        }));
  return at;
}

Result<ports::AutomaticShare> SqlRailCosts::automatic_share() {
  ports::AutomaticShare share;
  TRY(connection_.query("SELECT COUNT(*) FROM account", {}, [&](const Row& row) -> Result<> {
    share.accounts = row.integer(0);
    return {};
  }));
  TRY(connection_.query(
      "SELECT COUNT(*) FROM (SELECT account_id FROM mandate WHERE state = 'active' "
      "UNION SELECT account_id FROM kept_method WHERE state = 'kept' AND for_bills = 1) AS own",
      {}, [&](const Row& row) -> Result<> {
        share.automatic = row.integer(0);
        return {};
      }));
  return share;
}

Result<std::optional<Rail>> SqlRailCosts::last_that_worked(domain::AccountId account) {
  std::optional<Rail> rail;
  TRY(connection_.query(
      "SELECT gateway, method FROM payment_intent WHERE account_id = $1 AND captured_minor > 0 "
      "ORDER BY changed DESC, intent_id DESC LIMIT 1",
      {to_value(account)}, [&](const Row& row) -> Result<> {
        rail = Rail{std::string(row.text(0)), std::string(row.text(1))};
        return {};
      }));
  return rail;
}

}  // namespace storage
