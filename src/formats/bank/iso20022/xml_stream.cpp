// libxml2 stands in this file only. Its parser is told to go on after faults that leave the
// meaning clear (an entity that nobody declared, a letter in another encoding); all others end the
// reading where they stand.
#include "formats/bank/iso20022/xml_stream.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include "base/result/check.h"
#include "base/text/beginning.h"
#include "formats/bank/iso20022/schema_check.h"
#include "formats/bank/iso20022/utf16.h"

namespace formats::bank::iso20022 {
namespace {

// A tag is not longer than two pieces: the parser compares its attributes each with each.
constexpr std::size_t kBlockBytes = kTagBytesMax;
constexpr std::size_t kPieceMax = kTagBytesMax;
constexpr std::size_t kPaddingMax = 65'536;

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}

// An entity's name and the like are not longer.
constexpr std::size_t kReferenceBytesMax = 32;

enum class Ampersand { kReference, kUndeclared, kBare, kUnsure };

// Other entities must be declared, and bank files declare none.
constexpr std::string_view kEntities[] = {"amp", "lt", "gt", "quot", "apos"};

// Whether a number is one of a letter that XML has: behind any other the parser leaves out &amp;.
bool names_a_letter(std::string_view number) {
  const bool hexadecimal = number.starts_with('x');
  if (hexadecimal) number.remove_prefix(1);
  std::uint32_t letter = 0;
  const char* const end = number.data() + number.size();
  const auto [at, error] = std::from_chars(number.data(), end, letter, hexadecimal ? 16 : 10);
  if (number.empty() || error != std::errc() || at != end) return false;
  if (letter < ' ') return letter == '\t' || letter == '\n' || letter == '\r';
  return letter < 0xD800 || (letter > 0xDFFF && letter < 0xFFFE) ||
         (letter > 0xFFFF && letter < 0x110000);
}

// Whether what begins with & is a reference that we follow; not sure where the bytes end too soon.
Ampersand look_at_ampersand(std::string_view bytes) {
  const auto is_name = [](char c) {
    return c == '#' || c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
  };
  std::size_t at = 1;
  while (at < bytes.size() && at < kReferenceBytesMax && is_name(bytes[at])) ++at;
  if (at == bytes.size() && at < kReferenceBytesMax) return Ampersand::kUnsure;
  if (at == 1 || at == bytes.size() || bytes[at] != ';') return Ampersand::kBare;
  const std::string_view name = bytes.substr(1, at - 1);
  const bool known = name.starts_with('#')
                         ? names_a_letter(name.substr(1))
                         : std::ranges::find(kEntities, name) != std::end(kEntities);
  return known ? Ampersand::kReference : Ampersand::kUndeclared;
}

// Where an ampersand is a letter like another, and a tag is none.
struct Literal {
  std::string_view begin, end;
};
constexpr Literal kLiterals[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

// Of what begins with <: the literal, or none; not sure where the bytes end too soon.
struct Opening {
  const Literal* literal = nullptr;
  bool unsure = false;
};
Opening look_at_opening(std::string_view bytes) {
  Opening opening;
  for (const Literal& literal : kLiterals) {
    if (bytes.starts_with(literal.begin)) return {.literal = &literal};
    opening.unsure = opening.unsure || literal.begin.starts_with(bytes);
  }
  return opening;
}

// The next ampersand, or < of what may be a literal. Each byte is looked at once a kind.
class NextMark {
 public:
  explicit NextMark(std::string_view bytes)
      : bytes_(bytes),
        ampersand_(bytes.find('&')),
        declaration_(opening_from('!', 0)),
        instruction_(opening_from('?', 0)),
        last_(bytes.ends_with('<') ? bytes.size() - 1 : bytes.npos) {}

  [[nodiscard]] std::size_t from(std::size_t at) {
    if (ampersand_ < at) ampersand_ = bytes_.find('&', at);
    if (declaration_ < at) declaration_ = opening_from('!', at);
    if (instruction_ < at) instruction_ = opening_from('?', at);
    return std::min({ampersand_, declaration_, instruction_, last_ < at ? bytes_.npos : last_});
  }

 private:
  // The second letters are rare, < is not.
  [[nodiscard]] std::size_t opening_from(char second, std::size_t at) const {
    std::size_t found = bytes_.find(second, at + 1);
    while (found != bytes_.npos && bytes_[found - 1] != '<') found = bytes_.find(second, found + 1);
    return found == bytes_.npos ? found : found - 1;
  }

  std::string_view bytes_;
  std::size_t ampersand_, declaration_, instruction_, last_;
};

// Faults of the file that leave its meaning clear.
bool is_harmless(const xmlError& error) {
  switch (error.code) {
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_ENCODING: return true;
    default: return error.domain == XML_FROM_NAMESPACE;
  }
}

// What a name is to the reader and to the schema. The parser keeps one copy of each name, so that
// it is looked up once and found by its address from then on. Nothing is added to the parser's
// own names: each one more makes it slower.
class NameIndex {
 public:
  struct Name {
    int path = PathTable::kUnknown, schema = -1;
  };

  explicit NameIndex(const std::vector<std::string>& paths) : paths_(ids_of(paths)) {}

  void use_schema(const std::vector<std::string>& names) {
    schema_ = ids_of(names);
    slots_ = {};
    used_ = 0;
  }

  [[nodiscard]] Name find(const xmlChar* key) {
    std::size_t at = slot_of(key);
    while (slots_[at].key != nullptr) {
      if (slots_[at].key == key) return slots_[at].name;
      at = (at + 1) % kSlots;
    }
    const Name name = look_up(view(key));
    // Of a file that makes up names, the first ones are kept.
    if (used_ * 2 < kSlots) {
      ++used_;
      slots_[at] = {key, name};
    }
    return name;
  }

 private:
  using Ids = std::unordered_map<std::string_view, int>;
  struct Slot {
    const xmlChar* key = nullptr;
    Name name = {};
  };
  static Ids ids_of(const std::vector<std::string>& names) {
    Ids ids;
    for (std::size_t name = 0; name < names.size(); ++name) {
      ids.emplace(names[name], static_cast<int>(name));
    }
    return ids;
  }
  [[nodiscard]] Name look_up(std::string_view text) const {
    const auto path = paths_.find(text), schema = schema_.find(text);
    return {.path = path == paths_.end() ? PathTable::kUnknown : path->second,
            .schema = schema == schema_.end() ? -1 : schema->second};
  }
  [[nodiscard]] static std::size_t slot_of(const xmlChar* name) {
    const auto address = reinterpret_cast<std::uintptr_t>(name);
    return (address ^ address >> 9) % kSlots;
  }
  static constexpr std::size_t kSlots = 1'024;
  Ids paths_, schema_;
  std::size_t used_ = 0;
  std::array<Slot, kSlots> slots_ = {};
};

}  // namespace

struct XmlStream::State {
  State(const PathTable& the_table, Reading& the_reading, std::span<const std::string_view> told)
      : table(the_table),
        reading(the_reading),
        check(the_reading, told),
        parser(make_parser(this)),
        names(table.names()),
        currency_name(xmlDictLookup(parser->dict, reinterpret_cast<const xmlChar*>("Ccy"), -1)) {
    text.reserve(kTextBytesMax);
  }
  ~State() {
    // A document type makes the parser begin a document of its own.
    if (parser != nullptr && parser->myDoc != nullptr) xmlFreeDoc(parser->myDoc);
    xmlFreeParserCtxt(parser);
  }

