// Which payment it is that went back, where neither the bank's reference of the entry nor a bill
// leads to it: by what return and payment are both called (EndToEndId, the bank's reference, a
// number in the text), for all returns of a batch at once.
//
// One that fits is it. Of several it is the newest before the return that the same payer sent to
// the same account; where nobody says who sent them, it is none of them.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "domain/matching/returned.h"
#include "domain/payment/money_item.h"
#include "ports/payments.h"
#include "ports/store.h"

namespace flows {

// The references that may stand in the text of money that went back; each once.
[[nodiscard]] std::vector<std::string> references_in_text(const domain::MoneyItem& item);

// As matching compares them; with what each is called.
[[nodiscard]] domain::matching::MoneySide side_of(const ports::IncomingPayment& payment);

// Whether the payment is surely not another one than the item gives back, and did not go back yet.
[[nodiscard]] bool fits_return(const ports::IncomingPayment& original,
                               const domain::MoneyItem& item);

// What money is called, where that says something: EndToEndId, the bank's reference, and the
// references in its text.
[[nodiscard]] std::set<std::string> names_of(const domain::MoneyItem& item);

// The payments of a little more than the item that bear a name of it.
[[nodiscard]] base::Result<std::vector<domain::PaymentId>> find_kept_of(
    ports::Transaction& transaction, const domain::MoneyItem& item);
// As the file said it, for what looks at files.
[[nodiscard]] domain::MoneyItem item_of(const ports::IncomingPayment& payment);

// How far back a payment lies that goes back now.
inline constexpr int kReturnMonthsMax = 13;

// For each item the payments of its sum that bear a name of it, of the 13 months before it. One
// question for each sum, which reads the payments of that sum. Errors: those of the store.
[[nodiscard]] base::Result<std::vector<std::vector<domain::PaymentId>>> find_named_alike(
    ports::Transaction& transaction, std::span<const domain::MoneyItem* const> items);

[[nodiscard]] std::optional<ports::IncomingPayment> choose_returned(
    std::vector<ports::IncomingPayment> found, const domain::MoneyItem& item);

}  // namespace flows
