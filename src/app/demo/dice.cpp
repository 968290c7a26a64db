#include "app/demo/dice.h"

namespace app::demo {

std::uint32_t Dice::below(std::uint32_t sides) {
  if (used_ + 4 > bytes_.size()) {
    random_.fill(label_ + ":" + std::to_string(filled_++), bytes_);
    used_ = 0;
  }
  std::uint32_t value = 0;
  for (int nth = 0; nth < 4; ++nth) value = value << 8 | bytes_[used_++];
  // The low sides are a hair likelier than the others: it does not matter here.
  return value % sides;
}

}  // namespace app::demo
