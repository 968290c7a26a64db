#include "formats/bank/reading.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "formats/bank/problem_codes.h"

namespace formats::bank {
namespace {

// How many bytes the character at `at` has; zero where it is no UTF-8.
std::size_t character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t each) { return static_cast<unsigned char>(text[each]); };
  const auto first = byte(at);
  if (first < 0x80) return 1;
  if (first < 0xC2 || first > 0xF4) return 0;
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (at + size > text.size()) return 0;
  for (std::size_t next = at + 1; next < at + size; ++next) {
    if ((byte(next) & 0xC0) != 0x80) return 0;
  }
  return size;
}

}  // namespace

std::string readable(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    if (const std::size_t size = character_at(bytes, at); size > 0) {
      out += bytes.substr(at, size);
      at += size;
      continue;
    }
    const auto byte = static_cast<unsigned char>(bytes[at++]);
    out.push_back(static_cast<char>(0xC0 | byte >> 6));
    out.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
  }
  return out;
}

void Reading::statement_begins(const domain::BankStatement& statement) {
  if (!stopped_) go_on(sink_.statement_begins(statement));
}

void Reading::statement_ends(const domain::BankStatement& statement) {
  if (!stopped_) go_on(sink_.statement_ends(statement));
}

void Reading::entry(domain::BankEntry&& entry) {
  if (stopped_) return;
  entry.ordinal = ++control_.entries_read;
  go_on(sink_.entry(std::move(entry)));
}

void Reading::mandate(domain::BankMandate&& mandate) {
  if (!stopped_) go_on(sink_.mandate(std::move(mandate)));
}

void Reading::status(domain::BankStatus&& status) {
  if (!stopped_) go_on(sink_.status(std::move(status)));
}

void Reading::problem(std::int64_t line, std::string_view field, std::string_view code,
                      std::string text) {
  problem(line, field, code, std::move(text), severity_of(code));
}

void Reading::problem(std::int64_t line, std::string_view field, std::string_view code,
                      std::string text, Severity severity) {
  if (stopped_ || problems_ > kProblemsMax) return;
  std::pair<std::string, std::string> key(code, field);
  const auto known = alike_.find(key);
  // Names that a file makes up are without end; what is told of them is not.
  if (known == alike_.end() && std::ssize(alike_) > kProblemsMax) return;
  Alike& alike = known == alike_.end() ? alike_[std::move(key)] : known->second;
  if (++alike.count > kAlikeTold) {
    if (alike.first_line == 0) alike.first_line = line;
    alike.last_line = line;
    alike.severity = std::max(alike.severity, severity);
    return;
  }
  tell(line, field, code, std::move(text), severity);
}

void Reading::tell(std::int64_t line, std::string_view field, std::string_view code,
                   std::string text, Severity severity) {
  ++problems_;
  if (problems_ > kProblemsMax) {
    code = "more_problems";
    field = {};
    text = "there are more problems than are told; this is the last one";
    severity = severity_of(code);
  }
  go_on(sink_.problem({.line = line,
                       .field = readable(field),
                       .code = std::string(code),
                       .text = readable(text),
                       .severity = severity}));
}

domain::BankControl Reading::finish() {
  for (const auto& [key, alike] : alike_) {
    if (stopped_ || problems_ > kProblemsMax) break;
    if (alike.count <= kAlikeTold) continue;
    tell(alike.first_line, key.second, key.first,
         "and " + std::to_string(alike.count - kAlikeTold) + " more of the same, up to line " +
             std::to_string(alike.last_line),
         alike.severity);
  }
  return control_;
}

void Reading::disagrees(std::int64_t line, std::string_view field, std::string_view code,
                        std::string text) {
  control_.agrees = false;
  problem(line, field, code, std::move(text), Severity::kError);
}

void Reading::compare(std::int64_t line, std::string_view field, std::string_view code,
                      std::optional<std::int64_t> said, std::int64_t read) {
  if (said == read) return;
  disagrees(line, field, code,
            "read were " + std::to_string(read) + ", the file says " +
                (said ? std::to_string(*said) : std::string("nothing")));
}

}  // namespace formats::bank
