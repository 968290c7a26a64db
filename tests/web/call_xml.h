// A strict reader of the small XML that calls are led by, and the tables of what may stand where:
// TwiML's verbs as Twilio documents them, and VoiceXML 2.1's elements by its recommendation (W3C,
// 19 June 2007, with 2.0's appendix of the schema). Written for tests, apart from what writes the
// pages; it knows no more of either language than a call may need.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tests {

struct XmlNode {
  std::string name;
  std::map<std::string, std::string> attributes;
  std::string text;  // All of its own, decoded.
  std::vector<XmlNode> children;

  [[nodiscard]] std::string attribute(const std::string& key) const;
  [[nodiscard]] const XmlNode* child(std::string_view name) const;
};

// Nothing where it is not well-formed; then `why` says so.
[[nodiscard]] std::optional<XmlNode> read_xml(std::string_view text, std::string& why);

// "" or what is wrong: an element or attribute that does not exist there, one that is missing, or
// a page that leads nowhere.
[[nodiscard]] std::string wrong_twiml(const XmlNode& root);
[[nodiscard]] std::string wrong_vxml(const XmlNode& root);

}  // namespace tests
