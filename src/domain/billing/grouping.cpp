#include "domain/billing/grouping.h"

#include <algorithm>
#include <utility>

namespace domain {
namespace {

constexpr std::size_t kTextMax = 1000;
constexpr std::size_t kRulesMax = 20;
constexpr std::size_t kWordMax = 40;

constexpr std::string_view kSpaces = " \t";

std::string_view trim(std::string_view text) {
  const std::size_t from = text.find_first_not_of(kSpaces);
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(kSpaces) - from + 1);
}

bool is_category(std::string_view word) {
  return word == "fixed" || word == "usage" || word == "one_off";
}

// A code: small letters, digits, "_" and "-".
bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= kWordMax && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

// A division's own number for a service may have capitals and a few signs.
bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= kWordMax && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("_-+./").contains(c);
  });
}

// One space between two words, none around signs.
std::string with_few_spaces(std::string_view text) {
  constexpr std::string_view kSigns = ":=";
  std::string kept;
  bool space = false;
  for (const char c : text) {
    if (kSpaces.contains(c)) {
      space = true;
      continue;
    }
    if (space && !kSigns.contains(c) && !kSigns.contains(kept.back())) kept += ' ';
    kept += c;
    space = false;
  }
  return kept;
}

std::unexpected<base::Error> bad(std::string_view rule, std::string text) {
  return base::fail("bad_grouping", std::move(text), std::string(rule.substr(0, kWordMax)));
}

}  // namespace

base::Result<> Grouping::Rule::select(std::string_view words) {
  const std::size_t space = words.find_first_of(kSpaces);
  const std::string_view first = words.substr(0, space);
  const std::string_view second = space == words.npos ? "" : trim(words.substr(space));
  value = first;
  if (space == words.npos) {
    if (first == "all" || first == "service" || first == "category" || first == "division") {
      return bad(words, "which " + std::string(first) + " is missing, as in 'mobile=work'");
    }
    of = first == "extra" ? Of::kExtra : is_category(first) ? Of::kCategory : Of::kDivision;
    if (of == Of::kExtra) value.clear();
    if (!is_word(first)) return bad(words, "a division's or category's code is expected here");
    return {};
  }
  value = second;
  if (first == "division" && is_word(second)) {
    of = Of::kDivision;
  } else if (first == "service" && is_number(second)) {
    of = Of::kService;
  } else if (first == "category" && (second == "extra" || is_category(second))) {
    of = second == "extra" ? Of::kExtra : Of::kCategory;
    if (of == Of::kExtra) value.clear();
  } else {
    return bad(words,
               "write 'division CODE', 'service NUMBER' or "
               "'category fixed|usage|one_off|extra'");
  }
  return {};
}

base::Result<Grouping::Rule> Grouping::Rule::parse(std::string_view text) {
  Rule rule;
  const std::size_t sign = text.find_first_of(":=");
  if (sign == text.npos) {
    rule.to = text == "all"        ? To::kCommon
              : text == "division" ? To::kByDivision
              : text == "service"  ? To::kByService
              : text == "category" ? To::kByCategory
                                   : To::kNamed;
    if (rule.to != To::kNamed) return rule;
    return bad(text, text.empty() ? "a rule is empty"
                                  : "a rule is all, division, service or category, or says which "
                                    "charges and where: 'mobile:service', 'streaming=home'");
  }
  const auto selected = rule.select(trim(text.substr(0, sign)));
  if (!selected) return bad(text, selected.error().text);
  const std::string_view to = trim(text.substr(sign + 1));
  if (text[sign] == '=') {
    if (!is_word(to)) {
      return bad(text, "a bill's name has small letters, digits, '_' and '-', at most 40");
    }
    rule.to = To::kNamed;
    rule.name = to;
    return rule;
  }
  if (to == "each") {
    rule.to = To::kEach;
  } else if (to == "service") {
    rule.to = To::kByService;
  } else if (to == "division") {
    rule.to = To::kByDivision;
  } else if (to == "category") {
    rule.to = To::kByCategory;
  } else if (to == "all") {
    rule.to = To::kCommon;
  } else {
    return bad(text, "behind ':' stands each, service, division, category or all");
  }
  return rule;
}

bool Grouping::Rule::fits(const ChargePlace& place) const {
  switch (of) {
    case Of::kAll: break;
    case Of::kDivision:
      if (place.division != value) return false;
      break;
    case Of::kService:
      if (place.service_number != value) return false;
      break;
    case Of::kCategory:
      if (place.category != value) return false;
      break;
    case Of::kExtra:
      if (place.category == "fixed") return false;
      break;
  }
  switch (to) {
    case To::kByDivision: return !place.division.empty();
    case To::kByService: return place.service != ServiceId{};
    case To::kEach: return !place.record.empty();
    case To::kCommon:
    case To::kByCategory:
    case To::kNamed: break;
  }
  return true;
}

bool Grouping::Rule::hides(const Rule& later) const {
  const bool takes_all =
      to == To::kCommon || to == To::kByCategory || to == To::kNamed || to == later.to;
  return takes_all && (of == Of::kAll || (of == later.of && value == later.value));
}

base::Result<Grouping> Grouping::parse(std::string_view text) {
  if (text.size() > kTextMax) return bad(text, "a grouping has at most 1000 characters");
  Grouping grouping;
  grouping.text_.clear();
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    const std::string_view piece = trim(text.substr(from, comma - from));
    from = comma + 1;
    const Rule rule = TRY(Rule::parse(piece));
    if (grouping.rules_.size() == kRulesMax) return bad(piece, "a grouping has at most 20 rules");
    if (std::ranges::any_of(grouping.rules_, [&](const Rule& r) { return r.hides(rule); })) {
      return bad(piece, "an earlier rule takes all that this one could");
    }
    grouping.rules_.push_back(rule);
    if (!grouping.text_.empty()) grouping.text_ += ", ";
    grouping.text_ += with_few_spaces(piece);
  }
  if (grouping.rules_.back() == Rule{}) grouping.rules_.pop_back();  // "all" comes last anyway.
  return grouping;
}

const std::string& Grouping::to_string() const { return text_; }

std::vector<std::string> Grouping::divisions() const {
  std::vector<std::string> divisions;
  for (const Rule& rule : rules_) {
    if (rule.of == Rule::Of::kDivision) divisions.push_back(rule.value);
  }
  return divisions;
}

std::string Grouping::key_of(const ChargePlace& place) const {
  const auto rule = std::ranges::find_if(rules_, [&](const Rule& r) { return r.fits(place); });
  if (rule == rules_.end()) return "all";
  switch (rule->to) {
    case Rule::To::kCommon: break;
    case Rule::To::kByDivision: return "division:" + std::string(place.division);
    case Rule::To::kByService: return "service:" + place.service.to_string();
    case Rule::To::kByCategory: return "category:" + std::string(place.category);
    case Rule::To::kEach: return "order:" + std::string(place.record);
    case Rule::To::kNamed: return "named:" + rule->name;
  }
  return "all";
}

}  // namespace domain
