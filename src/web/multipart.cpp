#include "web/multipart.h"

#include <algorithm>
#include <optional>

namespace web {
namespace {

using base::Result;

constexpr std::size_t kBoundaryMax = 70;  // RFC 2046 5.1.1.
constexpr std::size_t kHeadBytesMax = 8U << 10;
constexpr std::size_t kFileNameMax = 200;

std::unexpected<base::Error> bad(std::string_view what) {
  return base::fail("bad_multipart", "the form cannot be read: " + std::string(what));
}

char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The value of `name` in `form-data; name="a"; filename="b;c.txt"`; nothing where it is not there.
std::optional<std::string> parameter_of(std::string_view header, std::string_view name) {
  std::size_t at = header.find(';');
  while (at < header.size()) {
    const std::size_t equals = header.find('=', at);
    if (equals == header.npos) return std::nullopt;
    const std::string_view key = trimmed(header.substr(at + 1, equals - at - 1));
    std::size_t begin = equals + 1, end = 0;
    const bool is_quoted = begin < header.size() && header[begin] == '"';
    if (is_quoted) ++begin;
    end = std::min(header.find(is_quoted ? '"' : ';', begin), header.size());
    if (same_word(key, name)) {
      const std::string_view value = header.substr(begin, end - begin);
      return std::string(is_quoted ? value : trimmed(value));
    }
    at = header.find(';', end);
  }
  return std::nullopt;
}

// Browsers send the name alone; others may send a path.
std::string plain_name(std::string name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != name.npos) name.erase(0, slash + 1);
  std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (name.size() > kFileNameMax) name.erase(0, name.size() - kFileNameMax);
  while (!name.empty() && (name.front() & 0xC0) == 0x80) name.erase(0, 1);
  return name;
}

// The body, part by part; no more of it in memory than a piece.
class Parts {
 public:
  Parts(const flows::Snapshot& body, std::string_view boundary)
      : body_(body), delimiter_("\r\n--" + std::string(boundary)) {}

  // On to the head of the next part; nothing at the end.
  Result<std::optional<std::string>> next_head() {
    if (!begun_) {
      // So that the first delimiter is like all others, which stand at the start of a line.
      window_ = "\r\n";
      begun_ = true;
    }
    while (!TRY(take(flows::Snapshot::kChunkBytes)).empty()) continue;
    window_.erase(0, delimiter_.size());
    TRY(hold("\r\n"));
    if (window_.starts_with("--")) return std::nullopt;
    // White space may stand behind a delimiter; then the line ends.
    const std::size_t line_end = window_.find("\r\n");
    if (!trimmed(std::string_view(window_).substr(0, line_end)).empty()) return bad("a delimiter");
    window_.erase(0, line_end);
    TRY(hold("\r\n\r\n"));
    const std::size_t end = window_.find("\r\n\r\n");
    std::string head = window_.substr(2, std::max<std::size_t>(end, 2) - 2);
    window_.erase(0, end + 4);
    return head;
  }

  // Up to so many bytes of the part; empty at its end.
  Result<std::string> take(std::size_t bytes_max) {
    for (;;) {
      const std::size_t at = window_.find(delimiter_);
      if (at == 0) return std::string();
      const std::size_t safe = at != window_.npos ? at
                               : window_.size() > delimiter_.size()
                                   ? window_.size() - delimiter_.size()
                                   : 0;
      if (safe > 0) {
        const std::size_t count = std::min(safe, bytes_max);
        std::string piece = window_.substr(0, count);
        window_.erase(0, count);
        return piece;
      }
      if (!TRY(fill())) return bad("it is cut");
    }
  }

 private:
  // Reads on until this stands in the window.
  Result<> hold(std::string_view text) {
    while (window_.find(text) == window_.npos) {
      if (window_.starts_with("--")) return {};
      if (window_.size() > kHeadBytesMax) return bad("a part's head is too long");
      if (!TRY(fill())) return bad("it is cut");
    }
    return {};
  }
  Result<bool> fill() {
    const std::string_view piece = TRY(body_.read_at(offset_, buffer_));
    offset_ += static_cast<std::int64_t>(piece.size());
    window_ += piece;
    return !piece.empty();
  }

  const flows::Snapshot& body_;
  std::string delimiter_, window_, buffer_;
  std::int64_t offset_ = 0;
  bool begun_ = false;
};

std::string disposition_of(std::string_view head) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon != line.npos && same_word(line.substr(0, colon), "content-disposition")) {
      return std::string(trimmed(line.substr(colon + 1)));
    }
  }
  return {};
}

Result<std::string> field_of(Parts& parts) {
  std::string value;
  for (;;) {
    const std::string piece = TRY(parts.take(flows::Snapshot::kChunkBytes));
    if (piece.empty()) break;
    value += piece;
    if (value.size() > kFormFieldBytesMax) return bad("a field is too long");
  }
  if (!is_utf8_text(value)) return bad("a field is not UTF-8 text");
  return value;
}

}  // namespace

Result<FormWithFile> read_form_with_file(const flows::Snapshot& body, std::string_view content_type,
                                         const std::string& spool_folder) {
  const std::string_view media = content_type.substr(0, content_type.find(';'));
  if (!same_word(trimmed(media), "multipart/form-data")) {
    return base::fail("not_a_form", "send the form as multipart/form-data");
  }
  const std::string boundary = parameter_of(content_type, "boundary").value_or("");
  if (boundary.empty() || boundary.size() > kBoundaryMax) return bad("it has no boundary");
  FormWithFile form;
  Parts parts(body, boundary);
  for (std::size_t count = 0;; ++count) {
    const auto head = TRY(parts.next_head());
    if (!head) return form;
    if (count == kFieldsMax) {
      return base::fail("too_many_fields", "the form has too many fields");
    }
    const std::string disposition = disposition_of(*head);
    const auto name = parameter_of(disposition, "name");
    if (!name || !is_utf8_text(*name)) return bad("a part has no name");
    const auto file_name = parameter_of(disposition, "filename");
    if (!file_name) {
      const std::string value = TRY(field_of(parts));
      form.fields.set(*name, value);
      continue;
    }
    // A form whose field for the file was left empty sends a file without name and content.
    if (file_name->empty() || form.file) continue;
    if (!is_utf8_text(*file_name)) return bad("the file's name is not UTF-8 text");
    form.file = std::make_shared<flows::Snapshot>(TRY(flows::Snapshot::of_stream(
        plain_name(*file_name), [&](std::size_t bytes_max) { return parts.take(bytes_max); },
        spool_folder)));
  }
}

}  // namespace web
