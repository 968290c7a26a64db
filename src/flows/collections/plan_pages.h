// Open bills page by page, with what planning their debits asks for: of those that have none under
// way the debits that they had, and the mandates of their accounts. A page may be read by a thread
// of its own while the one before is being written.
//
// What was read ahead may be older than the transaction that plans by it, by the time of one page.
// That is good enough to plan: two debits of one bill have the same id, so that a second one is
// refused, and each is looked at again when it is ordered.
#pragma once

#include <future>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "ports/billing.h"
#include "ports/mandates.h"
#include "ports/store.h"

namespace flows {

struct PlanPage {
  ports::Billing::BillKey after, last;  // It begins behind the one and ends with the other.
  std::size_t looked_at = 0;
  std::vector<domain::Bill> bills;  // Of these those that have no debit under way.
  // Those with a debit under way whose pages say nothing of it: it was planned before pages did.
  std::vector<ports::Billing::BillKey> untold;
  std::vector<domain::Collection> collections;
  std::map<domain::BillId, std::vector<const domain::Collection*>> collections_of;
  std::map<domain::AccountId, std::vector<domain::Mandate>> mandates;  // Terms only.
};

// Of a bill by its debits so far: none is under way, and the last one was paid or was never
// ordered. After a failure only a retry, or a person, goes on.
[[nodiscard]] bool may_have_another(std::span<const domain::Collection* const> collections);
// Of a debit that was ordered, and taken back before its day since the mandate ended.
inline constexpr std::string_view kWithdrawn = "withdrawn";

[[nodiscard]] base::Result<PlanPage> read_page(ports::Transaction& transaction,
                                               const ports::Billing::BillKey& after,
                                               std::size_t limit);

// One page ahead. Its thread ends with it.
class PagesAhead {
 public:
  PagesAhead(ports::Store& store, std::size_t limit) : store_(store), limit_(limit) {}

  // Begins to read the page behind a bill.
  void read(const ports::Billing::BillKey& after);
  // The page that was read, if it begins behind this bill; nothing where it could not be read.
  [[nodiscard]] std::optional<PlanPage> take(const ports::Billing::BillKey& after);

 private:
  ports::Store& store_;
  std::size_t limit_;
  std::future<base::Result<PlanPage>> reading_;
};

}  // namespace flows
