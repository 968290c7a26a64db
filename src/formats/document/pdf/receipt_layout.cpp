#include "formats/document/pdf/receipt_layout.h"

#include "formats/document/pdf/canvas.h"

namespace formats::document::pdf {
namespace {

constexpr Colour kInk = {};  // Black, as a till prints.
constexpr Style kHead = {Face::kBold, 14 * kPoint, kInk};
constexpr Style kBody = {Face::kRegular, 9 * kPoint, kInk};
constexpr Style kBold = {Face::kBold, 9 * kPoint, kInk};
constexpr Style kTotal = {Face::kBold, 11 * kPoint, kInk};
constexpr Style kNote = {Face::kRegular, 8 * kPoint, kInk};

constexpr Length kWide = mm(80), kNarrow = mm(58), kMargin = mm(4), kGap = mm(2);
constexpr Length kSpace = mm(3);
constexpr std::size_t kLinesMax = 8;

// From the top to the bottom; `y_` is where the next line's upper edge is.
class Roll {
 public:
  Roll(Typesetter& typesetter, Length width)
      : typesetter_(typesetter), canvas_(typesetter), right_(width - kMargin) {}

  void text(std::string_view words, const Style& style) {
    if (words.empty()) return;
    for (const std::string& line : wrapped(words, style, right_ - kMargin)) {
      next_line(style);
      canvas_.text({kMargin, y_}, line, style);
    }
  }
  void pair(std::string_view label, std::string_view value, const Style& style) {
    if (value.empty()) return text(label, style);
    const Length taken = typesetter_.width(value, style.face, style.size) + kGap;
    const Length all = right_ - kMargin;
    // Half of the line is enough for a label to go on in; else both have to fit whole.
    const bool is_beside =
        taken <= all / 2 || typesetter_.width(label, style.face, style.size) + taken <= all;
    for (bool is_first = true;
         const std::string& line : wrapped(label, style, is_beside ? all - taken : all)) {
      next_line(style);
      canvas_.text({kMargin, y_}, line, style);
      if (is_first && is_beside) canvas_.text_left_of({right_, y_}, value, style);
      is_first = false;
    }
    if (is_beside) return;
    for (const std::string& line : wrapped(value, style, all)) {
      next_line(style);
      canvas_.text_left_of({right_, y_}, line, style);
    }
  }
  void space() { y_ += kSpace; }
  void rule() {
    y_ += kSpace;
    canvas_.dashed_line({kMargin, y_}, right_ - kMargin, kInk);
    y_ += kSpace / 3;
  }
  [[nodiscard]] LaidReceipt take() { return {canvas_.take(), right_ + kMargin, y_ + 2 * kMargin}; }

 private:
  [[nodiscard]] std::vector<std::string> wrapped(std::string_view words, const Style& style,
                                                 Length width) const {
    return typesetter_.wrap(words, style.face, style.size, width, kLinesMax);
  }
  // The baseline of a line below what is there.
  void next_line(const Style& style) { y_ += style.size * 14 / 10; }

  Typesetter& typesetter_;
  Canvas canvas_;
  Length right_;
  Length y_ = kMargin;
};

}  // namespace

LaidReceipt lay_out_receipt(const ReceiptTexts& receipt, Typesetter& typesetter) {
  Roll roll(typesetter, receipt.is_narrow ? kNarrow : kWide);
  roll.text(receipt.kind, kHead);
  roll.space();
  for (std::size_t line = 0; line < receipt.seller.size(); ++line) {
    roll.text(receipt.seller[line], line == 0 ? kBold : kBody);
  }
  roll.space();
  for (const LabelledText& fact : receipt.facts) roll.pair(fact.label, fact.value, kBody);
  roll.rule();
  for (const ReceiptRow& row : receipt.rows) {
    roll.pair(row.what, row.sum, kBody);
    for (const std::string& note : row.notes) roll.text(note, kNote);
  }
  roll.rule();
  roll.pair(receipt.total.label, receipt.total.value, kTotal);
  for (const LabelledText& line : receipt.paid) roll.pair(line.label, line.value, kBody);
  roll.space();
  for (const std::string& line : receipt.closing) roll.text(line, kBody);
  return roll.take();
}

}  // namespace formats::document::pdf
