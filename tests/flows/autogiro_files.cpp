#include "tests/flows/autogiro_files.h"

#include <cstdlib>

namespace tests {

std::string padded(std::string text) {
  text.resize(80, ' ');
  return text + "\n";
}
std::string digits(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - text.size(), '0') + text;
}

std::string mandate_notice(std::int64_t payer, std::string_view status) {
  return padded(
             "01AUTOGIRO              20261103            AG-MEDAVI"
             "                 0050501055") +
         padded("730050501055" + digits(payer, 16) + std::string(16, '0') + std::string(12, '0') +
                "     04" + std::string(status) + "20261103") +
         padded("092026110399000000001");
}

std::string payment_notice(const std::vector<Said>& debits, std::string_view on,
                           const std::vector<Said>& refunds) {
  const auto compact = [](std::string_view text) {
    std::string out(text);
    std::erase(out, '-');
    return out;
  };
  const auto reference = [](std::string text) {
    text.resize(16, ' ');
    return text;
  };
  const std::string date = compact(on);
  std::string file = padded("01AUTOGIRO              " + date +
                            "193055123456BET. SPEC & STOPP TK4711  0050501055");
  std::int64_t paid = 0, sum = 0, back = 0;
  for (const Said& each : debits) {
    if (each.status != '0') continue;
    ++paid;
    sum += each.kronor * 100;
  }
  const auto section = [&](std::string_view code, std::string_view serial, std::int64_t minor,
                           std::int64_t count) {
    return padded(std::string(code) + std::string(19, '0') + "8901003232323232" + date +
                  std::string(serial) + digits(minor, 18) + "   " + digits(count, 8));
  };
  if (!debits.empty()) file += section("15", "00001", sum, paid);
  for (const Said& each : debits) {
    file += padded("82" + date + "0    " + digits(each.payer, 16) + digits(each.kronor * 100, 12) +
                   "0050501055" + reference(each.reference) + std::string(10, ' ') + each.status);
  }
  for (const Said& each : refunds) back += each.kronor * 100;
  const auto refund_count = static_cast<std::int64_t>(refunds.size());
  if (!refunds.empty()) file += section("17", "00002", back, refund_count);
  for (const Said& each : refunds) {
    file += padded("77" + date + "0    " + digits(each.payer, 16) + digits(each.kronor * 100, 12) +
                   "0050501055" + reference(each.reference) + date + "0" + each.status);
  }
  return file + padded("09" + date + "9900" + digits(debits.empty() ? 0 : 1, 6) + digits(paid, 12) +
                       digits(0, 6) + digits(0, 12) + digits(refunds.empty() ? 0 : 1, 6) +
                       digits(refund_count, 12));
}

}  // namespace tests
