// The ledger: the trial balance by the operator's chart as of any day and as it was known at any
// time, the entries of one account, and revenue and VAT month by month.
#include <algorithm>
#include <map>
#include <memory>

#include "ports/access.h"
#include "ports/catalogue.h"
#include "ports/desk.h"
#include "ports/ledger.h"
#include "ports/parties.h"
#include "web/console/bill_rows.h"
#include "web/console/csv.h"
#include "web/console/handlers.h"
#include "web/console/list.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Money;
using base::Result;

constexpr std::string_view kBalanceFields[] = {"as_of", "recorded"};
constexpr std::string_view kEntryFields[] = {"ledger", "from", "to", "recorded"};
constexpr std::string_view kRevenueFields[] = {"from", "to"};
constexpr int kMonthsMax = 12;
constexpr std::size_t kLinksMax = 3;  // More are folded.
constexpr std::size_t kEntriesAPiece = 1000;

Result<NameInBooks> names_in_books(const Call& call, ports::Transaction& transaction) {
  if (call.web.load_chart) return call.web.load_chart(transaction);
  return [](const std::string& account) {
    return domain::ChartAccount{"", domain::ledger_account_name(account)};
  };
}

Result<std::optional<base::Date>> read_day(const Fields& filter, std::string_view name) {
  const std::string text = filter.text(name);
  if (text.empty()) return std::nullopt;
  return TRY(base::Date::parse(text));
}

// A day stands for all of it, on the operator's clocks.
Result<std::optional<base::Instant>> read_recorded(const Call& call,
                                                   ports::Transaction& transaction,
                                                   const Fields& filter) {
  const auto day = TRY(read_day(filter, "recorded"));
  if (!day) return std::nullopt;
  return TRY(Moments::load(call, transaction)).end_of(*day);
}

// One row of the books: what stands under a number and name, in one currency.
struct BookRow {
  domain::ChartAccount account;
  std::string currency;
  Money debit, credit;
  std::vector<std::string> ledger_accounts;
};

Result<std::vector<BookRow>> balance_rows(const Call& call, ports::Transaction& transaction,
                                          const ports::AsOf& as_of) {
  const NameInBooks name = TRY(names_in_books(call, transaction));
  std::map<std::pair<domain::ChartAccount, std::string>, BookRow> books;
  for (const auto& row : TRY(transaction.ledger().trial_balance(as_of))) {
    const domain::ChartAccount account = name(row.ledger_account);
    const std::string currency(row.currency.code());
    auto [book, is_new] = books.try_emplace({account, currency});
    if (is_new) {
      book->second = {account, currency, Money(0, row.currency), Money(0, row.currency), {}};
    }
    // What stands on both sides of an account comes out on one.
    book->second.debit += row.debit;
    book->second.credit += row.credit;
    book->second.ledger_accounts.push_back(row.ledger_account);
  }
  std::vector<BookRow> rows;
  for (auto& [key, row] : books) {
    const Money nothing(0, row.debit.currency());
    const Money balance = row.debit - row.credit;
    row.debit = std::max(balance, nothing);
    row.credit = std::max(-balance, nothing);
    rows.push_back(std::move(row));
  }
  return rows;
}

struct Balance {
  Fields filter;
  ports::AsOf as_of;
  base::Date day;
};

Result<Balance> read_balance(const Call& call, ports::Transaction& transaction) {
  Balance balance{.filter = filter_of(call, kBalanceFields), .as_of = {}, .day = {}};
  balance.as_of.effective = TRY(read_day(balance.filter, "as_of"));
  balance.as_of.recorded = TRY(read_recorded(call, transaction, balance.filter));
  balance.day =
      balance.as_of.effective ? *balance.as_of.effective : TRY(today_of(call, transaction));
  return balance;
}

std::string account_link(std::string_view ledger_account) {
  Fields fields;
  fields.set("ledger", ledger_account);
  return link_to("/console/ledger/entries", fields);
}

struct EntryList {
  Fields filter;
  ports::EntrySearch search;
};

Result<EntryList> read_entries(const Call& call, ports::Transaction& transaction) {
  EntryList list{.filter = filter_of(call, kEntryFields), .search = {}};
  list.search.ledger_account = list.filter.text("ledger");
  list.search.from = TRY(read_day(list.filter, "from"));
  list.search.to = TRY(read_day(list.filter, "to"));
  list.search.recorded = TRY(read_recorded(call, transaction, list.filter));
  return list;
}

// A month's sums by number and name of the books, revenue and VAT apart.
struct RevenueRow {
  base::Month month;
  Money revenue, vat;
};

