// NAME against a fake of the other side that misbehaves in every way its contract allows.
#include "FOLDER/NAME.h"

#include <gtest/gtest.h>

namespace NAMESPACE {
namespace {

TEST(TYPE, KeepsItsHeadWhenTheOtherSideMisbehaves) {
  for (const std::string_view way :
       {"accepts", "declines", "accepts and then times out", "answers late", "repeats itself"}) {
    ADD_FAILURE() << kName << " is not proved against a fake that " << way;
  }
}

}  // namespace
}  // namespace NAMESPACE
