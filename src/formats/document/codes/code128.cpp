#include "formats/document/codes/code128.h"

#include <numeric>

#include "domain/check/characters.h"

namespace formats::document::codes {
namespace {

// The widths of each character, by its value.
constexpr std::string_view kCharacters[] = {
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212",
    "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221",
    "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131",
    "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111",
    "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242",
    "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};
constexpr int kStartC = 105, kStop = 106, kModulus = 103;

}  // namespace

base::Result<Code128> Code128::encode(std::string_view digits) {
  if (digits.empty() || digits.size() % 2 != 0 || !domain::check::all_digits(digits)) {
    return base::fail("barcode_not_pairs_of_digits",
                      "Code 128 C takes an even number of digits and nothing else");
  }
  std::vector<std::uint8_t> widths;
  const auto add = [&widths](int value) {
    for (const char width : kCharacters[static_cast<std::size_t>(value)]) {
      widths.push_back(static_cast<std::uint8_t>(domain::check::value_of(width)));
    }
  };
  add(kStartC);
  int sum = kStartC;
  for (std::size_t at = 0; at < digits.size(); at += 2) {
    const int value = domain::check::number_of(digits.substr(at, 2));
    add(value);
    sum = (sum + (static_cast<int>(at / 2) % kModulus + 1) * value) % kModulus;
  }
  add(sum);
  add(kStop);
  return Code128(std::move(widths));
}

int Code128::modules() const { return std::accumulate(widths_.begin(), widths_.end(), 0); }

}  // namespace formats::document::codes
