// What the pages of a shop's till share: the page itself with its problem, and how its forms name
// bills, sums and keys.
#pragma once

#include <string>
#include <vector>

#include "flows/tills/show_till.h"
#include "flows/tills/take_cash.h"
#include "web/call.h"
#include "web/http.h"
#include "web/template/value.h"

namespace web::console {

inline constexpr std::string_view kTillPath = "/console/till";

// The till of the address, with what went wrong with a form where there is one.
[[nodiscard]] base::Result<Response> till_page(const Call& call, const base::Error* problem);
// The count of its drawer, as it was typed.
[[nodiscard]] base::Result<Response> closing_page(const Call& call, const base::Error* problem);
// "/console/till/kungsgatan-1", with a query behind it.
[[nodiscard]] std::string till_address(const Call& call, std::string_view query = "");

// In the reader's language where there are words for it.
[[nodiscard]] std::string till_problem(const Call& call, const base::Error& error);

// Notes and coins as fields are named: "pieces.500".
[[nodiscard]] std::string pieces_field(std::int64_t denomination, base::Currency currency);
// What was counted, by pieces or as a sum. Errors: bad_cash_count, unknown_denomination.
[[nodiscard]] base::Result<domain::CashCount> read_pieces(const Call& call,
                                                          base::Currency currency);
[[nodiscard]] Value pieces_rows(const Call& call, base::Currency currency);

// The bills that were ticked, with their sums. Errors: not_an_id, bad_parameter.
[[nodiscard]] base::Result<std::vector<flows::TakeCash::Chosen>> read_chosen(
    const Call& call, base::Currency currency);

[[nodiscard]] base::Result<domain::Drawer> drawer_of(const Call& call);

}  // namespace web::console
