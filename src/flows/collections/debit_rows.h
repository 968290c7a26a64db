// The rows that debits and their mandates make, gathered and then kept together; and the events
// that tell of them.
#pragma once

#include <string>
#include <vector>

#include "domain/collection/plan.h"
#include "ports/events.h"
#include "ports/mandates.h"
#include "ports/store.h"

namespace flows {

struct DebitContext {
  base::Date day;  // On which it holds.
  base::Instant recorded;
  std::string actor;
};

// The debit that a plan makes of a bill, which has had so many before; announced on the context's
// day.
[[nodiscard]] domain::Collection planned_debit(const domain::Bill& bill,
                                               const domain::Mandate& mandate,
                                               const domain::DebitPlan& plan, std::size_t before,
                                               const DebitContext& context);

class DebitRows {
 public:
  explicit DebitRows(DebitContext context) : context_(std::move(context)) {}

  // Each keeps the row and adds its event. A changed row has the version with which it was read.
  void add(domain::Mandate mandate);
  void change_state(domain::Mandate mandate);
  void amend(domain::Mandate mandate, std::string_view fields, std::string_view migration,
             const std::string& text = "");
  // Without an event: what a debit does to its mandate is told by the debit.
  void change(domain::Mandate mandate);
  void announce(domain::Collection collection);
  void order(domain::Collection collection);
  void drop(domain::Collection collection);
  void accept(domain::Collection collection);
  // It goes with its mandate to another creditor.
  void move(domain::Collection collection) { accept(std::move(collection)); }
  // A part was paid otherwise; what is ordered is told then.
  void lessen(domain::Collection collection) { accept(std::move(collection)); }
  void settle(domain::Collection collection);
  // Failed or returned; `text` is the bank's, sealed.
  void fail(domain::Collection collection, std::string text);

  [[nodiscard]] base::Result<> keep(ports::Transaction& transaction) const;
  // And lets the pages of their bills be made anew. Last in its transaction.
  [[nodiscard]] base::Result<> keep_and_touch(ports::Transaction& transaction) const;

 private:
  void event(domain::AccountId account, std::string_view kind, base::Json data,
             std::string text = "");
  void changed(domain::Collection collection);

  DebitContext context_;
  std::vector<domain::Mandate> new_mandates_, mandates_;
  std::vector<domain::Collection> new_collections_, collections_;
  std::vector<ports::NewEvent> events_;
};

}  // namespace flows
