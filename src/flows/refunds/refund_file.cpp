#include "flows/refunds/refund_file.h"

#include "flows/refunds/refund_money.h"
#include "formats/bank/writing/order_writers.h"

namespace flows {
namespace {

class ToText final : public formats::bank::ByteSink {
 public:
  [[nodiscard]] base::Result<> write(std::string_view bytes) override {
    text += bytes;
    return {};
  }
  std::string text;
};

}  // namespace

base::Result<std::string> refund_file(ports::Transaction& transaction,
                                      domain::RefundBatchId batch) {
  const domain::PaymentOrder order = TRY(order_of_batch(transaction, batch));
  const auto* writer = TRY(formats::bank::find_order_writer(kRefundFormat));
  ToText sink;
  const auto check = TRY(formats::bank::write_order(*writer, "", order, sink));
  // Others only say what the bank gets instead, as letters that SEPA lacks.
  const auto problem = std::ranges::find_if(check.problems, &domain::OrderProblem::refused);
  if (problem == check.problems.end()) return std::move(sink.text);
  return base::fail("refund_file_refused", "the bank could not carry it out: " + problem->text,
                    problem->place);
}

}  // namespace flows
