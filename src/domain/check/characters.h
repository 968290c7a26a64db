// Plain ASCII helpers for numbers that people type: references, accounts, identity numbers.
//
// They know nothing of locales: a digit is 0-9 and a letter A-Z, whatever the machine is set to.
#pragma once

#include <string>
#include <string_view>

namespace domain::check {

[[nodiscard]] constexpr bool is_digit(char c) { return '0' <= c && c <= '9'; }
[[nodiscard]] constexpr bool is_upper(char c) { return 'A' <= c && c <= 'Z'; }
[[nodiscard]] constexpr int value_of(char digit) { return digit - '0'; }
[[nodiscard]] constexpr char digit_of(int value) { return static_cast<char>('0' + value); }

// True for the empty text too: lengths are judged on their own.
[[nodiscard]] bool all_digits(std::string_view text);
[[nodiscard]] bool all_digits_or_upper(std::string_view text);

// The text without any of the characters in `dropped`: spaces and hyphens that carry no meaning.
[[nodiscard]] std::string without(std::string_view text, std::string_view dropped);
[[nodiscard]] std::string upper(std::string text);

// The number that a few digits stand for; CHECKs that they are digits and at most nine.
[[nodiscard]] int number_of(std::string_view digits);

// "12345678" in groups of four from the left: "1234 5678". Zero makes no groups.
[[nodiscard]] std::string grouped_from_left(std::string_view text, std::size_t size);
// "1234561" in groups of five from the right: "12 34561", as Finnish references are written.
[[nodiscard]] std::string grouped_from_right(std::string_view text, std::size_t size);

}  // namespace domain::check
