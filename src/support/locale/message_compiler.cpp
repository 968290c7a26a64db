// Makes a Message from its text. ICU finds the parts of its syntax, the pieces are our own.
#include <unicode/messagepattern.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/result/check.h"
#include "support/locale/icu_text.h"
#include "support/locale/message_piece.h"

namespace locale {
namespace {

struct Style {
  ValueType type;
  std::string_view name;
  int value;
};

constexpr int kNoStyle = 0;
constexpr Style kStyles[] = {
    {ValueType::kMoney, "short", static_cast<int>(MoneyStyle::kShort)},
    {ValueType::kMoney, "signed", static_cast<int>(MoneyStyle::kSigned)},
    {ValueType::kMoney, "bare", static_cast<int>(MoneyStyle::kBare)},
    {ValueType::kDate, "day", static_cast<int>(DateStyle::kDay)},
    {ValueType::kDate, "weekday", static_cast<int>(DateStyle::kWeekday)},
    {ValueType::kDate, "short", static_cast<int>(DateStyle::kShort)},
    {ValueType::kDate, "numeric", static_cast<int>(DateStyle::kNumeric)},
    {ValueType::kMonth, "year", static_cast<int>(MonthStyle::kYear)},
    {ValueType::kMonth, "short", static_cast<int>(MonthStyle::kShort)},
};

// The words after the first comma, in the order of ValueType; text has none.
constexpr std::array<std::string_view, 7> kTypeWords = {"",      "number", "decimal", "percent",
                                                        "money", "date",   "month"};

std::optional<int> style_named(ValueType type, std::string_view name) {
  for (const Style& style : kStyles) {
    if (style.type == type && style.name == name) return style.value;
  }
  return std::nullopt;
}

}  // namespace

// Walks over the parts that ICU finds in a pattern. Each function returns false after it has
// noted what is wrong.
class MessageCompiler {
 public:
  using Piece = Message::Piece;

  explicit MessageCompiler(const icu::MessagePattern& pattern) : pattern_(pattern) {}

  base::Result<Message> compile(std::string place) {
    if (find_parameters()) read_message(0, {}, message_.pieces_);
    if (problem_.empty() && bold_open_) problem_ = "<b> is not closed";
    if (!problem_.empty()) return base::fail("bad_message", problem_, std::move(place));
    if (message_.parameters_.empty()) {
      for (const Piece& piece : message_.pieces_) {
        message_.fixed_ += piece.text;
        message_.fixed_html_ += piece.html;
      }
    }
    return std::move(message_);
  }

 private:
  bool refuse(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
    return false;
  }

  std::string part_text(int part) const {
    return utf8(pattern_.getSubstring(pattern_.getPart(part)));
  }

  // Parameters are sorted by name before any piece refers to them by index.
  bool find_parameters() {
    for (int part = 0; part < pattern_.countParts(); ++part) {
      if (pattern_.getPartType(part) != UMSGPAT_PART_TYPE_ARG_START) continue;
      const auto type = type_of(part);
      if (!type) return false;
      const std::string name = part_text(part + 1);
      auto& all = message_.parameters_;
      const auto found = std::ranges::find(all, name, &Parameter::name);
      if (found == all.end()) {
        all.push_back({name, *type});
      } else if (found->type != *type) {
        return refuse("{" + name + "} is used with two types");
      }
    }
    if (message_.parameters_.size() > kMessageParametersMax) return refuse("too many arguments");
    std::ranges::sort(message_.parameters_);
    return true;
  }

  std::optional<ValueType> type_of(int part) {
    if (pattern_.getPartType(part + 1) != UMSGPAT_PART_TYPE_ARG_NAME) {
      refuse("arguments have names, not numbers");
      return std::nullopt;
    }
    switch (pattern_.getPart(part).getArgType()) {
      case UMSGPAT_ARG_TYPE_NONE:
      case UMSGPAT_ARG_TYPE_SELECT: return ValueType::kText;
      case UMSGPAT_ARG_TYPE_PLURAL: return ValueType::kInteger;
      case UMSGPAT_ARG_TYPE_SIMPLE: {
        const auto word = std::ranges::find(kTypeWords, part_text(part + 2));
        if (word != kTypeWords.end()) return static_cast<ValueType>(word - kTypeWords.begin());
        refuse("there is no type '" + part_text(part + 2) + "'");
        return std::nullopt;
      }
      default: refuse("choice and selectordinal are not supported"); return std::nullopt;
    }
  }

