// NAME: say here whom this speaks with, by which protocol, and where its contract is published.
//
// It moves finished parcels or money and knows nothing of their meaning. An answer that is not
// surely a success or a failure is pending, and is asked for again.
#pragma once

#include <string_view>

namespace NAMESPACE {

// The name by which routes in the configuration choose it.
inline constexpr std::string_view kName = "NAME";

}  // namespace NAMESPACE
