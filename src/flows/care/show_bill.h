// Show one bill by its link (R40, D6): the live debt and the papers in it. Reading has no effect.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/billing/bill.h"
#include "domain/billing/invoice.h"
#include "flows/collections/pending.h"
#include "ports/store.h"

namespace flows {

// Money that came for this bill. One that was taken back again is not among them.
struct PaidIn {
  base::Money amount;
  base::Date booked;
  std::string rail;  // As the payer knows it: bankgiro, transfer ...; may be empty.
};

struct BilledBefore {
  base::Date issued;
  base::Month period;
  base::Money total;
};
inline constexpr std::size_t kBilledBeforeMax = 5;

// Money that is on its way to a bill through a provider.
struct UnderWay {
  base::Money amount;
  std::string method;  // "card"
  bool is_at_till = false;
  bool is_stopping = false;
};

struct ShownBill {
  domain::Bill bill;
  domain::BillView view;
  // The first is the bill's own; a credit note only where a run gave back more than it billed.
  std::vector<domain::Invoice> invoices;
  std::vector<domain::Invoice> credit_notes;  // Of those invoices, oldest first.
  base::Money to_account;  // What of the payments went from here to the account's credit.
  // Only where a whole page is shown (show_bill_page.h), with what follows.
  std::vector<PaidIn> payments;
  std::vector<UnderWay> under_way;
  std::vector<ComingDebit> coming;  // Debits and charges that its payer was told of, by day.
  // What the same group was billed before, newest first, as far as the page's columns go; and the
  // paper of the first of them.
  std::vector<BilledBefore> before;
  std::optional<domain::Invoice> last_paper;
};

// Errors: link_unknown (also for expired and revoked ones: the answer is the same for every
// token), cannot_unseal, erased, and those of the store.
[[nodiscard]] base::Result<ShownBill> show_bill_by_link(ports::Store& store,
                                                        const base::Clock& clock,
                                                        std::string_view token);
[[nodiscard]] base::Result<ShownBill> show_bill_by_link(ports::Transaction& transaction,
                                                        const base::Clock& clock,
                                                        std::string_view token);
// The version only, for a page that may be unchanged since it was last sent.
struct BillVersion {
  domain::AccountId account;
  domain::BillId bill;
  std::int64_t version = 0;
};
[[nodiscard]] base::Result<BillVersion> bill_version_by_link(ports::Store& store,
                                                             const base::Clock& clock,
                                                             std::string_view token);
// For many links with one question: an answer for each, in their order. Errors of the whole: those
// of the store.
[[nodiscard]] base::Result<std::vector<base::Result<BillVersion>>> bill_versions_by_link(
    ports::Store& store, const base::Clock& clock, std::span<const std::string_view> tokens);
// For agents, by ids. Errors: bill_not_found, and those above.
[[nodiscard]] base::Result<ShownBill> show_bill(ports::Store& store, const base::Clock& clock,
                                                domain::AccountId account, domain::BillId bill);

}  // namespace flows