Result<std::vector<RevenueRow>> revenue_rows(ports::Transaction& transaction, base::Month from,
                                             base::Month to, base::Currency currency) {
  std::vector<RevenueRow> rows;
  for (base::Month month = from; month <= to; month = month.next()) {
    RevenueRow row{month, Money(0, currency), Money(0, currency)};
    const ports::AsOf within{
        .effective = month.period().last_day(), .recorded = {}, .from = month.period().from()};
    for (const auto& sum : TRY(transaction.ledger().trial_balance(within))) {
      if (sum.currency != currency) continue;
      const Money amount = -sum.balance();
      if (sum.ledger_account.starts_with("revenue:")) row.revenue += amount;
      if (sum.ledger_account.starts_with("vat:")) row.vat += amount;
    }
    rows.push_back(row);
  }
  return rows;
}

struct RevenueWish {
  Fields filter;
  base::Month from, to;
  base::Currency currency;
};

Result<RevenueWish> read_revenue(const Call& call, ports::Transaction& transaction) {
  RevenueWish wish{.filter = filter_of(call, kRevenueFields), .from = {}, .to = {}, .currency = {}};
  const auto operators = TRY(transaction.catalogue().list_operators());
  if (operators.empty()) return base::fail("no_operator", "no operator is loaded");
  wish.currency = operators.front().currency;
  const base::Month now = base::Month::of(TRY(today_of(call, transaction)));
  const std::string to = wish.filter.text("to"), from = wish.filter.text("from");
  wish.to = to.empty() ? now : TRY(base::Month::parse(to));
  wish.from = base::Month::from_index(wish.to.index() - 5);
  if (!from.empty()) wish.from = TRY(base::Month::parse(from));
  const auto earliest = base::Month::from_index(wish.to.index() - kMonthsMax + 1);
  wish.from = std::clamp(wish.from, earliest, wish.to);
  return wish;
}

}  // namespace

Result<Response> show_ledger(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Balance balance = TRY(read_balance(call, *transaction));
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Page page{.name = "console/ledger",
            .title = say(call, "console.ledger.title", {{"day", balance.day}})};
  Value rows = Value::list();
  std::map<std::string, std::pair<Money, Money>> totals;
  for (const BookRow& row : TRY(balance_rows(call, *transaction, balance.as_of))) {
    const auto bare = [&](Money amount) {
      return amount.is_zero() ? std::string() : write.money(amount, locale::MoneyStyle::kBare);
    };
    Value links = Value::list();
    for (const std::string& ledger_account : row.ledger_accounts) {
      links.push(
          Value::record().set("path", account_link(ledger_account)).set("text", ledger_account));
    }
    Value item = Value::record();
    item.set("number", row.account.number)
        .set("name", row.account.name)
        .set("currency", row.currency)
        .set("debit", bare(row.debit))
        .set("credit", bare(row.credit));
    if (row.ledger_accounts.size() > kLinksMax) {
      item.set("many_count",
               say(call, "console.ledger.accounts", {{"count", row.ledger_accounts.size()}}))
          .set("many", Value::record().set("links", std::move(links)));
    } else {
      item.set("few", std::move(links));
    }
    rows.push(std::move(item));
    const Money nothing(0, row.debit.currency());
    auto& total = totals.try_emplace(row.currency, nothing, nothing).first->second;
    total.first += row.debit;
    total.second += row.credit;
  }
  Value sums = Value::list();
  bool balanced = true;
  for (const auto& [currency, total] : totals) {
    balanced = balanced && total.first == total.second;
    sums.push(Value::record()
                  .set("currency", currency)
                  .set("debit", write.money(total.first, locale::MoneyStyle::kBare))
                  .set("credit", write.money(total.second, locale::MoneyStyle::kBare)));
  }
  page.values.set("rows", std::move(rows))
      .set("sums", std::move(sums))
      .set("balanced", balanced ? say(call, "console.ledger.balanced") : std::string())
      .set("as_of", balance.filter.text("as_of"))
      .set("recorded", balance.filter.text("recorded"))
      .set("export", link_to("/console/ledger.csv", balance.filter));
  if (!balance.filter.encode().empty()) page.values.set("clear", "/console/ledger");
  return render_page(call, std::move(page));
}

Result<Response> export_ledger(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const Balance balance = TRY(read_balance(call, *transaction));
  std::string body = csv_line({"account", "name", "currency", "debit", "credit"});
  for (const BookRow& row : TRY(balance_rows(call, *transaction, balance.as_of))) {
    body += csv_line({row.account.number, row.account.name, row.currency,
                      row.debit.to_decimal_string(), row.credit.to_decimal_string()});
  }
  return csv_response("trial-balance-" + balance.day.to_string() + ".csv", body);
}

