#include "web/console/payer_words.h"

#include <vector>

namespace web::console {

std::string reason_words(const locale::Catalogue& texts, locale::Language language,
                         const domain::matching::PayerReason& reason) {
  std::vector<locale::Arg> args;
  for (const locale::Parameter& parameter : texts.parameters(reason.key)) {
    if (parameter.name == "number") args.emplace_back("number", reason.number);
    if (parameter.name == "count") args.emplace_back("count", reason.count);
    if (parameter.name == "sum") args.emplace_back("sum", reason.amount.value_or(base::Money()));
  }
  return texts.render(language, reason.key, args);
}

std::string suggestion_words(const locale::Catalogue& texts, locale::Language language,
                             const flows::PayerSuggestion& suggestion) {
  const locale::Arg name("name", suggestion.customer_name);
  if (suggestion.bills.empty()) {
    // Arguments borrow their texts.
    const std::string number = std::to_string(suggestion.customer_number);
    return texts.render(language, "console.payer.credit_of",
                        {{name, locale::Arg("number", number)}});
  }
  std::string numbers;
  for (const std::string& number : suggestion.invoice_numbers) {
    numbers += (numbers.empty() ? "" : ", ") + number;
  }
  const bool is_one = suggestion.bills.size() == 1;
  return texts.render(language, is_one ? "console.payer.bill_of" : "console.payer.bills_of",
                      {{locale::Arg("number", numbers), name}});
}

std::string probability_words(const locale::Catalogue& texts, locale::Language language,
                              std::int64_t millionths) {
  const std::int64_t hundredths = millionths / 100;
  const std::string digits = std::to_string(hundredths % 100 + 100).substr(1);
  const auto percent = base::Decimal::parse(std::to_string(hundredths / 100) + "." + digits);
  CHECK(percent.has_value());
  return texts.render(language, "console.payer.sure",
                      {{locale::Arg("percent", base::Percent{*percent})}});
}

}  // namespace web::console
