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
  if (check.problems.empty()) return std::move(sink.text);
  const auto& problem = check.problems.front();
  return base::fail("refund_file_refused",
                    "the bank could not carry it out: " + problem.text, problem.place);
}

}  // namespace flows
