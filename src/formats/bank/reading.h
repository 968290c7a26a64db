// What every reader of bank files keeps while it reads: where its findings go, the file's control,
// and whether the reading was stopped.
//
// Problems are bounded: of those that are alike the first kAlikeTold are told one by one, the
// others as a number at the end; and of a file of nothing but faults no more than kProblemsMax.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "formats/bank/bank_format.h"

namespace formats::bank {

inline constexpr std::int64_t kProblemsMax = 10'000;
inline constexpr std::int64_t kAlikeTold = 20;

// UTF-8 as it stands; bytes that are none as letters of ISO-8859-1.
[[nodiscard]] std::string readable(std::string_view bytes);

class Reading {
 public:
  explicit Reading(BankFileSink& sink) : sink_(sink) {}

  void statement_begins(const domain::BankStatement& statement);
  void statement_ends(const domain::BankStatement& statement);
  // Gives it its ordinal.
  void entry(domain::BankEntry&& entry);
  void mandate(domain::BankMandate&& mandate);
  void status(domain::BankStatus&& status);
  // `code` is one of problem_codes.h, which says how bad it is.
  void problem(std::int64_t line, std::string_view field, std::string_view code, std::string text);
  // An error: by it the file contradicts itself or is not whole, and its control does not agree.
  void disagrees(std::int64_t line, std::string_view field, std::string_view code,
                 std::string text);

  // Whether the file counts as we do: wrong_count or wrong_sum where it does not, or says nothing.
  void compare(std::int64_t line, std::string_view field, std::string_view code,
               std::optional<std::int64_t> said, std::int64_t read);

  // The sink wants no more.
  [[nodiscard]] bool stopped() const { return stopped_; }
  [[nodiscard]] domain::BankControl& control() { return control_; }
  // After the last record: what was not told one by one.
  [[nodiscard]] domain::BankControl finish();

 private:
  using Severity = domain::BankProblemSeverity;
  // Problems of one code at one field.
  struct Alike {
    std::int64_t count = 0, first_line = 0, last_line = 0;  // Lines of those that are not told.
    Severity severity = Severity::kNote;                    // The worst of those.
  };
  void problem(std::int64_t line, std::string_view field, std::string_view code, std::string text,
               Severity severity);
  void tell(std::int64_t line, std::string_view field, std::string_view code, std::string text,
            Severity severity);
  void go_on(bool answer) { stopped_ = stopped_ || !answer; }

  BankFileSink& sink_;
  domain::BankControl control_;
  std::int64_t problems_ = 0;
  std::map<std::pair<std::string, std::string>, Alike> alike_;
  bool stopped_ = false;
};

}  // namespace formats::bank
