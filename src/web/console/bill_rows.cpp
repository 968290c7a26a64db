#include "web/console/bill_rows.h"

#include <algorithm>
#include <map>

#include "ports/access.h"
#include "ports/desk.h"
#include "ports/parties.h"
#include "web/api/bill_id.h"
#include "web/console/csv.h"
#include "web/console/moments.h"
#include "web/console/page.h"

namespace web::console {
namespace {

using base::Result;
using domain::BillFace;

constexpr BillFace kFaces[] = {
    BillFace::kOpen,       BillFace::kDueSoon,  BillFace::kOverdue,      BillFace::kPartlyPaid,
    BillFace::kPaid,       BillFace::kCredited, BillFace::kNothingToPay, BillFace::kInstalments,
    BillFace::kWrittenOff, BillFace::kCeded};

using Payers = std::map<domain::AccountId, domain::Customer>;

Result<Payers> payers_of(ports::Transaction& transaction, std::span<const domain::Bill> bills) {
  std::vector<domain::AccountId> ids;
  for (const domain::Bill& bill : bills) ids.push_back(bill.account);
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  const auto accounts = TRY(transaction.parties().find_accounts(ids));
  std::vector<domain::CustomerId> customers;
  for (const domain::Account& account : accounts) customers.push_back(account.customer);
  std::ranges::sort(customers);
  customers.erase(std::ranges::unique(customers).begin(), customers.end());
  std::map<domain::CustomerId, domain::Customer> known;
  for (auto& customer : TRY(transaction.parties().find_customers(customers))) {
    const auto id = customer.id;
    known.emplace(id, std::move(customer));
  }
  Payers payers;
  for (const domain::Account& account : accounts) payers[account.id] = known[account.customer];
  return payers;
}

}  // namespace

Result<BillFace> parse_face(std::string_view text) {
  for (const BillFace face : kFaces) {
    if (domain::to_text(face) == text) return face;
  }
  return base::fail("bad_parameter", "there is no such state of a bill", "state");
}

std::string_view tag_of(BillFace face) {
  switch (face) {
    case BillFace::kPaid:
    case BillFace::kNothingToPay: return " good";
    case BillFace::kOverdue:
    case BillFace::kDueSoon:
    case BillFace::kPartlyPaid: return " warn";
    case BillFace::kOpen:
    case BillFace::kCredited:
    case BillFace::kInstalments:
    case BillFace::kWrittenOff:
    case BillFace::kCeded: return "";
  }
  __builtin_unreachable();
}

Result<base::Date> today_of(const Call& call, ports::Transaction& transaction) {
  return TRY(Moments::load(call, transaction)).day(call.web.clock.now());
}

Result<Value> bill_rows(const Call& call, ports::Transaction& transaction,
                        std::span<const domain::Bill> bills, bool with_customers) {
  const locale::Formatter& write = call.web.texts.formatter(call.language);
  const base::Date today = TRY(today_of(call, transaction));
  const auto numbers = TRY(transaction.access().desk().invoice_numbers(bills));
  Payers payers;
  if (with_customers) payers = TRY(payers_of(transaction, bills));
  Value rows = Value::list();
  for (std::size_t at = 0; at < bills.size(); ++at) {
    const domain::Bill& bill = bills[at];
    const domain::BillView view = domain::view_bill(bill, today);
    Value row = Value::record();
    row.set("id", api::write_bill_id(bill.account, bill.id))
        .set("number", numbers[at])
        .set("period", write.month(bill.period, locale::MonthStyle::kYear))
        .set("state", say_word(call, "console.bill.state.", domain::to_text(view.face)))
        .set("tag", Value::borrow(tag_of(view.face)))
        .set("due", write.date(view.asked_by, locale::DateStyle::kNumeric))
        .set("total", write.money(bill.total, locale::MoneyStyle::kBare))
        .set("rest", write.money(bill.rest(), locale::MoneyStyle::kBare))
        .set("reference", bill.reference);
    if (with_customers) {
      const domain::Customer& customer = payers[bill.account];
      row.set("customer", customer.id.to_string())
          .set("name", customer.party.name)
          .set("customer_number", std::to_string(customer.number));
    }
    rows.push(std::move(row));
  }
  return rows;
}

Result<std::string> bill_csv(const Call& call, ports::Transaction& transaction,
                             std::span<const domain::Bill> bills) {
  const base::Date today = TRY(today_of(call, transaction));
  const auto numbers = TRY(transaction.access().desk().invoice_numbers(bills));
  Payers payers = TRY(payers_of(transaction, bills));
  std::string lines;
  for (std::size_t at = 0; at < bills.size(); ++at) {
    const domain::Bill& bill = bills[at];
    const domain::Customer& customer = payers[bill.account];
    lines += csv_line(
        {numbers[at], std::to_string(customer.number), customer.party.name, bill.period.to_string(),
         std::string(domain::to_text(domain::view_bill(bill, today).face)), bill.issued.to_string(),
         bill.due.to_string(), std::string(bill.total.currency().code()),
         bill.total.to_decimal_string(), bill.paid.to_decimal_string(),
         bill.credited.to_decimal_string(), bill.rest().to_decimal_string(), bill.reference,
         api::write_bill_id(bill.account, bill.id)});
  }
  return lines;
}

}  // namespace web::console
