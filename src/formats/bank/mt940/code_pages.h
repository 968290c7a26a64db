// In which encoding a statement's letters are. MT940 knows ASCII only and cannot say another:
// banks send UTF-8, Windows-1252 (with ISO-8859-1 in it), and from central Europe Windows-1250,
// ISO-8859-2 and the DOS pages 850 and 852.
//
// A line that is UTF-8 is that. Of the others the file's beginning decides: by the country of the
// account and by which page makes letters of the bytes, small ones among small ones.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace formats::bank::mt940 {

class Letters {
 public:
  // How much of a file decides.
  static constexpr std::size_t kHeadBytes = 262'144;

  [[nodiscard]] static Letters of(std::string_view head);

  struct Line {
    std::string text;      // UTF-8; control characters are blanks.
    bool by_page = false;  // It is no UTF-8: the page was used.
    bool lost = false;     // A byte is none of the page's: U+FFFD stands for it.
  };
  [[nodiscard]] Line read(std::string_view bytes) const;
  // "CP852"
  [[nodiscard]] std::string_view name() const;
  // Windows-1252: what one expects, and nothing to tell.
  [[nodiscard]] bool is_usual() const;

 private:
  explicit Letters(std::size_t page) : page_(page) {}
  std::size_t page_;
};

}  // namespace formats::bank::mt940
