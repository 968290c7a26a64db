// What the codes of Autogiro mean.
#pragma once

#include <string_view>

namespace formats::bank::autogiro {

struct CodeText {
  std::string_view code, state, text;
};

// Each answers a row without a state where the code is not known.
[[nodiscard]] CodeText mandate_status(std::string_view code);
[[nodiscard]] CodeText payment_status(std::string_view code);
[[nodiscard]] CodeText refusal(std::string_view code);
[[nodiscard]] CodeText change_answer(std::string_view code);
[[nodiscard]] std::string_view refund_text(std::string_view code);

}  // namespace formats::bank::autogiro