  // Reads the message that starts at a part; `number` is the parameter for '#', directly within a
  // plural.
  bool read_message(int start, std::optional<std::size_t> number, std::vector<Piece>& pieces) {
    int text_from = pattern_.getPart(start).getLimit();
    for (int at = start + 1;; ++at) {
      const auto& part = pattern_.getPart(at);
      const int length = part.getIndex() - text_from;
      const auto text = pattern_.getPatternString().tempSubString(text_from, length);
      if (!add_text(utf8(text), pieces)) return false;
      text_from = part.getLimit();
      switch (part.getType()) {
        case UMSGPAT_PART_TYPE_MSG_LIMIT: return true;
        case UMSGPAT_PART_TYPE_REPLACE_NUMBER:
          CHECK(number.has_value());
          pieces.push_back({.kind = Piece::Kind::kNumber, .parameter = *number});
          break;
        case UMSGPAT_PART_TYPE_ARG_START: {
          const int limit = pattern_.getLimitPartIndex(at);
          if (!read_argument(at, limit, pieces)) return false;
          text_from = pattern_.getPart(limit).getLimit();
          at = limit;
          break;
        }
        default: break;  // Apostrophes that quote are left out.
      }
    }
  }

  bool add_text(std::string_view text, std::vector<Piece>& pieces) {
    if (text.empty()) return true;
    if (pieces.empty() || pieces.back().kind != Piece::Kind::kText) pieces.emplace_back();
    Piece& piece = pieces.back();
    while (!text.empty()) {
      const std::string_view mark = bold_open_ ? "</b>" : "<b>";
      const std::size_t at = text.find(mark);
      piece.text += text.substr(0, at);
      append_escaped_html(piece.html, text.substr(0, at));
      if (text.substr(0, at).find_first_of("<>") != std::string_view::npos) {
        return refuse("the only markup is <b>...</b>");
      }
      if (at == std::string_view::npos) break;
      piece.html += mark;
      message_.has_markup_ = true;
      bold_open_ = !bold_open_;
      text.remove_prefix(at + mark.size());
    }
    return true;
  }

  bool read_argument(int start, int limit, std::vector<Piece>& pieces) {
    const std::string name = part_text(start + 1);
    const auto found = std::ranges::find(message_.parameters_, name, &Parameter::name);
    const auto parameter = static_cast<std::size_t>(found - message_.parameters_.begin());
    const UMessagePatternArgType type = pattern_.getPart(start).getArgType();
    if (type == UMSGPAT_ARG_TYPE_PLURAL || type == UMSGPAT_ARG_TYPE_SELECT) {
      const bool plural = type == UMSGPAT_ARG_TYPE_PLURAL;
      Piece piece{.kind = plural ? Piece::Kind::kPlural : Piece::Kind::kSelect,
                  .parameter = parameter};
      if (!read_cases(start + 2, limit, plural ? std::optional(parameter) : std::nullopt,
                      piece.cases))
        return false;
      pieces.push_back(std::move(piece));
      return true;
    }
    int style = kNoStyle;
    if (type == UMSGPAT_ARG_TYPE_SIMPLE && start + 3 < limit) {
      std::string style_name = part_text(start + 3);
      std::erase(style_name, ' ');
      const auto known = style_named(found->type, style_name);
      if (!known) return refuse("there is no style '" + style_name + "' for {" + name + "}");
      style = *known;
    }
    pieces.push_back({.kind = Piece::Kind::kValue, .parameter = parameter, .style = style});
    return true;
  }

  bool read_cases(int at, int limit, std::optional<std::size_t> number,
                  std::vector<Piece::Case>& cases) {
    const bool bold_before = bold_open_;
    for (; at < limit; ++at) {
      if (pattern_.getPartType(at) != UMSGPAT_PART_TYPE_ARG_SELECTOR) {
        return refuse("plural with an offset is not supported");
      }
      cases.push_back({.selector = part_text(at), .pieces = {}});
      while (pattern_.getPartType(at) != UMSGPAT_PART_TYPE_MSG_START) ++at;
      if (!read_message(at, number, cases.back().pieces)) return false;
      if (bold_open_ != bold_before) return refuse("a case must close the <b> that it opens");
      at = pattern_.getLimitPartIndex(at);
    }
    return true;
  }

  const icu::MessagePattern& pattern_;
  Message message_;
  std::string problem_;
  bool bold_open_ = false;
};

base::Result<Message> Message::compile(std::string_view text, std::string place) {
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  icu::MessagePattern pattern(status);
  pattern.parse(utf16(text), &where, status);
  if (U_FAILURE(status)) {
    return base::fail("bad_message",
                      "the message cannot be read behind '" + utf8(where.preContext) + "'",
                      std::move(place));
  }
  return MessageCompiler(pattern).compile(std::move(place));
}

}  // namespace locale
