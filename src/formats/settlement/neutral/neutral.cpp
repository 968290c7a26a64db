#include "formats/settlement/neutral/neutral.h"

#include "domain/check/members.h"
#include "support/json/parse.h"

namespace formats::settlement::neutral {
namespace {

using base::Json;
using base::Money;
using base::Result;
using domain::ProviderSettlement;
using domain::SettlementLine;
using domain::check::Members;

Result<Money> read_amount(const Members& members, std::string_view name, base::Currency currency) {
  const auto amount = Money::parse(TRY(members.text(name)), currency);
  if (!amount) return members.refuse(name, amount.error().text);
  return *amount;
}

Result<base::Date> read_day(const Members& members) {
  const auto day = base::Date::parse(TRY(members.text("day")));
  if (!day) return members.refuse("day", day.error().text);
  return *day;
}

// Letters that can stand in the name of a ledger account.
bool is_name(std::string_view text) {
  for (const char c : text) {
    if (!(('a' <= c && c <= 'z') || ('0' <= c && c <= '9') || c == '_')) return false;
  }
  return !text.empty();
}

Result<SettlementLine> read_line(const Json& json, const std::string& place,
                                 base::Currency currency) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only({"kind", "reference", "gross", "fee", "net", "day"}));
  SettlementLine line;
  line.kind = TRY(members.text("kind"));
  if (!domain::is_settlement_kind(line.kind)) {
    return members.refuse("kind", "must be payment, refund, chargeback, fee or adjustment");
  }
  line.reference = TRY(members.text_or("reference", ""));
  line.gross = TRY(read_amount(members, "gross", currency));
  line.fee = TRY(read_amount(members, "fee", currency));
  line.net = TRY(read_amount(members, "net", currency));
  line.day = TRY(read_day(members));
  return line;
}

Result<ProviderSettlement> read_settlement(const Json& json, const std::string& place) {
  const Members members = TRY(Members::of(json, place));
  TRY(members.allow_only(
      {"provider", "merchant", "payout", "currency", "amount", "day", "lines", "bank_account"}));
  ProviderSettlement settlement;
  settlement.provider = TRY(members.text("provider"));
  if (!is_name(settlement.provider) || settlement.provider == "refunds") {
    return members.refuse("provider", "must be small letters, digits and _ : card");
  }
  settlement.merchant = TRY(members.text_or("merchant", ""));
  settlement.payout = TRY(members.text("payout"));
  settlement.bank_account = TRY(members.text_or("bank_account", ""));
  const auto currency = base::Currency::parse(TRY(members.text("currency")));
  if (!currency) return members.refuse("currency", currency.error().text);
  settlement.currency = *currency;
  settlement.amount = TRY(read_amount(members, "amount", *currency));
  settlement.day = TRY(read_day(members));
  for (const Json& each : *TRY(members.list("lines"))) {
    const std::string at = place + ".lines." + std::to_string(settlement.lines.size());
    auto line = TRY(read_line(each, at, *currency));
    line.line = static_cast<std::int64_t>(settlement.lines.size()) + 1;
    settlement.lines.push_back(std::move(line));
  }
  return settlement;
}

Result<std::vector<ProviderSettlement>> read_all(std::string_view bytes) {
  const Json json = TRY(json::parse(bytes));
  const Members members = TRY(Members::of(json, ""));
  TRY(members.allow_only({"settlements"}));
  std::vector<ProviderSettlement> settlements;
  for (const Json& each : *TRY(members.list("settlements"))) {
    auto settlement =
        TRY(read_settlement(each, "settlements." + std::to_string(settlements.size())));
    settlements.push_back(std::move(settlement));
  }
  return settlements;
}

}  // namespace

bool claims(std::string_view bytes) {
  const auto json = json::parse(bytes);
  return json && (*json)["settlements"].as_array() != nullptr;
}

Result<std::vector<ProviderSettlement>> read(std::string_view bytes) {
  auto settlements = read_all(bytes);
  if (settlements) return settlements;
  return base::fail("bad_settlement", settlements.error().text, settlements.error().place);
}

}  // namespace formats::settlement::neutral
