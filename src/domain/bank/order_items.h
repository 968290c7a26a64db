// The items of a batch: from memory, or from wherever they are kept, one after the other.
//
// A bank wants the count and the sum before the first item, so that items are visited twice: once
// to check and to add up, once to write. A source gives the same items each time; a million of
// them need no more memory than one.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "base/result/result.h"

namespace domain {

template <class Item>
class OrderItems {
 public:
  // Answers an error to stop.
  using Visitor = std::function<base::Result<>(const Item&)>;
  using Source = std::function<base::Result<>(const Visitor&)>;

  OrderItems() = default;
  // Implicit: a list is the usual source.
  OrderItems(std::vector<Item> items) {
    if (items.empty()) return;
    const auto kept = std::make_shared<const std::vector<Item>>(std::move(items));
    source_ = [kept](const Visitor& visit) -> base::Result<> {
      for (const Item& item : *kept) TRY(visit(item));
      return {};
    };
  }
  [[nodiscard]] static OrderItems from(Source source) {
    OrderItems items;
    items.source_ = std::move(source);
    return items;
  }

  // Errors: those of the source and of the visitor.
  [[nodiscard]] base::Result<> for_each(const Visitor& visit) const {
    if (!source_) return {};
    return source_(visit);
  }

 private:
  Source source_;
};

}  // namespace domain
