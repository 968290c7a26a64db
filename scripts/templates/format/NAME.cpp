#include "FOLDER/NAME.h"

namespace NAMESPACE {

bool claims(std::string_view head) { return head.starts_with("what a NAME file begins with"); }

}  // namespace NAMESPACE
