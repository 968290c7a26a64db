#include "formats/bank/reading.h"

#include <utility>

namespace formats::bank {

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
  if (stopped_ || problems_ > kProblemsMax) return;
  ++problems_;
  if (problems_ > kProblemsMax) {
    code = "more_problems";
    field = {};
    text = "there are more problems than are told; this is the last one";
  }
  go_on(sink_.problem({.line = line,
                       .field = std::string(field),
                       .code = std::string(code),
                       .text = std::move(text)}));
}

void Reading::disagrees(std::int64_t line, std::string_view field, std::string_view code,
                        std::string text) {
  control_.agrees = false;
  problem(line, field, code, std::move(text));
}

void Reading::compare(std::int64_t line, std::string_view field, std::string_view code,
                      std::optional<std::int64_t> said, std::int64_t read) {
  if (said == read) return;
  disagrees(line, field, code,
            "read were " + std::to_string(read) + ", the file says " +
                (said ? std::to_string(*said) : std::string("nothing")));
}

}  // namespace formats::bank
