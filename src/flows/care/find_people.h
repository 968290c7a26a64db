// Finds customers and bills by whatever somebody has in hand: a name, however it is spelled, a
// number of any division, a telephone number, an address, a payment reference, an invoice number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "domain/billing/bill.h"
#include "domain/party/party.h"
#include "ports/store.h"

namespace flows {

struct FoundPerson {
  domain::Customer customer;
  std::string matched;  // name | number | phone | email | address | service
};

struct FoundBill {
  domain::Bill bill;
  std::string invoice_number;
  domain::Customer customer;
  std::string matched;  // reference | invoice_number
};

struct Findings {
  std::vector<FoundPerson> people;  // The likeliest first.
  std::vector<FoundBill> bills;
  bool is_tolerant = false;  // Nothing was found as typed; these are written or sound alike.
  bool has_more = false;
};

inline constexpr std::size_t kSearchTextMax = 200;

// "ocr:", "tel:" and "namn:"/"name:" before the text narrow what is looked at. Reads only.
[[nodiscard]] base::Result<Findings> find_people(ports::Transaction& transaction,
                                                 std::string_view text, std::size_t limit);

}  // namespace flows
