// Message: one text with its places for values, in the syntax of ICU's MessageFormat, taken
// apart once so that rendering is a walk over a few pieces.
//
//   {name}                       text
//   {count, number}              integer; also {count, plural, one {...} other {# days}}
//   {quantity, decimal}          decimal
//   {rate, percent}              percent
//   {sum, money[, short|signed|bare]}
//   {due, date[, day|weekday|short|numeric]}
//   {period, month[, year|short]}
//   {kind, select, a {...} other {...}}
//
// Bold is marked with <b>...</b> and nothing else is markup: html() escapes the rest and every
// value, plain() leaves the marks out.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/money/money.h"
#include "base/result/result.h"
#include "base/time/date.h"
#include "support/locale/formatter.h"

namespace locale {

// In the order of the alternatives of Value.
enum class ValueType { kText, kInteger, kDecimal, kPercent, kMoney, kDate, kMonth };
using Value = std::variant<std::string_view, std::int64_t, base::Decimal, base::Percent,
                           base::Money, base::Date, base::Month>;

// A value for a place of a message: {"sum", bill.payable}. Texts are not copied.
struct Arg {
  Arg(std::string_view arg_name, Value arg_value) : name(arg_name), value(arg_value) {}
  Arg(std::string_view arg_name, std::integral auto number)
      : name(arg_name), value(static_cast<std::int64_t>(number)) {}
  Arg(std::string_view arg_name, const std::string& text)
      : name(arg_name), value(std::string_view(text)) {}
  Arg(std::string_view arg_name, const char* text)
      : name(arg_name), value(std::string_view(text)) {}

  std::string_view name;
  Value value;
};

struct Parameter {
  std::string name;
  ValueType type;
  friend auto operator<=>(const Parameter&, const Parameter&) = default;
};

class Message {
 public:
  // Errors: bad_message.
  [[nodiscard]] static base::Result<Message> compile(std::string_view text, std::string place);
  Message(Message&&) noexcept;
  Message& operator=(Message&&) noexcept;
  ~Message();

  // What must be given, by name.
  [[nodiscard]] std::span<const Parameter> parameters() const { return parameters_; }
  // Whether any piece is bold.
  [[nodiscard]] bool has_markup() const { return has_markup_; }

  // A text without parameters, ready made. CHECKs that there are none.
  [[nodiscard]] std::string_view fixed() const;
  [[nodiscard]] std::string_view fixed_html() const;

  // Exactly the parameters must be given, each of its type; that is CHECKed: keys and arguments
  // stand in our own code, and the tests render every message.
  [[nodiscard]] std::string plain(const Formatter& formatter, std::span<const Arg> args) const;
  [[nodiscard]] std::string html(const Formatter& formatter, std::span<const Arg> args) const;

 private:
  struct Piece;
  friend class MessageCompiler;
  friend class MessageWriter;
  Message();

  std::vector<Piece> pieces_;
  std::vector<Parameter> parameters_;
  bool has_markup_ = false;
  std::string fixed_, fixed_html_;  // Where there are no parameters.
};

// Appends text with the characters that HTML gives a meaning replaced.
void append_escaped_html(std::string& out, std::string_view text);

}  // namespace locale
