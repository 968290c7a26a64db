#include "support/locale/message.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/result/check.h"
#include "support/locale/message_piece.h"

namespace locale {

void append_escaped_html(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out.push_back(c);
    }
  }
}

class MessageWriter {
 public:
  using Piece = Message::Piece;

  MessageWriter(const Formatter& formatter, bool as_html)
      : formatter_(formatter), as_html_(as_html) {}

  std::string write(const Message& message, std::span<const Arg> args) {
    CHECK(args.size() == message.parameters_.size());
    for (std::size_t at = 0; at < args.size(); ++at) {
      const Parameter& parameter = message.parameters_[at];
      const auto arg = std::ranges::find(args, parameter.name, &Arg::name);
      CHECK(arg != args.end());
      CHECK(arg->value.index() == static_cast<std::size_t>(parameter.type));
      values_[at] = &arg->value;
    }
    write_pieces(message.pieces_);
    return std::move(out_);
  }

 private:
  void write_pieces(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      switch (piece.kind) {
        case Piece::Kind::kText: out_ += as_html_ ? piece.html : piece.text; break;
        case Piece::Kind::kValue: write_value(*values_[piece.parameter], piece.style); break;
        case Piece::Kind::kNumber: out_ += formatter_.integer(number(piece)); break;
        case Piece::Kind::kPlural: write_pieces(plural_case(piece)); break;
        case Piece::Kind::kSelect: write_pieces(selected_case(piece)); break;
      }
    }
  }

  [[nodiscard]] std::int64_t number(const Piece& piece) const {
    return std::get<std::int64_t>(*values_[piece.parameter]);
  }

  [[nodiscard]] const std::vector<Piece>& plural_case(const Piece& piece) const {
    const std::int64_t value = number(piece);
    if (const auto* exact = find_case(piece, "=" + std::to_string(value))) return *exact;
    if (const auto* form = find_case(piece, formatter_.plural_form(value))) return *form;
    return *find_case(piece, "other");
  }

  [[nodiscard]] const std::vector<Piece>& selected_case(const Piece& piece) const {
    const auto* chosen = find_case(piece, std::get<std::string_view>(*values_[piece.parameter]));
    return chosen != nullptr ? *chosen : *find_case(piece, "other");
  }

  // ICU has made sure that there is an "other".
  static const std::vector<Piece>* find_case(const Piece& piece, std::string_view selector) {
    const auto found = std::ranges::find(piece.cases, selector, &Piece::Case::selector);
    return found == piece.cases.end() ? nullptr : &found->pieces;
  }

  void write_value(const Value& value, int style) {
    switch (static_cast<ValueType>(value.index())) {
      case ValueType::kText: return write_text(std::get<std::string_view>(value));
      case ValueType::kInteger: out_ += formatter_.integer(std::get<std::int64_t>(value)); return;
      case ValueType::kDecimal: out_ += formatter_.decimal(std::get<base::Decimal>(value)); return;
      case ValueType::kPercent: out_ += formatter_.percent(std::get<base::Percent>(value)); return;
      case ValueType::kMoney:
        out_ += formatter_.money(std::get<base::Money>(value), static_cast<MoneyStyle>(style));
        return;
      case ValueType::kDate:
        out_ += formatter_.date(std::get<base::Date>(value), static_cast<DateStyle>(style));
        return;
      case ValueType::kMonth:
        out_ += formatter_.month(std::get<base::Month>(value), static_cast<MonthStyle>(style));
        return;
    }
  }

  void write_text(std::string_view text) {
    if (as_html_) {
      append_escaped_html(out_, text);
    } else {
      out_ += text;
    }
  }

  const Formatter& formatter_;
  bool as_html_;
  std::array<const Value*, kMessageParametersMax> values_{};
  std::string out_;
};

Message::Message() = default;
Message::Message(Message&&) noexcept = default;
Message& Message::operator=(Message&&) noexcept = default;
Message::~Message() = default;

std::string_view Message::fixed() const {
  CHECK(parameters_.empty());
  return fixed_;
}

std::string_view Message::fixed_html() const {
  CHECK(parameters_.empty());
  return fixed_html_;
}

std::string Message::plain(const Formatter& formatter, std::span<const Arg> args) const {
  return MessageWriter(formatter, false).write(*this, args);
}

std::string Message::html(const Formatter& formatter, std::span<const Arg> args) const {
  return MessageWriter(formatter, true).write(*this, args);
}

}  // namespace locale
