// Pictures of printed codes, and what another program (zbarimg, of Debian's zbar-tools) reads in
// them: a proof that does not come from the code that drew them.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace tests {

// Light, and dark where something was drawn; a point a module or less.
class Picture {
 public:
  Picture(int width, int height)
      : width_(width),
        height_(height),
        points_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), '\xFF') {}

  void fill(int left, int top, int width, int height, bool is_dark) {
    for (int y = top; y < top + height; ++y) {
      for (int x = left; x < left + width; ++x) {
        points_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                static_cast<std::size_t>(x)] = is_dark ? '\0' : '\xFF';
      }
    }
  }
  // PGM, which any reader of bar codes takes.
  [[nodiscard]] std::string bytes() const {
    return "P5\n" + std::to_string(width_) + " " + std::to_string(height_) + "\n255\n" + points_;
  }

 private:
  int width_, height_;
  std::string points_;
};

[[nodiscard]] inline bool can_scan() { return std::filesystem::exists("/usr/bin/zbarimg"); }

// What is read in a picture: a line each, its kind before it ("QR-Code:..."), in no order. Empty
// where nothing is.
[[nodiscard]] inline std::string scan_bytes(std::string_view picture) {
  const std::string file =
      (std::filesystem::temp_directory_path() / ("telgiro-scan-" + std::to_string(getpid())))
          .string();
  std::ofstream(file, std::ios::binary) << picture;
  const std::string command =
      "/usr/bin/zbarimg --quiet -Sdisable -Sqrcode.enable -Scode128.enable '" + file + "' > '" +
      file + ".txt' 2>/dev/null";
  std::string read;
  if (std::system(command.c_str()) == 0) {
    std::ifstream in(file + ".txt", std::ios::binary);
    read.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::filesystem::remove(file);
  std::filesystem::remove(file + ".txt");
  return read;
}
[[nodiscard]] inline std::string scan(const Picture& picture) {
  return scan_bytes(picture.bytes());
}

}  // namespace tests
