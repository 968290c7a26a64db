// Payment plans of bills (design D3) and payment methods that customers let us keep.
#pragma once

namespace ports {

class Plans {
 public:
  virtual ~Plans() = default;
};

}  // namespace ports
