#include "base/result/result.h"

namespace base {

std::string describe(const Error& error) {
  std::string text;
  if (!error.place.empty()) text += error.place + ": ";
  text += error.text;
  text += " (" + error.code + ")";
  return text;
}

}  // namespace base