  static xmlParserCtxtPtr make_parser(State* state) {
    xmlSAXHandler handler = {};
    handler.initialized = XML_SAX2_MAGIC;
    handler.startElementNs = [](void* self, const xmlChar* name, const xmlChar*,
                                const xmlChar* space, int spaces, const xmlChar**, int count, int,
                                const xmlChar** attributes) {
      if (spaces + count > kAttributesMax) return static_cast<State*>(self)->refuse_tag();
      static_cast<State*>(self)->begin(name, space, count, attributes);
    };
    handler.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      static_cast<State*>(self)->end();
    };
    handler.characters = [](void* self, const xmlChar* bytes, int size) {
      static_cast<State*>(self)->add(bytes, size);
    };
    handler.ignorableWhitespace = handler.characters;
    handler.cdataBlock = handler.characters;
    handler.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      static_cast<State*>(self)->doctype();
    };
    handler.entityDecl = [](void* self, const xmlChar* name, int, const xmlChar*, const xmlChar*,
                            xmlChar*) { static_cast<State*>(self)->entity(name); };
    handler.getEntity = [](void*, const xmlChar* name) { return xmlGetPredefinedEntity(name); };
    handler.serror = [](void* self, xmlErrorPtr error) {
      static_cast<State*>(self)->fault(*error);
    };
    const auto parser = xmlCreatePushParserCtxt(&handler, state, nullptr, 0, nullptr);
    CHECK(parser != nullptr);
    xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET);
    return parser;
  }

  void ignore_declared_encoding() {
    xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  }

  [[nodiscard]] std::int64_t line() const {
    return parser->input == nullptr ? 0 : parser->input->line + lines_before;
  }

  // XML has nothing before its declaration; what banks and mail programs put there is passed over.
  std::string_view without_blanks(std::string_view head) {
    constexpr std::string_view kMark = "\xEF\xBB\xBF";
    const std::size_t mark = head.starts_with(kMark) ? kMark.size() : 0;
    std::size_t at = mark;
    while (at < head.size() && (is_space(head[at]) || head.substr(at).starts_with(kMark))) {
      at += is_space(head[at]) ? 1 : kMark.size();
    }
    if (at == mark || !head.substr(at).starts_with("<?xml")) return head;
    lines_before = std::ranges::count(head.substr(0, at), '\n');
    reading.problem(1, "", "blank_before_xml", "blanks stand before the XML; they are passed over");
    return head.substr(at);
  }

  void halt() {
    halted = true;
    parser->disableSAX = 1;
  }

  void halt_with(std::string_view code, std::string what) {
    reading.disagrees(line(), table.path_of(node), code, std::move(what));
    halt();
  }

  void refuse_tag() {
    if (halted) return;
    halt_with("xml_tag_too_long", "a tag is longer than " + std::to_string(kTagBytesMax) +
                                      " bytes or has more than " + std::to_string(kAttributesMax) +
                                      " attributes");
  }

  // Whether the parser still looks for the end of a tag, through more bytes than a tag has.
  [[nodiscard]] bool tag_goes_on() const {
    const xmlParserInputPtr input = parser->input;
    if (input == nullptr) return false;
    if (std::cmp_less_equal(input->end - input->cur, kTagBytesMax)) return false;
    return input->cur[0] == '<' && input->cur[1] != '!' && input->cur[1] != '?';
  }

  // Behind a fault that was told, the parser would leave out &amp; and its like.
  void goes_on() { parser->wellFormed = 1; }

  // A message begins: where it leaves its schema is told from here on.
  void begin_message(const xmlChar* name, const xmlChar* space) {
    has_message = true;
    const Schema* schema =
        check.start(message_named(view(name)), view(space), schema_location, line());
    if (std::exchange(named_by, schema) != schema) names.use_schema(schema->names());
    checked_depth = depth;
  }

  // What an element above the message says of its schema: xsi:schemaLocation and its like.
  void keep_location(int count, const xmlChar** attributes) {
    constexpr std::string_view kLocations[] = {"schemaLocation", "noNamespaceSchemaLocation"};
    for (; count > 0; --count, attributes += 5) {
      if (std::ranges::find(kLocations, view(attributes[0])) == std::end(kLocations)) continue;
      const auto size = static_cast<std::size_t>(attributes[4] - attributes[3]);
      schema_location.assign(reinterpret_cast<const char*>(attributes[3]),
                             std::min(size, kTextBytesMax));
    }
  }

  // Whether the text of the element that begins is wanted by its schema.
  bool begin_checked(const xmlChar* written, int name) {
    check.begin(name, view(written), line());
    return check.wants_text();
  }

  void end_checked() {
    if (depth < checked_depth) return;
    if (depth == checked_depth) checked_depth = kUnchecked;
    if (std::exchange(text_cut, false)) {
      check.leave();
    } else {
      const bool is_read = skipped == 0 && collects && table.node(node).field != 0;
      check.end(text, is_read, line());
    }
  }

  void begin(const xmlChar* name, const xmlChar* space, int attribute_count,
             const xmlChar** attributes) {
    if (halted) return;
    goes_on();
    tell_doctype();
    has_element = true;
    if (++depth > kDepthMax) {
      return halt_with("xml_too_deep",
                       "elements are nested more than " + std::to_string(kDepthMax) + " deep");
    }
    const NameIndex::Name id = names.find(name);
    looks = depth > checked_depth && begin_checked(name, id.schema);
    if (looks) {
      text_cut = false;
      text.clear();
    }
    if (skipped > 0) {
      ++skipped;
      return;
    }
    const int next =
        id.path == PathTable::kUnknown ? PathTable::kUnknown : table.next(node, id.path);
    if (next == PathTable::kUnknown && node != PathTable::kOutside) {
      skipped = 1;
      return;
    }
    const bool acts = next != PathTable::kUnknown && next != node;
    if (node == PathTable::kOutside && !acts) keep_location(attribute_count, attributes);
    open.push_back({node, acts});
    collects = false;
    if (!acts) return;
    if (node == PathTable::kOutside) begin_message(name, space);
    node = next;
    const PathTable::Node& entered = table.node(node);
    if (entered.field == 0) return;
    if (entered.group) return events->begins(entered.field, line());
    collects = true;
    text_cut = false;
    text.clear();
    currency.clear();
    // Each attribute is five pointers: name, prefix, namespace, its value's beginning and end.
    for (int at = 0; at < attribute_count; ++at, attributes += 5) {
      if (attributes[0] != currency_name) continue;
      const std::size_t size = static_cast<std::size_t>(attributes[4] - attributes[3]);
      currency.assign(reinterpret_cast<const char*>(attributes[3]), std::min(size, kTextBytesMax));
    }
  }

  void end() {
    if (halted) return;
    goes_on();
    end_checked();
    looks = false;
    --depth;
    if (skipped > 0) {
      --skipped;
      return;
    }
    if (open.empty()) return;
    const Open closed = open.back();
    open.pop_back();
    if (closed.acts) {
      const PathTable::Node& left = table.node(node);
      if (left.field != 0) {
        // What the parser read over may be no UTF-8.
        if (!left.group && !std::ranges::all_of(text, is_ascii)) text = readable(text);
        events->ends(left.field, {.text = left.group ? std::string_view() : trimmed(text),
                                  .currency = currency,
                                  .line = line()});
      }
      text.clear();
      node = closed.node;
    }
    collects = false;
    if (reading.stopped()) halt();
  }

  void add(const xmlChar* bytes, int size) {
    if (!halted) goes_on();
    if (halted || !(looks || (collects && skipped == 0))) return;
    const std::string_view more(reinterpret_cast<const char*>(bytes),
                                static_cast<std::size_t>(size));
    const std::size_t room = kTextBytesMax - text.size();
    text.append(more.substr(0, room));
    if (more.size() <= room || std::exchange(text_cut, true)) return;
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) {
      text.pop_back();
    }
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0) text.pop_back();
    reading.problem(line(), table.path_of(node), "text_too_long",
                    "only the first " + std::to_string(kTextBytesMax) + " bytes are kept");
    collects = looks = false;
  }

  void doctype() {
    doctype_line = line();
    has_doctype = true;
  }

  // Where it declares no entity, it harms nothing: it is told, and reading goes on.
  void tell_doctype() {
    if (doctype_line == 0) return;
    reading.disagrees(std::exchange(doctype_line, 0), "", "doctype_not_allowed",
                      "bank files have no DOCTYPE; nothing that it names elsewhere is fetched, and "
                      "its entities stay in the texts as they are written");
  }

  void entity(const xmlChar* name) {
    if (halted) return;
    reading.disagrees(line(), base::beginning(view(name), 100), "entity_not_allowed",
                      "the file declares an entity in a DOCTYPE, as an attack does; nothing of it "
                      "is read. Find out who made it");
    halt();
  }

  void fault(const xmlError& error) {
    if (halted || error.level == XML_ERR_WARNING) return;
    std::string what(trimmed(error.message == nullptr ? "" : error.message));
    std::ranges::replace(what, '\n', ' ');
    if (is_harmless(error) && !finishing) {
      const bool encoding =
          error.code == XML_ERR_INVALID_ENCODING || error.code == XML_ERR_INVALID_CHAR;
      reading.problem(error.line + lines_before, table.path_of(node),
                      encoding ? "bad_encoding" : "bad_xml", what);
      return;
    }
    if (finishing && depth > 0) return cut();
    reading.disagrees(error.line + lines_before, table.path_of(node), "bad_xml",
                      what + "; nothing behind it is read");
    halt();
  }

  void cut() {
    reading.disagrees(line(), table.path_of(node), "file_cut",
                      "the file ends before its elements are closed");
    halt();
  }

  void parse(std::string_view bytes) {
    while (!bytes.empty() && !halted) {
      const std::size_t size = std::min(bytes.size(), kPieceMax);
      xmlParseChunk(parser, bytes.data(), static_cast<int>(size), 0);
      bytes.remove_prefix(size);
      if (tag_goes_on()) refuse_tag();
    }
  }

  // An ampersand that banks forgot to escape ("Smith & Sons") is escaped here: the parser would
  // look for the end of its name through all that follows. So is one before a name that nobody
  // declared: it stays in the text.
  void feed(std::string_view piece) {
    std::string held;
    if (!carried.empty()) {
      held = std::exchange(carried, {}).append(piece);
      piece = held;
    }
    NextMark marks(piece);
    std::size_t at = 0, parsed = 0;
    while (!halted) {
      if (literal != nullptr) {
        const std::size_t end = piece.find(literal->end, at);
        if (end == piece.npos) {
          // Its end's first bytes may stand here.
          const std::size_t kept = std::min(piece.size() - at, literal->end.size() - 1);
          return carry(piece, parsed, piece.size() - kept);
        }
        at = end + std::exchange(literal, nullptr)->end.size();
        continue;
      }
      const std::size_t mark = marks.from(at);
      if (mark == piece.npos) break;
      if (piece[mark] == '<') {
        const Opening opening = look_at_opening(piece.substr(mark));
        literal = opening.literal;
        if (literal == nullptr && opening.unsure) return carry(piece, parsed, mark);
        at = mark + (literal == nullptr ? 1 : literal->begin.size());
        continue;
      }
      at = mark + 1;
      const Ampersand kind = look_at_ampersand(piece.substr(mark));
      if (kind == Ampersand::kUnsure) return carry(piece, parsed, mark);
      if (kind == Ampersand::kReference) continue;
      parse(piece.substr(parsed, mark - parsed));
      parsed = mark;
      // Before the first element only a DOCTYPE has any, whose entities end the reading.
      if (depth == 0 && !has_element) continue;
      escape(kind == Ampersand::kUndeclared && has_doctype);
      parsed = at;
    }
    parse(piece.substr(parsed));
  }

  void carry(std::string_view piece, std::size_t parsed, std::size_t from) {
    parse(piece.substr(parsed, from - parsed));
    carried = piece.substr(from);
  }

  // `is_told`: with the DOCTYPE, which declares it elsewhere.
  void escape(bool is_told) {
    if (halted) return;
    if (is_told) return parse("&amp;");
    reading.problem(line(), table.path_of(node), "bad_xml",
                    "an ampersand is not escaped, or begins an entity that nobody declared");
    parse("&amp;");
  }

  // What old programs put behind the last line, ^Z or NUL up to the end of a block, is held back:
  // behind the message it is passed over, elsewhere it is read with what follows.
  void take(std::string_view block) {
    std::string held;
    if (!padding.empty()) {
      held = std::exchange(padding, {}).append(block);
      block = held;
    }
    constexpr std::string_view kPadding("\0\x1A", 2);
    constexpr std::string_view kPaddingAndBlanks("\0\x1A \t\r\n", 6);
    const std::size_t last = block.find_last_not_of(kPaddingAndBlanks);
    const std::size_t end = last == block.npos ? 0 : last + 1;
    const std::string_view tail = block.substr(end);
    if (tail.find_first_of(kPadding) == tail.npos || tail.size() > kPaddingMax) return feed(block);
    padding = tail;
    feed(block.substr(0, end));
  }

  void pass_over_padding() {
    if (halted || padding.empty()) return;
    parse(std::exchange(carried, {}));
    if (halted) return;
    if (!has_message || depth > 0) return feed(std::exchange(padding, {}));
    reading.problem(line(), "", "padding_after_xml",
                    "bytes without meaning (NUL, ^Z) stand behind the XML; they are passed over");
  }

  void finish() {
    pass_over_padding();
    parse(carried);
    finishing = true;
    xmlParseChunk(parser, nullptr, 0, 1);
    if (!halted) tell_doctype();
    if (!halted && depth > 0) return cut();
    if (!halted && !has_message) {
      reading.disagrees(line(), "", "bad_xml", "the file holds no message");
    }
  }

  struct Open {
    int node;
    bool acts;  // It is a step of a path.
  };

  const PathTable& table;
  Reading& reading;
  SchemaCheck check;
  XmlEvents* events = nullptr;
  xmlParserCtxtPtr parser;
  NameIndex names;
  const xmlChar* currency_name;
  std::vector<Open> open;
  int node = PathTable::kOutside;
  int depth = 0;
  static constexpr int kUnchecked = kDepthMax + 2;
  int checked_depth = kUnchecked;    // Of the message's element, while its schema is followed.
  int skipped = 0;                   // Open elements that nobody asked for.
  std::int64_t lines_before = 0;     // Of blanks that are passed over.
  std::int64_t doctype_line = 0;     // Of one that is not told yet.
  const Schema* named_by = nullptr;  // Whose names the index has.
  bool has_doctype = false;
  bool has_element = false, has_message = false, halted = false, finishing = false;
  // Of the text at hand: the reader takes it, its schema is looked at, not all of it is kept.
  bool collects = false, looks = false, text_cut = false;
  std::string text, currency, schema_location;
  const Literal* literal = nullptr;  // In which the piece before ended.
  std::string padding;               // What may stand behind the message without meaning.
  std::string carried;               // From an ampersand or a < on, where a piece ended too soon.
};

