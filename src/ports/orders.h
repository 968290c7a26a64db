// Orders of single things (extra data, a film, a router): what was ordered, how it is to be paid, and
// whether it was handed over.
#pragma once

namespace ports {

class Orders {
 public:
  virtual ~Orders() = default;
};

}  // namespace ports
