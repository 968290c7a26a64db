// The file of a batch of refunds, as the bank takes it: pain.001, the same bytes whenever it is
// asked for, from the command line or the console. Ten thousand transfers at the most.
//
// It is made before the batch is kept: refunds that no bank could carry out stay approved.
#pragma once

#include <string>

#include "base/result/result.h"
#include "domain/refund/refund.h"
#include "ports/store.h"

namespace flows {

inline constexpr std::string_view kRefundFormat = "pain.001";

// Errors: refund_batch_not_found, refund_file_refused, those of the store.
[[nodiscard]] base::Result<std::string> refund_file(ports::Transaction& transaction,
                                                    domain::RefundBatchId batch);

}  // namespace flows
