// XML messages of ISO 20022 as a stream: the elements that a reader names, by their local names.
//
// libxml2's SAX parser is fed piece by piece; nothing is kept but the text of the element at hand.
// Namespaces and prefixes do not matter: banks use many. What is hostile ends the reading with a
// problem of its own: a declared entity, nesting or a tag without end; a text without end is cut.
// Nothing is ever fetched or included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "formats/bank/reading.h"

namespace formats::bank::iso20022 {

inline constexpr int kDepthMax = 100;
inline constexpr std::size_t kTextBytesMax = 8'192;
inline constexpr std::size_t kTagBytesMax = 65'536;
inline constexpr int kAttributesMax = 100;

// An element that a reader wants, by its path below the message: "Stmt/Ntry/Amt". Of a group the
// beginning is told too, and its text is none.
struct PathRow {
  std::string path;
  int field = 0;  // Above zero; what the reader calls it.
  bool group = false;
};

// The paths of a message, ready to be followed.
class PathTable {
 public:
  // `messages`: the elements that paths begin below ("BkToCstmrStmt"), wherever they stand.
  // `transparent`: elements that are no step of a path ("Pty").
  PathTable(std::span<const std::string_view> messages, std::span<const PathRow> rows,
            std::span<const std::string_view> transparent);

  struct Node {
    int field = 0;
    bool group = false;
    int name = 0;
    int parent = 0;
  };
  static constexpr int kOutside = 0;  // No message has begun.
  static constexpr int kUnknown = -1;

  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const Node& node(int index) const {
    return nodes_[static_cast<std::size_t>(index)];
  }
  // The node itself for a transparent name.
  [[nodiscard]] int next(int node, int name) const {
    return steps_[static_cast<std::size_t>(node) * names_.size() + static_cast<std::size_t>(name)];
  }
  // "Stmt/Ntry/Amt"
  [[nodiscard]] std::string path_of(int node) const;

 private:
  int name_of(std::string_view name);
  int child_of(int node, std::string_view name);

  std::vector<std::string> names_;
  std::vector<Node> nodes_;
  std::map<std::pair<int, int>, int> children_;
  std::vector<int> steps_;
};

// What stands in an element.
struct XmlValue {
  std::string_view text;      // Without blanks around it; empty for groups.
  std::string_view currency;  // The attribute Ccy.
  std::int64_t line = 0;
};

class XmlEvents {
 public:
  virtual ~XmlEvents() = default;
  virtual void begins(int field, std::int64_t line) = 0;  // Groups only.
  virtual void ends(int field, const XmlValue& value) = 0;
};

// Hands the elements of `table` to `events`, in their order. Problems:
// bad_xml, bad_encoding, file_cut, doctype_not_allowed, entity_not_allowed, xml_too_deep,
// xml_tag_too_long, text_too_long, and what schema_check.h tells. Errors: those of the source.
class XmlStream {
 public:
  // `told`: what the reader itself tells to be missing, as "Ntry/Amt".
  XmlStream(const PathTable& table, Reading& reading, std::span<const std::string_view> told = {});
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  [[nodiscard]] base::Result<> read(ByteSource& source, XmlEvents& events);
  // Of the element at hand.
  [[nodiscard]] std::string path() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Which message begins so: "camt.053", "pain.002"; empty where it is none. By the element's name,
// else by the namespace.
[[nodiscard]] std::string_view message_of(std::string_view head);
// "camt.053" of "BkToCstmrStmt"; empty where it is none of those that are read.
[[nodiscard]] std::string_view message_named(std::string_view element);

}  // namespace formats::bank::iso20022
