// Which ISO 20022 message a file's beginning announces. Only tags are looked at: a comment or a
// text that speaks of a message is none.
#include <algorithm>
#include <array>

#include "formats/bank/iso20022/utf16.h"
#include "formats/bank/iso20022/xml_stream.h"

namespace formats::bank::iso20022 {
namespace {

struct Message {
  std::string_view name;
  std::string_view element;
};
constexpr Message kMessages[] = {
    {"camt.052", "BkToCstmrAcctRpt"},
    {"camt.053", "BkToCstmrStmt"},
    {"camt.054", "BkToCstmrDbtCdtNtfctn"},
    {"pain.002", "CstmrPmtStsRpt"},
};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Behind `end`, or nothing where it does not come.
std::string_view behind(std::string_view rest, std::string_view end) {
  const std::size_t at = rest.find(end);
  return at == rest.npos ? std::string_view() : rest.substr(at + end.size());
}

// Behind a <!DOCTYPE with all that it declares.
std::string_view behind_doctype(std::string_view rest) {
  int brackets = 0;
  char quote = 0;
  for (std::size_t at = 0; at < rest.size(); ++at) {
    const char c = rest[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']') {
      --brackets;
    } else if (c == '>' && brackets == 0) {
      return rest.substr(at + 1);
    }
  }
  return {};
}

std::string_view local_name(std::string_view tag) {
  const std::size_t end = std::min(tag.find_first_of(" \t\r\n/>"), tag.size());
  tag = tag.substr(0, end);
  const std::size_t colon = tag.find(':');
  return colon == tag.npos ? tag : tag.substr(colon + 1);
}

// "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02", and national ones: "...:pain.002.003.03".
std::string_view message_of_namespace(std::string_view tag) {
  for (const Message& message : kMessages) {
    const std::string part = ":" + std::string(message.name) + ".";
    if (tag.find(part) != tag.npos && tag.find("xmlns") != tag.npos) return message.name;
  }
  return {};
}

}  // namespace

std::string_view message_named(std::string_view element) {
  const auto found = std::ranges::find(kMessages, element, &Message::element);
  return found == std::end(kMessages) ? std::string_view() : found->name;
}

std::string_view message_of(std::string_view bytes) {
  const std::string text = head_as_utf8(bytes);
  std::string_view head = text;
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  while (!head.empty() && is_space(head.front())) head.remove_prefix(1);
  std::string_view by_namespace;
  std::string_view rest = head;
  if (!rest.starts_with('<')) return {};
  while (!rest.empty()) {
    rest = rest.substr(std::min(rest.find('<'), rest.size()));
    if (rest.starts_with("<!--")) {
      rest = behind(rest, "-->");
    } else if (rest.starts_with("<![CDATA[")) {
      rest = behind(rest, "]]>");
    } else if (rest.starts_with("<?")) {
      rest = behind(rest, "?>");
    } else if (rest.starts_with("<!")) {
      rest = behind_doctype(rest);
    } else if (!rest.empty()) {
      rest.remove_prefix(1);
      const std::string_view tag = rest.substr(0, std::min(rest.find('>'), rest.size()));
      const std::string_view found = message_named(local_name(tag));
      if (!found.empty() && tag.size() < rest.size()) return found;
      if (by_namespace.empty()) by_namespace = message_of_namespace(tag);
      rest.remove_prefix(tag.size());
    }
  }
  return by_namespace;
}

}  // namespace formats::bank::iso20022
