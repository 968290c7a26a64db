// How who hands over is told again when they did not hear: gaps that grow from seconds to hours,
// for about three days. Pure.
#pragma once

#include <cstdint>
#include <optional>

namespace domain {

// How long to wait after so many tries; nothing: it is given up.
[[nodiscard]] std::optional<std::int64_t> telling_gap_micros(std::int64_t tries);

}  // namespace domain
