#include "tests/web/call_xml.h"

#include <algorithm>
#include <set>

namespace tests {
namespace {

class Reader {
 public:
  Reader(std::string_view text, std::string& why) : text_(text), why_(why) {}

  std::optional<XmlNode> document() {
    if (!take("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")) return fail("no XML declaration");
    skip_space();
    auto root = element();
    if (!root) return root;
    skip_space();
    if (at_ != text_.size()) return fail("something after the root element");
    return root;
  }

 private:
  std::optional<XmlNode> fail(const std::string& what) {
    if (why_.empty()) why_ = what + " at byte " + std::to_string(at_);
    return std::nullopt;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) ++at_;
  }
  std::string name() {
    const std::size_t from = at_;
    const auto fits = [](char c) {
      return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9') ||
             c == ':' || c == '-' || c == '_' || c == '.';
    };
    while (at_ < text_.size() && fits(text_[at_])) ++at_;
    return std::string(text_.substr(from, at_ - from));
  }
  // Up to one of `ends`, which is not taken.
  std::optional<std::string> decoded(std::string_view ends) {
    static const std::map<std::string_view, char> kEntities = {
        {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    std::string out;
    while (at_ < text_.size() && !ends.contains(text_[at_])) {
      const auto byte = static_cast<unsigned char>(text_[at_]);
      if (text_[at_] == '<' || (byte < 0x20 && byte != '\n')) return std::nullopt;
      if (text_[at_] != '&') {
        out.push_back(text_[at_++]);
        continue;
      }
      const auto entity = std::ranges::find_if(
          kEntities, [&](const auto& each) { return text_.substr(at_).starts_with(each.first); });
      if (entity == kEntities.end()) return std::nullopt;
      out.push_back(entity->second);
      at_ += entity->first.size();
    }
    return out;
  }
  bool attributes(XmlNode& node) {
    for (skip_space(); at_ < text_.size() && text_[at_] != '>' && text_[at_] != '/'; skip_space()) {
      const std::string key = name();
      if (key.empty() || !take("=\"")) return false;
      auto value = decoded("\"");
      if (!value || !take("\"")) return false;
      if (!node.attributes.emplace(key, *std::move(value)).second) return false;
    }
    return true;
  }
  std::optional<XmlNode> element() {
    if (!take("<")) return fail("no element");
    XmlNode node;
    node.name = name();
    if (node.name.empty() || !attributes(node)) return fail("a tag that cannot be read");
    if (take("/>")) return node;
    if (!take(">")) return fail("a tag that is not closed");
    for (;;) {
      auto text = decoded("<");
      if (!text) return fail("text that is not escaped");
      node.text += *text;
      if (take("</")) break;
      auto child = element();
      if (!child) return child;
      node.children.push_back(*std::move(child));
    }
    if (name() != node.name || !take(">")) return fail("an end tag of another element");
    return node;
  }

  std::string_view text_;
  std::string& why_;
  std::size_t at_ = 0;
};

using Names = std::set<std::string, std::less<>>;
struct Element {
  Names required, optional, children;
  bool has_text = false;
};
using Table = std::map<std::string, Element, std::less<>>;

const Table& twiml() {
  static const Table kTable = {
      {"Response", {{}, {}, {"Say", "Gather", "Pay", "Pause", "Redirect", "Dial", "Hangup"}}},
      {"Say", {{"language"}, {"voice", "loop"}, {}, true}},
      {"Gather",
       {{"input", "action", "method", "timeout", "actionOnEmptyResult"},
        {"numDigits", "finishOnKey", "speechTimeout", "language", "hints"},
        {"Say", "Pause", "Play"}}},
      {"Pay",
       {{"paymentConnector", "action", "method", "tokenType", "currency"},
        {"input", "maxAttempts", "language", "timeout", "chargeAmount", "postalCode"},
        {"Prompt", "Parameter"}}},
      {"Parameter", {{"name", "value"}, {}, {}}},
      {"Pause", {{"length"}, {}, {}}},
      {"Redirect", {{"method"}, {}, {}, true}},
      {"Dial", {{}, {"callerId", "timeout", "action", "method"}, {}, true}},
      {"Hangup", {{}, {}, {}}},
  };
  return kTable;
}

const Table& vxml() {
  static const Names kExecutable = {"assign", "clear",  "disconnect", "exit",   "goto",
                                    "if",     "log",    "prompt",     "return", "reprompt",
                                    "script", "submit", "throw",      "value",  "var"};
  static const Table kTable = {
      {"vxml",
       {{"version", "xmlns", "xml:lang"},
        {"xml:base", "application"},
        {"catch", "error", "form", "help", "link", "menu", "meta", "metadata", "noinput", "nomatch",
         "property", "script", "var"}}},
      {"var", {{"name"}, {"expr"}, {}}},
      {"catch", {{"event"}, {"count", "cond"}, kExecutable, true}},
      {"noinput", {{}, {"count", "cond"}, kExecutable, true}},
      {"nomatch", {{}, {"count", "cond"}, kExecutable, true}},
      {"form",
       {{},
        {"id", "scope"},
        {"block", "catch", "error", "field", "filled", "grammar", "help", "initial", "link",
         "noinput", "nomatch", "object", "property", "record", "script", "subdialog", "transfer",
         "var"}}},
      {"field",
       {{},
        {"name", "expr", "cond", "type", "slot", "modal"},
        {"audio", "catch", "enumerate", "error", "filled", "grammar", "help", "link", "noinput",
         "nomatch", "option", "prompt", "property", "value"},
        true}},
      {"filled", {{}, {"mode", "namelist"}, kExecutable, true}},
      {"block", {{}, {"name", "expr", "cond"}, kExecutable, true}},
      {"transfer",
       {{},
        {"name", "expr", "cond", "dest", "destexpr", "bridge", "type", "connecttimeout", "maxtime",
         "transferaudio", "aai", "aaiexpr"},
        {"audio", "catch", "enumerate", "error", "filled", "grammar", "help", "link", "noinput",
         "nomatch", "prompt", "property", "value"},
        true}},
      {"property", {{"name", "value"}, {}, {}}},
      {"prompt",
       {{},
        {"bargein", "bargeintype", "cond", "count", "timeout", "xml:lang", "xml:base"},
        {"audio", "break", "desc", "emphasis", "enumerate", "mark", "p", "phoneme", "prosody", "s",
         "say-as", "sub", "value", "voice"},
        true}},
      {"break", {{}, {"time", "strength"}, {}}},
      {"assign", {{"name", "expr"}, {}, {}}},
      {"submit",
       {{},
        {"next", "expr", "namelist", "method", "enctype", "fetchaudio", "fetchhint", "fetchtimeout",
         "maxage", "maxstale"},
        {}}},
      {"disconnect", {{}, {"namelist"}, {}}},
  };
  return kTable;
}

bool is_space(std::string_view text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

std::string wrong_node(const XmlNode& node, const Table& table) {
  const auto known = table.find(node.name);
  if (known == table.end()) return "no element <" + node.name + ">";
  const Element& element = known->second;
  for (const std::string& name : element.required) {
    if (!node.attributes.contains(name)) return "<" + node.name + "> without " + name;
  }
  for (const auto& [name, value] : node.attributes) {
    if (!element.required.contains(name) && !element.optional.contains(name)) {
      return "<" + node.name + "> has no attribute " + name;
    }
  }
  if (!element.has_text && !is_space(node.text)) return "text in <" + node.name + ">";
  for (const XmlNode& child : node.children) {
    if (!element.children.contains(child.name)) {
      return "<" + child.name + "> in <" + node.name + ">";
    }
    if (std::string wrong = wrong_node(child, table); !wrong.empty()) return wrong;
  }
  return {};
}

// Whether what is done in there ends in a leap or in the end of the call.
bool leads_on(const XmlNode& node) {
  if (node.children.empty()) return false;
  const std::string& last = node.children.back().name;
  return last == "submit" || last == "disconnect" || last == "exit";
}

}  // namespace

std::string XmlNode::attribute(const std::string& key) const {
  const auto found = attributes.find(key);
  return found == attributes.end() ? std::string() : found->second;
}

const XmlNode* XmlNode::child(std::string_view wanted) const {
  const auto found = std::ranges::find(children, wanted, &XmlNode::name);
  return found == children.end() ? nullptr : &*found;
}

std::optional<XmlNode> read_xml(std::string_view text, std::string& why) {
  return Reader(text, why).document();
}

std::string wrong_twiml(const XmlNode& root) {
  if (root.name != "Response") return "the root is <" + root.name + ">";
  if (std::string wrong = wrong_node(root, twiml()); !wrong.empty()) return wrong;
  if (root.children.empty()) return "an empty page";
  const std::string& last = root.children.back().name;
  if (last != "Redirect" && last != "Hangup") return "a page without a way on";
  for (const XmlNode& verb : root.children) {
    const bool is_leap = verb.name == "Redirect" || verb.name == "Dial";
    if (is_leap && is_space(verb.text)) return "<" + verb.name + "> to nowhere";
  }
  return {};
}

std::string wrong_vxml(const XmlNode& root) {
  if (root.name != "vxml") return "the root is <" + root.name + ">";
  if (root.attribute("version") != "2.1") return "another version";
  if (root.attribute("xmlns") != "http://www.w3.org/2001/vxml") return "another namespace";
  if (std::string wrong = wrong_node(root, vxml()); !wrong.empty()) return wrong;
  const XmlNode* form = root.child("form");
  if (form == nullptr || form->children.empty()) return "a page without a form";
  for (const XmlNode& item : form->children) {
    if (item.name == "block" && &item == &form->children.back() && !leads_on(item)) {
      return "a block without a way on";
    }
    if (item.name != "field") continue;
    for (const std::string_view event : {"noinput", "nomatch", "filled"}) {
      const XmlNode* handler = item.child(event);
      if (handler == nullptr || !leads_on(*handler)) return "a field without a way on";
    }
  }
  return {};
}

}  // namespace tests