XmlStream::XmlStream(const PathTable& table, Reading& reading,
                     std::span<const std::string_view> told)
    : state_(std::make_unique<State>(table, reading, told)) {}

XmlStream::~XmlStream() = default;

base::Result<> XmlStream::read(ByteSource& source, XmlEvents& events) {
  state_->events = &events;
  AsUtf8 text(source, state_->reading);
  bool first = true, begun = false;
  // What the parser makes of broken XML depends on where its pieces end: they end at the same
  // bytes of a file, however it comes.
  std::string block;
  block.reserve(kBlockBytes);
  while (!state_->halted) {
    std::string_view piece = TRY(text.next());
    if (std::exchange(first, false) && text.was_utf16()) state_->ignore_declared_encoding();
    if (piece.empty()) {
      state_->take(std::exchange(begun, true) ? block : state_->without_blanks(block));
      if (!state_->halted) state_->finish();
      return {};
    }
    while (!piece.empty() && !state_->halted) {
      const std::string_view part = piece.substr(0, kBlockBytes - block.size());
      block += part;
      piece.remove_prefix(part.size());
      if (block.size() < kBlockBytes) continue;
      state_->take(std::exchange(begun, true) ? block : state_->without_blanks(block));
      block.clear();
    }
  }
  return {};
}

std::string XmlStream::path() const { return state_->table.path_of(state_->node); }

}  // namespace formats::bank::iso20022
