#include "flows/payments/follow_open.h"

namespace flows {

void follow_open(ports::IncomingPayment& payment, std::string_view done) {
  const bool waits = !payment.open().is_zero();
  payment.state = waits ? "suspense" : done;
  if (!waits) payment.reason.clear();
}

}  // namespace flows
