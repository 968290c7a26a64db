// Every format of bank files. To add one: a folder beside this file and one line here.
#include <algorithm>

#include "base/result/check.h"
#include "formats/bank/bank_format.h"
#include "formats/bank/bgmax/bgmax.h"

namespace formats::bank {
namespace {

constexpr BankFormat kBankFormats[] = {
    {"bgmax", "Bankgirot BgMax, payments received", true, false, bgmax::claims, bgmax::read},
};

constexpr std::size_t kShownBytes = 60;

// The first bytes for people: what cannot be shown is a point.
std::string shown(std::string_view head) {
  std::string text(head.substr(0, kShownBytes));
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '.');
  return text;
}

bool is_blank(std::string_view head) {
  return std::ranges::all_of(head, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); });
}

}  // namespace

std::span<const BankFormat> bank_formats() { return kBankFormats; }

base::Result<const BankFormat*> recognise(std::string_view head) {
  if (is_blank(head)) return base::fail("bank_file_empty", "there is nothing in the file");
  const BankFormat* found = nullptr;
  for (const BankFormat& format : kBankFormats) {
    if (!format.claims(head)) continue;
    CHECK(found == nullptr);
    found = &format;
  }
  if (found != nullptr) return found;
  return base::fail("bank_file_not_recognised",
                    "no bank format begins like this: \"" + shown(head) +
                        "\"; see `telgiro bank formats`");
}

}  // namespace formats::bank
