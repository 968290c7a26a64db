// Where written bytes go, in pieces; and what gathers small pieces into large ones.
//
// A sink that fails once takes no more: the failure is kept and told at the end, so that writers
// need not ask after each word.
#pragma once

#include <string>
#include <string_view>

#include "base/result/result.h"

namespace formats::bank {

class ByteSink {
 public:
  virtual ~ByteSink() = default;
  // Errors: those of the destination (file_not_writable, disk_full).
  [[nodiscard]] virtual base::Result<> write(std::string_view bytes) = 0;
};

class Gathered {
 public:
  explicit Gathered(ByteSink& sink) : sink_(sink) { bytes_.reserve(kPieceBytes + kPieceBytes / 4); }

  void put(std::string_view bytes) {
    bytes_ += bytes;
    if (bytes_.size() >= kPieceBytes) flush();
  }
  // The first failure so far; a visitor answers it to stop.
  [[nodiscard]] const base::Result<>& state() const { return state_; }
  [[nodiscard]] base::Result<> finish() {
    flush();
    return state_;
  }

 private:
  static constexpr std::size_t kPieceBytes = 65'536;

  void flush() {
    if (state_ && !bytes_.empty()) state_ = sink_.write(bytes_);
    bytes_.clear();
  }

  ByteSink& sink_;
  std::string bytes_;
  base::Result<> state_;
};

}  // namespace formats::bank
