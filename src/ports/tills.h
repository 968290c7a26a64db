// Tills: drawers and their sessions, and the short codes that find a bill at a till or by telephone.
#pragma once

namespace ports {

class Tills {
 public:
  virtual ~Tills() = default;
};

}  // namespace ports
