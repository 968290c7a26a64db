#include "domain/billing/bill.h"

#include "domain/plan/rows.h"

namespace domain {
namespace {

constexpr BillState kStates[] = {BillState::kOpen, BillState::kSettled, BillState::kCredited,
                                 BillState::kWrittenOff, BillState::kCeded};

BillFace face_of_open(const Bill& bill, std::int32_t days_left) {
  if (days_left < 0) return BillFace::kOverdue;
  if (!bill.paid.is_zero()) return BillFace::kPartlyPaid;
  return days_left <= kDueSoonDays ? BillFace::kDueSoon : BillFace::kOpen;
}

}  // namespace

BillView view_bill(const Bill& bill, base::Date today) {
  const base::Money nothing(0, bill.total.currency());
  BillView view{BillFace::kOpen, nothing, bill.due, bill.due - today};
  switch (bill.state) {
    case BillState::kCredited: view.face = BillFace::kCredited; return view;
    case BillState::kWrittenOff: view.face = BillFace::kWrittenOff; return view;
    case BillState::kCeded: view.face = BillFace::kCeded; return view;
    case BillState::kSettled:
      view.face = bill.paid.is_zero() ? BillFace::kNothingToPay : BillFace::kPaid;
      return view;
    case BillState::kOpen: break;
  }
  if (bill.rest() <= nothing) {
    view.face = bill.paid.is_zero() ? BillFace::kNothingToPay : BillFace::kPaid;
    return view;
  }
  view.asked = asked_on(bill, today);
  view.asked_by = effective_due(bill);
  view.days_left = view.asked_by - today;
  view.face = has_plan(bill) && view.days_left >= 0 ? BillFace::kInstalments
                                                    : face_of_open(bill, view.days_left);
  return view;
}

std::string_view to_text(BillState state) {
  switch (state) {
    case BillState::kOpen: return "open";
    case BillState::kSettled: return "settled";
    case BillState::kCredited: return "credited";
    case BillState::kWrittenOff: return "written_off";
    case BillState::kCeded: return "ceded";
  }
  return {};
}

base::Result<BillState> parse_bill_state(std::string_view text) {
  for (const BillState state : kStates) {
    if (to_text(state) == text) return state;
  }
  return base::fail("unknown_value", "'" + std::string(text.substr(0, 40)) +
                                         "' is not open, settled, credited, written_off or ceded");
}

std::string_view to_text(BillFace face) {
  switch (face) {
    case BillFace::kOpen: return "open";
    case BillFace::kDueSoon: return "due_soon";
    case BillFace::kOverdue: return "overdue";
    case BillFace::kPartlyPaid: return "partly_paid";
    case BillFace::kPaid: return "paid";
    case BillFace::kCredited: return "credited";
    case BillFace::kNothingToPay: return "nothing_to_pay";
    case BillFace::kInstalments: return "instalments";
    case BillFace::kWrittenOff: return "written_off";
    case BillFace::kCeded: return "ceded";
  }
  return {};
}

}  // namespace domain
