#include "storage/tables/payer_search.h"

#include <algorithm>
#include <set>

#include "storage/sql/portable.h"
#include "storage/tables/bill_rows.h"
#include "storage/tables/columns.h"
#include "storage/tables/search_token.h"

namespace storage {
namespace {

using base::Result;
using ports::Billing;
using sql::Row;
using sql::to_value;
using sql::Value;

constexpr std::string_view kMatchColumns[] = {"payment_id", "account_id",  "ordinal", "said_by",
                                              "levels",     "probability", "version", "recorded"};

std::vector<Value> number_columns(std::span<const std::int64_t> numbers) {
  return {numbers.begin(), numbers.end()};
}

// As people and banks write them: blanks and hyphens, small letters.
std::string compact(std::string_view account) {
  std::string text;
  for (const char c : account) {
    if (c == ' ' || c == '-') continue;
    text.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return text;
}

}  // namespace

Value SqlPayerSearch::payer_token(std::string_view payer_account) const {
  return keyed_token(vault_, "payer_account", compact(payer_account));
}

// --- By number.

Result<std::map<std::int64_t, Billing::BillKey>> SqlPayerSearch::find_invoices(
    std::string_view series, std::span<const std::int64_t> numbers) {
  std::map<std::int64_t, Billing::BillKey> found;
  const Value fixed[] = {to_column(series)};
  TRY(sql::query_keys(
      connection_,
      "SELECT number, account_id, bill_id FROM document WHERE series = $1 AND number IN ({keys})",
      number_columns(numbers),
      [&](const Row& row) -> Result<> {
        found[row.integer(0)] = {row.id<domain::AccountId>(1), row.id<domain::BillId>(2)};
        return {};
      },
      fixed));
  return found;
}

Result<std::map<std::int64_t, domain::CustomerId>> SqlPayerSearch::find_customer_numbers(
    std::span<const std::int64_t> numbers) {
  std::map<std::int64_t, domain::CustomerId> found;
  TRY(sql::query_keys(connection_,
                      "SELECT number, customer_id FROM customer_number WHERE number IN ({keys})",
                      number_columns(numbers), [&](const Row& row) -> Result<> {
                        found[row.integer(0)] = row.id<domain::CustomerId>(1);
                        return {};
                      }));
  return found;
}

// --- By name.

// A common word would bring thousands where a few are enough.
Result<std::map<std::string, std::vector<domain::CustomerId>, std::less<>>>
SqlPayerSearch::find_words(std::span<const std::string> words, std::size_t limit) {
  std::vector<std::vector<Value>> keys;
  for (const std::string& word : words) keys.push_back({search_token(vault_, word)});
  std::map<std::string, std::vector<domain::CustomerId>, std::less<>> found;
  TRY(sql::query_each_key(connection_,
                          "SELECT {key}, customer_id FROM search_index WHERE search_token = {1} "
                          "ORDER BY customer_id LIMIT " +
                              std::to_string(limit),
                          keys, [&](std::size_t key, const Row& row) -> Result<> {
                            found[words[key]].push_back(row.id<domain::CustomerId>(1));
                            return {};
                          }));
  return found;
}

Result<std::vector<ports::PayerSearch::CustomerAccount>> SqlPayerSearch::accounts_of(
    std::span<const domain::CustomerId> customers) {
  std::vector<CustomerAccount> found;
  TRY(sql::query_keys(connection_,
                      "SELECT customer_id, account_id FROM customer_account "
                      "WHERE customer_id IN ({keys})",
                      id_columns(customers), [&](const Row& row) -> Result<> {
                        found.push_back(
                            {row.id<domain::CustomerId>(0), row.id<domain::AccountId>(1)});
                        return {};
                      }));
  std::ranges::sort(found, {}, [](const CustomerAccount& each) {
    return std::pair(each.customer, each.account);
  });
  return found;
}

// --- By the payer's bank account.

Result<std::vector<ports::PaidFor>> SqlPayerSearch::find_payers(
    std::span<const std::string> payer_accounts) {
  // One account may be written in several ways.
  std::map<std::string, std::set<std::string>> by_token;
  std::vector<Value> keys;
  for (const std::string& account : payer_accounts) {
    const Value token = payer_token(account);
    auto& written = by_token[std::get<sql::Bytes>(token).value];
    if (written.empty()) keys.push_back(token);
    written.insert(account);
  }
  std::vector<ports::PaidFor> found;
  TRY(sql::query_keys(connection_,
                      "SELECT payer_token, account_id, payments FROM payer_account "
                      "WHERE payer_token IN ({keys})",
                      keys, [&](const Row& row) -> Result<> {
                        if (row.integer(2) <= 0) return {};
                        for (const std::string& account : by_token.at(std::string(row.bytes(0)))) {
                          found.push_back({account, row.id<domain::AccountId>(1), row.integer(2)});
                        }
                        return {};
                      }));
  std::ranges::sort(found, {}, [](const ports::PaidFor& each) {
    return std::pair(each.payer_account, each.account);
  });
  return found;
}

Result<> SqlPayerSearch::count_payers(std::span<const ports::PaidFor> rows) {
  // In one order, so that writers of the same rows wait instead of blocking one another.
  std::vector<std::vector<Value>> each;
  each.reserve(rows.size());
  for (const ports::PaidFor& row : rows) {
    if (row.payer_account.empty()) continue;
    each.push_back({payer_token(row.payer_account), to_value(row.account), row.payments});
  }
  std::ranges::sort(each);
  std::vector<std::vector<Value>> counted;
  counted.reserve(each.size());
  for (std::vector<Value>& row : each) {
    const bool is_again =
        !counted.empty() && counted.back()[0] == row[0] && counted.back()[1] == row[1];
    if (is_again) {
      std::get<std::int64_t>(counted.back()[2]) += std::get<std::int64_t>(row[2]);
    } else {
      counted.push_back(std::move(row));
    }
  }
  std::erase_if(counted, [](const auto& row) { return row[2] == Value(std::int64_t{0}); });
  return sql::execute_rows(connection_,
                           "INSERT INTO payer_account (payer_token, account_id, payments) {rows} "
                           "ON CONFLICT (payer_token, account_id) DO UPDATE SET "
                           "payments = payer_account.payments + excluded.payments",
                           counted);
}

// --- Payments.

// By the sum, so that its index leads to them, all three names at once.
std::string select_named(std::size_t names, NamedSums sums) {
  const bool is_one = sums == NamedSums::kOne;
  const std::size_t before = is_one ? 4 : 5;
  std::string list;
  for (std::size_t at = 1; at <= names; ++at) {
    list += (list.empty() ? "$" : ", $") + std::to_string(before + at);
  }
  return "SELECT payment_id, booked, reference, bank_reference, end_to_end_id, amount_minor "
         "FROM payment WHERE " +
         std::string(is_one ? "amount_minor = $1" : "amount_minor >= $1 AND amount_minor <= $5") +
         " AND booked >= $2 AND booked <= $3 AND currency = $4 "
         "AND state <> 'returned' AND (end_to_end_id IN (" +
         list + ") OR bank_reference IN (" + list + ") OR reference IN (" + list + "))";
}

Result<std::vector<ports::NamedPayment>> SqlPayerSearch::find_named(const NamesAsked& asked) {
  std::map<domain::PaymentId, ports::NamedPayment> found;
  const base::Currency currency = asked.sum.currency();
  const auto add = [&](const Row& row) -> Result<> {
    ports::NamedPayment payment;
    payment.id = row.id<domain::PaymentId>(0);
    payment.amount = base::Money(row.integer(5), currency);
    payment.booked = day(row, 1);
    payment.reference = row.text(2);
    payment.bank_reference = row.text(3);
    payment.end_to_end_id = row.text(4);
    found.insert_or_assign(payment.id, std::move(payment));
    return {};
  };
  const auto& names = asked.names;
  for (std::size_t at = 0; at < names.size(); at += sql::kKeysPerQueryMax) {
    const auto part = names.subspan(at, std::min(sql::kKeysPerQueryMax, names.size() - at));
    std::vector<Value> values = {asked.sum.minor(), to_column(asked.from), to_column(asked.to),
                                 to_column(currency.code())};
    const auto sums = asked.more_max > 0 ? NamedSums::kUpTo : NamedSums::kOne;
    if (sums == NamedSums::kUpTo) values.emplace_back(asked.sum.minor() + asked.more_max);
    values.insert(values.end(), part.begin(), part.end());
    TRY(connection_.query(select_named(part.size(), sums), values, add));
  }
  std::vector<ports::NamedPayment> payments;
  for (auto& [id, payment] : found) payments.push_back(std::move(payment));
  return payments;
}

// --- Bills.

// In the order of the index, so that no more than `limit` of a common total are read.
Result<std::vector<std::vector<Billing::BillKey>>> SqlPayerSearch::bills_of_totals(
    std::span<const TotalAsked> asked, std::size_t limit) {
  std::vector<std::vector<Value>> keys;
  for (const TotalAsked& each : asked) {
    keys.push_back({each.total.minor(), to_column(each.from), to_column(each.to),
                    to_column(each.total.currency().code())});
  }
  std::vector<std::vector<Billing::BillKey>> found(asked.size());
  TRY(sql::query_each_key(
      connection_,
      "SELECT {key}, account_id, bill_id FROM bill WHERE total_minor = {1} AND due >= {2} "
      "AND due <= {3} AND currency = {4} ORDER BY due LIMIT " +
          std::to_string(limit),
      keys, [&](std::size_t key, const Row& row) -> Result<> {
        found[key].push_back({row.id<domain::AccountId>(1), row.id<domain::BillId>(2)});
        return {};
      }));
  return found;
}

Result<std::int64_t> SqlPayerSearch::count_bills(base::Month since, std::size_t limit) {
  std::int64_t count = 0;
  TRY(connection_.query(
      "SELECT COUNT(*) FROM (SELECT period FROM bill WHERE period >= $1 LIMIT $2) AS counted",
      {to_column(since), limit_column(limit)}, [&](const Row& row) -> Result<> {
        count = row.integer(0);
        return {};
      }));
  return count;
}

Result<std::vector<domain::Bill>> SqlPayerSearch::bills_of(
    std::span<const domain::AccountId> accounts, base::Date since) {
  std::vector<domain::Bill> bills;
  const Value fixed[] = {to_column(since)};
  TRY(sql::query_keys(
      connection_,
      std::string(kSelectBill) +
          "WHERE account_id IN ({keys}) AND (state = 'open' OR issued >= $1)",
      id_columns(accounts),
      [&](const Row& row) -> Result<> {
        bills.push_back(TRY(read_bill(row)));
        return {};
      },
      fixed));
  std::ranges::sort(bills, {},
                    [](const domain::Bill& bill) { return std::pair(bill.account, bill.id); });
  return bills;
}

// --- What was said.

Result<> SqlPayerSearch::add_matches(std::span<const ports::KeptMatch> matches) {
  if (matches.empty()) return {};
  std::map<std::pair<domain::PaymentId, domain::AccountId>, std::int64_t> ordinals;
  std::vector<domain::PaymentId> payments;
  for (const ports::KeptMatch& match : matches) payments.push_back(match.payment);
  std::ranges::sort(payments);
  const auto repeated = std::ranges::unique(payments);
  payments.erase(repeated.begin(), repeated.end());
  TRY(sql::query_keys(connection_,
                      "SELECT payment_id, account_id, COUNT(*) FROM payer_match "
                      "WHERE payment_id IN ({keys}) GROUP BY payment_id, account_id",
                      id_columns<domain::PaymentId>(payments), [&](const Row& row) -> Result<> {
                        ordinals[{row.id<domain::PaymentId>(0), row.id<domain::AccountId>(1)}] =
                            row.integer(2);
                        return {};
                      }));
  auto rows = TRY(connection_.bulk_insert("payer_match", kMatchColumns));
  for (const ports::KeptMatch& match : matches) {
    const Value row[] = {to_value(match.payment),
                         to_value(match.account),
                         ordinals[{match.payment, match.account}]++,
                         match.by,
                         domain::matching::to_text(match.levels),
                         match.probability,
                         match.version,
                         match.recorded.micros};
    TRY(rows->add(row));
  }
  return rows->finish();
}

Result<std::vector<ports::KeptMatch>> SqlPayerSearch::matches_of(domain::PaymentId payment) {
  std::vector<ports::KeptMatch> matches;
  TRY(connection_.query(
      "SELECT account_id, said_by, levels, probability, version, recorded, taken_back "
      "FROM payer_match WHERE payment_id = $1 ORDER BY recorded, account_id, ordinal",
      {to_value(payment)}, [&](const Row& row) -> Result<> {
        ports::KeptMatch match;
        match.payment = payment;
        match.account = row.id<domain::AccountId>(0);
        match.by = row.text(1);
        match.levels =
            domain::matching::parse_levels(row.text(2)).value_or(domain::matching::LevelVector{});
        match.probability = row.text(3);
        match.version = row.integer(4);
        match.recorded = {row.integer(5)};
        match.taken_back = !row.is_null(6);
        matches.push_back(std::move(match));
        return {};
      }));
  return matches;
}

Result<> SqlPayerSearch::take_back(domain::PaymentId payment, domain::AccountId account,
                                   base::Instant at) {
  TRY(
      connection_.execute("UPDATE payer_match SET taken_back = $3 "
                          "WHERE payment_id = $1 AND account_id = $2 AND taken_back IS NULL",
                          {to_value(payment), to_value(account), at.micros}));
  return {};
}

Result<ports::LearnedMatches> SqlPayerSearch::learned() {
  ports::LearnedMatches learned;
  TRY(connection_.query(
      "SELECT levels, COUNT(*), COUNT(taken_back) FROM payer_match WHERE said_by <> 'matched' "
      "GROUP BY levels ORDER BY levels",
      {}, [&](const Row& row) -> Result<> {
        learned.version += row.integer(1) + row.integer(2);
        const auto levels = domain::matching::parse_levels(row.text(0));
        const std::int64_t standing = row.integer(1) - row.integer(2);
        if (levels && standing > 0) learned.counts.push_back({*levels, standing});
        return {};
      }));
  return learned;
}

}  // namespace storage
