// Xml: a document written element by element, so that what is opened is closed and every text and
// attribute is escaped. Bytes that XML 1.0 has no place for are left out.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace web::ivr {

using XmlAttributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

class Xml {
 public:
  Xml();
  Xml& open(std::string_view name, XmlAttributes attributes = {});
  Xml& text(std::string_view text);
  Xml& close();
  // <name>text</name>, and <name/> where there is no text.
  Xml& leaf(std::string_view name, XmlAttributes attributes = {}, std::string_view text = {});
  // Closes what is open.
  [[nodiscard]] std::string take();

 private:
  void begin(std::string_view name, XmlAttributes attributes);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace web::ivr
