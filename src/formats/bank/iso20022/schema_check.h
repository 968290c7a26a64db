// Tells where a message leaves its schema, and lets it: what is told here is a fault of the bank's
// that leaves the meaning clear, so that reading goes on and the file's own control stands.
//
// Beyond the schema it looks at the check digits of IBANs. Of a message whose version is not known
// only texts are looked at, by the version that comes nearest.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bank/iso20022/schema.h"
#include "formats/bank/reading.h"

namespace formats::bank::iso20022 {

// Below a message; deeper ones are not read.
inline constexpr std::size_t kCheckedDepthMax = 128;

class SchemaCheck {
 public:
  // `told`: what the reader itself tells to be missing, as "Ntry/Amt".
  SchemaCheck(Reading& reading, std::span<const std::string_view> told)
      : reading_(reading), told_(told.begin(), told.end()) {}

  // The message's element begins: `message` is "camt.053" by its name. What is wrong with the
  // namespace is told. `location`: what the elements above say of their schema
  // (xsi:schemaLocation), followed where the namespace names none. The schema that is followed.
  const Schema* start(std::string_view message, std::string_view space, std::string_view location,
                      std::int64_t line);

  // Below the message. `name` is one of the schema's, or below zero.
  void begin(int name, std::string_view written, std::int64_t line) {
    if (unknown_ > 0) {
      ++unknown_;
      return;
    }
    Frame& frame = frames_[depth_ - 1];
    const Schema::Step step = name < 0 ? Schema::Step() : schema_->step(frame.type, name);
    if (step.child == Schema::kNone) return begin_unknown(name, written, line);
    const int child = step.child;
    if (child <= frame.last || (frame.seen != 0 && kind(frame).choice)) {
      look_at_order(frame, child, line);
    }
    frame.last = std::max(frame.last, child);
    frame.seen |= std::uint64_t{1} << child;
    frames_[depth_++] = {.type = step.type, .last = -1, .name = name, .line = line, .seen = 0};
  }
  // Whether the text of the element at hand is looked at.
  [[nodiscard]] bool wants_text() const { return unknown_ == 0 && kind(frames_[depth_ - 1]).text; }
  // `is_read`: the reader tells of its amounts and days itself.
  void end(std::string_view text, bool is_read, std::int64_t line) {
    if (unknown_ > 0) {
      --unknown_;
      return;
    }
    const Frame& frame = frames_[depth_ - 1];
    const TypeKind& of = kind(frame);
    if (of.text) {
      look_at_text(schema_->type(frame.type), text, is_read, line);
    } else if (strict_) {
      const std::uint64_t missing = of.required & ~frame.seen;
      if (missing != 0 || (of.choice && frame.seen == 0)) tell_missing(frame, missing);
    }
    --depth_;
  }
  // Without a look at the element: its text was cut.
  void leave() {
    if (unknown_ > 0) {
      --unknown_;
    } else {
      --depth_;
    }
  }

 private:
  struct Frame {
    int type = 0, last = -1, name = -1;
    std::int64_t line = 0;
    std::uint64_t seen = 0;
  };

  struct TypeKind {
    bool text = false, choice = false;
    std::uint64_t required = 0;
  };
  [[nodiscard]] const TypeKind& kind(const Frame& frame) const {
    return kinds_[static_cast<std::size_t>(frame.type)];
  }

  void prepare(const Schema& schema);
  void leave_out_told();
  void begin_unknown(int name, std::string_view written, std::int64_t line);
  void look_at_order(const Frame& frame, int child, std::int64_t line);
  void tell_missing(const Frame& frame, std::uint64_t missing);
  void look_at_text(const Schema::Type& type, std::string_view text, bool is_read,
                    std::int64_t line);
  [[nodiscard]] std::string path(std::string_view below = {}) const;
  [[nodiscard]] std::string_view name_of(const Schema::Child& child) const {
    return schema_->names()[static_cast<std::size_t>(child.name)];
  }

  Reading& reading_;
  std::vector<std::string_view> told_;
  const Schema* schema_ = nullptr;
  const Schema* prepared_ = nullptr;  // Of which the lists by type are.
  std::string message_;               // "camt.053.001.02", or the nearest to it.
  bool strict_ = true;
  bool is_named_ = true;  // Else no version is: unknown is what no message has.
  std::array<Frame, kCheckedDepthMax> frames_ = {};
  std::size_t depth_ = 0;
  int unknown_ = 0;              // Open elements that the schema does not have there.
  std::vector<TypeKind> kinds_;  // By type.
};

}  // namespace formats::bank::iso20022
