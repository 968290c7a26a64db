#include "app/telephone.h"

#include <ranges>

namespace app {
namespace {

using base::Result;
using flows::CallNumber;

// Keys that choose a language.
constexpr std::size_t kLanguagesMax = 9;

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const auto word : std::views::split(text, ' ')) {
    if (!word.empty()) words.emplace_back(word.begin(), word.end());
  }
  return words;
}

std::unexpected<base::Error> wrong(std::string_view key, const std::string& what) {
  return base::fail("bad_config_value", what, std::string(key));
}

Result<std::string> secret_of(const Workspace& workspace, const std::string& key,
                              const std::string& where) {
  if (where.empty()) return std::string();
  return read_secret(workspace, key, where);
}

Result<flows::CallLine> line_of(const config::IvrSettings& given, bool sends_links) {
  flows::CallLine line;
  line.numbers = TRY(read_call_numbers(given.numbers));
  line.languages = words_of(given.languages);
  if (line.languages.empty() || line.languages.size() > kLanguagesMax) {
    return wrong("ivr.languages", "name from one to nine languages");
  }
  for (const std::string& language : line.languages) {
    if (!locale::parse_language(language)) {
      return wrong("ivr.languages", "there is no language '" + language + "' here");
    }
  }
  line.agent = given.agent;
  if (!given.agent.empty() && web::ivr::caller_number(given.agent) != given.agent) {
    return wrong("ivr.agent", "write the number with its country: +46770000000");
  }
  line.takes_kept_methods = given.kept_methods;
  line.sends_links = sends_links;
  line.card_connector = given.card_connector;
  line.card_gateway = given.card_gateway;
  return line;
}

}  // namespace

Result<std::map<std::string, CallNumber, std::less<>>> read_call_numbers(std::string_view text) {
  std::map<std::string, CallNumber, std::less<>> numbers;
  for (const std::string& word : words_of(text)) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string number = word.substr(0, equals);
    const std::string rest = word.substr(std::min(equals + 1, word.size()));
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    const std::string language = rest.substr(0, slash);
    const bool is_number = !number.empty() && web::ivr::caller_number(number) == number;
    if (!is_number || !locale::parse_language(language)) {
      return wrong("ivr.numbers",
                   "'" + word + "' is no +NUMBER=LANGUAGE or +NUMBER=LANGUAGE/OPERATOR");
    }
    numbers[number] = {language, rest.substr(std::min(slash + 1, rest.size()))};
  }
  return numbers;
}

bool takes_calls(const Workspace& workspace) {
  const config::IvrSettings& given = workspace.settings().ivr;
  return !given.twilio_token.empty() || !given.vxml_secret.empty();
}

Result<std::unique_ptr<web::ivr::Telephone>> open_telephone(Workspace& workspace,
                                                            const PaymentProviders& providers,
                                                            const locale::Catalogue& texts,
                                                            web::Handler& rest) {
  const config::IvrSettings& given = workspace.settings().ivr;
  web::ivr::TelephoneSettings settings;
  settings.line = TRY(line_of(given, !workspace.settings().texts.empty()));
  settings.twilio_token = TRY(secret_of(workspace, "ivr.twilio_token", given.twilio_token));
  settings.vxml_secret = TRY(secret_of(workspace, "ivr.vxml_secret", given.vxml_secret));
  settings.public_url = workspace.public_url();
  const web::ivr::TelephoneParts parts{.store = workspace.store(),
                                       .clock = workspace.clock(),
                                       .random = workspace.random(),
                                       .texts = texts,
                                       .gateways = providers.gateways(),
                                       .link_key = workspace.link_key()};
  return std::make_unique<web::ivr::Telephone>(parts, std::move(settings), rest);
}

}  // namespace app
