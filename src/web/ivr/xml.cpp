#include "web/ivr/xml.h"

#include "base/result/check.h"

namespace web::ivr {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&apos;"; break;
      default: {
        const bool is_control = static_cast<unsigned char>(c) < 0x20;
        out.push_back(is_control || c == '\x7f' ? ' ' : c);
      }
    }
  }
}

}  // namespace

Xml::Xml() : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") {}

void Xml::begin(std::string_view name, XmlAttributes attributes) {
  out_ += '<';
  out_ += name;
  for (const auto& [key, value] : attributes) {
    out_ += ' ';
    out_ += key;
    out_ += "=\"";
    append_escaped(out_, value);
    out_ += '"';
  }
}

Xml& Xml::open(std::string_view name, XmlAttributes attributes) {
  begin(name, attributes);
  out_ += ">\n";
  open_.emplace_back(name);
  return *this;
}

Xml& Xml::text(std::string_view text) {
  append_escaped(out_, text);
  return *this;
}

Xml& Xml::close() {
  CHECK(!open_.empty());
  out_ += "</" + open_.back() + ">\n";
  open_.pop_back();
  return *this;
}

Xml& Xml::leaf(std::string_view name, XmlAttributes attributes, std::string_view text) {
  begin(name, attributes);
  if (text.empty()) {
    out_ += "/>\n";
    return *this;
  }
  out_ += '>';
  append_escaped(out_, text);
  out_ += "</";
  out_ += name;
  out_ += ">\n";
  return *this;
}

std::string Xml::take() {
  while (!open_.empty()) close();
  return std::move(out_);
}

}  // namespace web::ivr
