// Files and messages that tell a bank what to do: one row a format. Counterpart of bank_format.h,
// where banks' files are read.
//
// An order is gone over twice: once by domain::check_order, once to write it, so that memory does
// not grow with it and nothing is written of an order that is refused. The same order gives the
// same bytes. To add one: a file write_NAME.cpp, a row here, one in registry.cpp and its rules.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include "domain/bank/order_check.h"
#include "formats/bank/writing/byte_sink.h"

namespace formats::bank {

struct OrderWriter {
  std::string_view format;
  std::span<const std::string_view> versions;  // The first is the default. Empty: there is one.
  std::add_pointer_t<base::Result<>(const domain::PaymentOrder& order,
                                    const domain::OrderCheck& check, std::string_view version,
                                    ByteSink& sink)>
      write;
};

[[nodiscard]] std::span<const OrderWriter> order_writers();
// Errors: unknown_value (it names those that there are).
[[nodiscard]] base::Result<const OrderWriter*> find_order_writer(std::string_view format);

// What check_order says; where it refuses, nothing is written. An empty version is the default.
// Errors: unknown_value (version); those of the sink and of the items' sources.
[[nodiscard]] base::Result<domain::OrderCheck> write_order(const OrderWriter& writer,
                                                           std::string_view version,
                                                           const domain::PaymentOrder& order,
                                                           ByteSink& sink);

// The rows' functions. They write what check_order let through.
[[nodiscard]] base::Result<> write_pain001(const domain::PaymentOrder& order,
                                           const domain::OrderCheck& check,
                                           std::string_view version, ByteSink& sink);
[[nodiscard]] base::Result<> write_pain007(const domain::PaymentOrder& order,
                                           const domain::OrderCheck& check,
                                           std::string_view version, ByteSink& sink);
[[nodiscard]] base::Result<> write_pain008(const domain::PaymentOrder& order,
                                           const domain::OrderCheck& check,
                                           std::string_view version, ByteSink& sink);
[[nodiscard]] base::Result<> write_norma1914(const domain::PaymentOrder& order,
                                             const domain::OrderCheck& check,
                                             std::string_view version, ByteSink& sink);
[[nodiscard]] base::Result<> write_autogiro(const domain::PaymentOrder& order,
                                            const domain::OrderCheck& check,
                                            std::string_view version, ByteSink& sink);
[[nodiscard]] base::Result<> write_avtalegiro(const domain::PaymentOrder& order,
                                              const domain::OrderCheck& check,
                                              std::string_view version, ByteSink& sink);
[[nodiscard]] base::Result<> write_lb(const domain::PaymentOrder& order,
                                      const domain::OrderCheck& check, std::string_view version,
                                      ByteSink& sink);

}  // namespace formats::bank
