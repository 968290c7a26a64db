// The chart of accounts: which number and name of the operator's general ledger stands for which
// of our own accounts. The ledger keeps its own names; whatever is printed or exported asks here.
//
// A row names one of our accounts ("vat:SE:25"), a role ("revenue") or what they begin with
// ("vat:SE", "revenue:MOBIL*"), and may be of one division. The longest that fits counts, one of
// the division before one of all. An account that no row names keeps its own name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/text/json.h"
#include "domain/ledger/posting.h"

namespace domain {

struct ChartRow {
  std::string ledger;    // "receivables", "vat:SE:25", "revenue:MOBIL*"
  std::string division;  // Only items of it; empty: of all.
  std::string number;    // "1510"
  std::string name;      // "Kundfordringar"

  friend bool operator==(const ChartRow&, const ChartRow&) = default;
};

struct ChartAccount {
  std::string number;
  std::string name;

  friend auto operator<=>(const ChartAccount&, const ChartAccount&) = default;
};

class Chart {
 public:
  Chart() = default;
  // Errors: chart_duplicate (two rows stand for the same), chart_two_names (a number is called
  // two things), chart_bad_row (a member is empty). Place: the row's ledger account.
  [[nodiscard]] static base::Result<Chart> make(std::vector<ChartRow> rows);

  [[nodiscard]] const std::vector<ChartRow>& rows() const { return rows_; }
  // `division`: of the item that a revenue account names; empty where it has none.
  [[nodiscard]] ChartAccount account_of(std::string_view ledger_account,
                                        std::string_view division) const;

  friend bool operator==(const Chart&, const Chart&) = default;

 private:
  std::vector<ChartRow> rows_;
};

// [{"ledger", "division", "number", "name"}]; division may be left out. Errors: those of make,
// missing_member, unknown_member, bad_member.
[[nodiscard]] base::Result<Chart> read_chart(const base::Json& json);
[[nodiscard]] base::Json to_json(const Chart& chart);

// "FIBER100" of "revenue:FIBER100"; empty for other accounts.
[[nodiscard]] std::string_view revenue_item(std::string_view ledger_account);

}  // namespace domain
