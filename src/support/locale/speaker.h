// Speaker: numbers and dates as one language says them, for voices that read a text aloud, and
// digits as a caller says them.
//
// "1 420" read aloud is one and four hundred and twenty; "ettusen fyrahundratjugo" is not. Numbers
// are spelled by ICU's rules, in the gender of what is counted; how the parts of a date follow each
// other is said here. Safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time/date.h"
#include "support/locale/language.h"

namespace locale {

// Of what is counted, as far as a language tells them apart in numbers.
enum class Gender { kCommon, kFeminine, kNeuter };

class Speaker {
 public:
  explicit Speaker(Language language);
  ~Speaker();
  Speaker(Speaker&&) noexcept;
  Speaker& operator=(Speaker&&) noexcept;

  // "ettusen fyrahundratjugo"
  [[nodiscard]] std::string number(std::int64_t value, Gender gender = Gender::kCommon) const;
  // "tisdag den första december"
  [[nodiscard]] std::string date(base::Date date) const;
  // The digits in what was said: "1234 fem sex" is 123456. Other words do not count; nothing where
  // there is no digit.
  [[nodiscard]] std::optional<std::string> digits(std::string_view spoken) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// All eight.
class Speakers {
 public:
  Speakers();
  [[nodiscard]] const Speaker& of(Language language) const { return all_[index_of(language)]; }

 private:
  std::array<Speaker, kLanguages.size()> all_;
};

}  // namespace locale