Result<Response> list_entries(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const EntryList list = TRY(read_entries(call, *transaction));
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const auto name = TRY(names_in_books(call, *transaction))(list.search.ledger_account);
  Page page{.name = "console/entries",
            .title = say(call, "console.ledger.entries",
                         {{"account", name.number.empty() ? list.search.ledger_account
                                                          : name.number + " " + name.name}})};
  ports::Desk& desk = transaction->access().desk();
  const std::int64_t count = TRY(desk.count_entries(list.search));
  const Moments moments = TRY(Moments::load(call, *transaction));
  Value rows = Value::list();
  const auto entries =
      TRY(desk.list_entries(list.search, (page_of(call) - 1) * kRowsAPage, kRowsAPage));
  for (const ports::LedgerEntry& entry : entries) {
    const auto account = TRY(transaction->parties().find_account(entry.account));
    const bool is_debit = !entry.amount.is_negative();
    const std::string amount =
        write.money(is_debit ? entry.amount : -entry.amount, locale::MoneyStyle::kBare);
    rows.push(Value::record()
                  .set("day", write.date(entry.effective, locale::DateStyle::kNumeric))
                  .set("recorded", moments.text(entry.recorded))
                  .set("kind", say_word(call, "console.posting.", entry.kind))
                  .set("source", entry.source)
                  .set("customer", account ? account->customer.to_string() : std::string())
                  .set("currency", std::string(entry.amount.currency().code()))
                  .set("debit", is_debit ? amount : std::string())
                  .set("credit", is_debit ? std::string() : amount));
  }
  page.values.set("rows", std::move(rows))
      .set("ledger", list.filter.text("ledger"))
      .set("from", list.filter.text("from"))
      .set("to", list.filter.text("to"))
      .set("recorded", list.filter.text("recorded"));
  add_pages(call,
            {.path = "/console/ledger/entries",
             .export_path = "/console/ledger/entries.csv",
             .filter = list.filter,
             .count = count},
            page.values);
  return render_page(call, std::move(page));
}

Result<Response> export_entries(const Call& call) {
  struct State {
    ports::EntrySearch search;
    std::size_t at = 0;
  };
  const auto state = std::make_shared<State>();
  {
    const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
    state->search = TRY(read_entries(call, *transaction)).search;
  }
  ports::Store& store = call.web.store;
  return csv_stream("entries.csv",
                    csv_line({"effective", "recorded", "kind", "source", "account", "currency",
                              "amount", "posting"}),
                    [state, &store]() -> Result<std::string> {
                      const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
                      std::string lines;
                      const auto entries = TRY(transaction->access().desk().list_entries(
                          state->search, state->at, kEntriesAPiece));
                      state->at += entries.size();
                      for (const ports::LedgerEntry& entry : entries) {
                        lines +=
                            csv_line({entry.effective.to_string(), entry.recorded.to_string(),
                                      entry.kind, entry.source, entry.account.to_string(),
                                      std::string(entry.amount.currency().code()),
                                      entry.amount.to_decimal_string(), entry.posting.to_string()});
                      }
                      return lines;
                    });
}

Result<Response> show_revenue(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const RevenueWish wish = TRY(read_revenue(call, *transaction));
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  Page page{.name = "console/revenue", .title = say(call, "console.revenue.title")};
  Value rows = Value::list();
  Money revenue(0, wish.currency), vat(0, wish.currency);
  const auto bare = [&](Money amount) { return write.money(amount, locale::MoneyStyle::kBare); };
  for (const RevenueRow& row : TRY(revenue_rows(*transaction, wish.from, wish.to, wish.currency))) {
    rows.push(Value::record()
                  .set("month", write.month(row.month, locale::MonthStyle::kYear))
                  .set("revenue", bare(row.revenue))
                  .set("vat", bare(row.vat))
                  .set("gross", bare(row.revenue + row.vat)));
    revenue += row.revenue;
    vat += row.vat;
  }
  page.values.set("rows", std::move(rows))
      .set("sums", Value::record()
                       .set("revenue", bare(revenue))
                       .set("vat", bare(vat))
                       .set("gross", bare(revenue + vat)))
      .set("currency", std::string(wish.currency.code()))
      .set("from", wish.from.to_string())
      .set("to", wish.to.to_string())
      .set("export", link_to("/console/ledger/revenue.csv", wish.filter));
  return render_page(call, std::move(page));
}

Result<Response> export_revenue(const Call& call) {
  const auto transaction = TRY(call.web.store.begin(ports::TransactionKind::kRead));
  const RevenueWish wish = TRY(read_revenue(call, *transaction));
  std::string body = csv_line({"month", "currency", "revenue", "vat"});
  for (const RevenueRow& row : TRY(revenue_rows(*transaction, wish.from, wish.to, wish.currency))) {
    body += csv_line({row.month.to_string(), std::string(wish.currency.code()),
                      row.revenue.to_decimal_string(), row.vat.to_decimal_string()});
  }
  return csv_response("revenue.csv", body);
}

}  // namespace web::console
