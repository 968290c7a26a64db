#include "flows/care/show_usage.h"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>
#include <utility>

#include "domain/billing/profile.h"
#include "flows/care/one_account.h"
#include "formats/document/invoice_json.h"
#include "ports/billing.h"
#include "ports/catalogue.h"
#include "ports/parties.h"
#include "ports/profiles.h"
#include "ports/usage.h"

namespace flows {
namespace {

using base::Result;

constexpr std::string_view kFull = "full";
constexpr std::size_t kHidden = 3;
constexpr std::string_view kDot = "•";
constexpr std::string_view kCountryCodes[] = {"+358", "+45", "+46", "+47", "+49",
                                              "+34",  "+39", "+44", "+33", "+1"};

// The service and month of each line of usage, once.
std::vector<UsedInMonth> tables_of(const ShownBill& shown) {
  std::vector<UsedInMonth> tables;
  for (const domain::Invoice& invoice : shown.invoices) {
    for (const domain::InvoiceLine& line : invoice.lines) {
      if (line.kind != domain::LineKind::kUsage || line.service.is_nil()) continue;
      const base::Month month = base::Month::of(line.period.from());
      const bool known = std::ranges::any_of(tables, [&](const UsedInMonth& table) {
        return table.service == line.service && table.month == month;
      });
      if (!known) tables.push_back({line.service, month, false, {}});
    }
  }
  return tables;
}

Result<std::int64_t> cutoff_of(ports::Transaction& transaction, const domain::Bill& bill) {
  const auto run = TRY(transaction.billing().find_run(bill.run));
  return run ? run->cutoff_epoch : std::numeric_limits<std::int64_t>::max();
}

// The operator's default where the account had chosen nothing.
Result<std::string> detail_of(ports::Transaction& transaction, const ShownBill& shown,
                              std::int64_t cutoff_epoch) {
  const auto revisions = TRY(transaction.profiles().list(shown.bill.account));
  domain::ProfileChoice chosen;
  for (const ports::ProfileRevision& revision : revisions) {
    if (revision.epoch > cutoff_epoch || revision.holds_from > shown.bill.issued) continue;
    chosen = revision.chosen;
  }
  if (chosen.detail) return *chosen.detail;
  const std::string& seller = shown.invoices.front().seller.legal_name;
  const auto operators = TRY(transaction.catalogue().list_operators());
  for (const domain::Operator& each : operators) {
    if (each.legal_name == seller || operators.size() == 1) return each.default_profile.detail;
  }
  return domain::BillingProfile().detail;
}

// Of the runs that a document of the account with usage of this service and month came from, the
// last one's cutoff; nothing where this bill is the first. Documents are only read where an earlier
// run had closed the month.
Result<std::optional<std::int64_t>> charged_before(ports::Transaction& transaction,
                                                   const domain::Bill& bill,
                                                   std::int64_t cutoff_epoch,
                                                   const UsedInMonth& table) {
  std::optional<std::int64_t> before;
  const base::Date over = table.month.period().to();
  const auto marks = TRY(transaction.billing().load_marks(range_of(bill.account), over));
  const bool was_closed = std::ranges::any_of(
      marks, [&](const ports::BillingMark& mark) { return mark.cutoff_epoch < cutoff_epoch; });
  if (!was_closed) return before;
  for (const auto& document : TRY(transaction.billing().documents_since(bill.account, over))) {
    const auto invoice = TRY(formats::document::read_invoice_json(document.content));
    const bool has_it = std::ranges::any_of(invoice.lines, [&](const domain::InvoiceLine& line) {
      return line.kind == domain::LineKind::kUsage && line.service == table.service &&
             base::Month::of(line.period.from()) == table.month;
    });
    if (!has_it || document.bill == bill.id) continue;
    const auto of_bill = TRY(transaction.billing().find_bill(bill.account, document.bill));
    if (!of_bill) continue;
    const std::int64_t cutoff = TRY(cutoff_of(transaction, *of_bill));
    if (cutoff < cutoff_epoch) before = std::max(before.value_or(cutoff), cutoff);
  }
  return before;
}

// What was known before is left out of a correction, but for what has been taken back since. A
// record that came and went in between is no part of any bill.
Result<> read_rows(ports::Transaction& transaction, const domain::Bill& bill,
                   std::int64_t cutoff_epoch, UsedInMonth& table) {
  const auto before = TRY(charged_before(transaction, bill, cutoff_epoch, table));
  table.corrects = before.has_value();
  std::vector<std::pair<domain::UsageId, UsedOnce>> rows;
  std::set<domain::UsageId> taken_back, known;
  std::vector<std::pair<domain::UsageId, UsedOnce>> given_back;  // By what they reverse.
  const ports::UsageFilter filter{.month = table.month,
                                  .account = bill.account,
                                  .service = table.service,
                                  .cutoff_epoch = cutoff_epoch};
  TRY(transaction.usage().for_each(filter, [&](const ports::UsageRow& row) -> Result<> {
    UsedOnce used{.at = row.at,
                  .item = row.item,
                  .number = hide_last_digits(row.event.destination),
                  .title = row.event.title,
                  .quantity = row.quantity,
                  .amount = row.amount,
                  .includes_vat = row.includes_vat,
                  .taken_back = row.reverses.has_value()};
    const bool is_new = !before || row.epoch > *before;
    if (row.reverses) {
      taken_back.insert(*row.reverses);
      if (before && is_new) given_back.emplace_back(*row.reverses, std::move(used));
    } else if (is_new) {
      rows.emplace_back(row.id, std::move(used));
    } else {
      known.insert(row.id);
    }
    return {};
  }));
  std::erase_if(rows, [&](const auto& each) { return taken_back.contains(each.first); });
  for (auto& [id, used] : given_back) {
    if (known.contains(id)) rows.emplace_back(id, std::move(used));
  }
  std::ranges::sort(rows, {},
                    [](const auto& each) { return std::tuple(each.second.at.micros, each.first); });
  for (auto& [id, row] : rows) table.rows.push_back(std::move(row));
  return {};
}

}  // namespace

Result<bool> is_itemised(ports::Transaction& transaction, const ShownBill& shown) {
  if (tables_of(shown).empty()) return false;
  const std::int64_t cutoff = TRY(cutoff_of(transaction, shown.bill));
  const std::string detail = TRY(detail_of(transaction, shown, cutoff));
  return detail == kFull;
}

Result<ItemisedUsage> show_usage(ports::Store& store, const ShownBill& shown) {
  const auto transaction = TRY(store.begin(ports::TransactionKind::kRead));
  const std::int64_t cutoff = TRY(cutoff_of(*transaction, shown.bill));
  const std::string detail = TRY(detail_of(*transaction, shown, cutoff));
  ItemisedUsage usage;
  usage.tables = tables_of(shown);
  if (detail != kFull || usage.tables.empty()) {
    return base::fail("link_unknown", "the usage of this bill is not itemised");
  }
  for (UsedInMonth& table : usage.tables) {
    TRY(read_rows(*transaction, shown.bill, cutoff, table));
  }
  std::erase_if(usage.tables, [](const UsedInMonth& table) { return table.rows.empty(); });
  usage.catalogue = TRY(transaction->catalogue().load_catalogue());
  return usage;
}

std::string hide_last_digits(std::string_view number) {
  std::string digits;
  for (const char c : number) {
    const bool is_part = ('0' <= c && c <= '9') || (c == '+' && digits.empty());
    if (is_part) {
      digits.push_back(c);
    } else if (c != ' ' && c != '-') {
      return {};
    }
  }
  std::string shown;
  std::string_view rest = digits;
  for (const std::string_view code : kCountryCodes) {
    if (!rest.starts_with(code) || rest.size() < code.size() + 2 * kHidden) continue;
    shown = code;
    rest.remove_prefix(code.size());
    break;
  }
  const bool has_code = !shown.empty();
  const std::size_t open = rest.size() > kHidden ? rest.size() - kHidden : 0;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    if (has_code && (at == 0 || at == 2 || at == 5)) shown += ' ';
    if (at < open) {
      shown += rest[at];
    } else {
      shown += kDot;
    }
  }
  return shown;
}

}  // namespace flows
