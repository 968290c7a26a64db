// What the elements of the group at hand say, until the group ends.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "formats/bank/camt/fields.h"

namespace formats::bank::camt {

// The first text that each field has; memory is kept from one group to the next.
class Slots {
 public:
  struct Slot {
    std::string text, currency;
    std::int64_t line = 0;
  };

  void keep(Field field, const iso20022::XmlValue& value) {
    Slot& slot = at(field);
    if (!slot.text.empty() || value.text.empty()) return;
    slot.text.assign(value.text);
    slot.currency.assign(value.currency);
    slot.line = value.line;
  }
  void clear(Field first, Field last) {
    for (int field = static_cast<int>(first); field <= static_cast<int>(last); ++field) {
      at(static_cast<Field>(field)).text.clear();
    }
  }
  [[nodiscard]] const Slot& operator[](Field field) const {
    return slots_[static_cast<std::size_t>(field)];
  }
  [[nodiscard]] const std::string& text(Field field) const { return (*this)[field].text; }
  [[nodiscard]] bool has(Field field) const { return !text(field).empty(); }

 private:
  Slot& at(Field field) { return slots_[static_cast<std::size_t>(field)]; }
  std::array<Slot, static_cast<std::size_t>(Field::kReturnText) + 1> slots_;
};

}  // namespace formats::bank::camt
