// A bill's address in the API: "acct_....bill_...".
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"
#include "domain/ids.h"

namespace web::api {

struct BillAddress {
  domain::AccountId account;
  domain::BillId bill;
};

[[nodiscard]] inline std::string write_bill_id(domain::AccountId account, domain::BillId bill) {
  return account.to_string() + "." + bill.to_string();
}

// Errors: not_an_id.
[[nodiscard]] inline base::Result<BillAddress> read_bill_id(std::string_view text) {
  const std::size_t dot = std::min(text.find('.'), text.size());
  BillAddress address;
  address.account = TRY(domain::AccountId::parse(text.substr(0, dot)));
  address.bill = TRY(domain::BillId::parse(text.substr(std::min(dot + 1, text.size()))));
  return address;
}

}  // namespace web::api
