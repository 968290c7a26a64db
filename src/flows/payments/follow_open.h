// What a payment is, from what of it is open: one rule for all that assign money, take it back or
// give it back.
#pragma once

#include <string_view>

#include "ports/payments.h"

namespace flows {

// Why what went back waits: its payer has it from the provider, and from us by the bank.
inline constexpr std::string_view kPaidBackTwice = "paid_back_twice";

// It waits in suspense as long as anything of it is open, for the reason that it has, or it is
// `done`: allocated, or returned where nothing of it is with us.
void follow_open(ports::IncomingPayment& payment, std::string_view done = "allocated");

}  // namespace flows
