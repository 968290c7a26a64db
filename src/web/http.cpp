#include "web/http.h"

#include <algorithm>
#include <future>

#include "web/template/template.h"

namespace web {
namespace {

struct MethodName {
  Method method;
  std::string_view name;
};
constexpr MethodName kMethods[] = {
    {Method::kGet, "GET"},         {Method::kHead, "HEAD"},   {Method::kPost, "POST"},
    {Method::kPut, "PUT"},         {Method::kPatch, "PATCH"}, {Method::kDelete, "DELETE"},
    {Method::kOptions, "OPTIONS"}, {Method::kOther, "OTHER"},
};

struct Reason {
  int status;
  std::string_view phrase;
};
constexpr Reason kReasons[] = {
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {507, "Insufficient Storage"},
};

char lower(char c) { return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string to_lower(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), lower);
  return lowered;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

int hex_value(char c) {
  if ('0' <= c && c <= '9') return c - '0';
  if ('a' <= lower(c) && lower(c) <= 'f') return lower(c) - 'a' + 10;
  return -1;
}

// How many bytes the UTF-8 character at the start of `text` has; 0 where it is none (RFC 3629:
// no overlong forms, no surrogates, nothing above U+10FFFF).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  if (first == 0xE0 && second < 0xA0) return 0;
  if (first == 0xED && second > 0x9F) return 0;
  if (first == 0xF0 && second < 0x90) return 0;
  if (first == 0xF4 && second > 0x8F) return 0;
  return length;
}

}  // namespace

bool is_utf8_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0 || text[0] == '\0') return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string_view to_text(Method method) {
  return std::ranges::find(kMethods, method, &MethodName::method)->name;
}

Method parse_method(std::string_view text) {
  const auto found = std::ranges::find(kMethods, text, &MethodName::name);
  return found == std::end(kMethods) ? Method::kOther : found->method;
}

void Headers::set(std::string_view name, std::string_view value) {
  std::erase_if(rows_, [&](const Row& row) { return same_name(row.first, name); });
  add(name, value);
}

void Headers::add(std::string_view name, std::string_view value) {
  rows_.emplace_back(std::string(name), std::string(value));
}

std::string_view Headers::get(std::string_view name) const {
  for (const Row& row : rows_) {
    if (same_name(row.first, name)) return row.second;
  }
  return {};
}

bool Headers::has(std::string_view name) const { return count(name) > 0; }

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(rows_, [&](const Row& row) { return same_name(row.first, name); }));
}

base::Result<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      decoded.push_back(text[at]);
      continue;
    }
    const int high = at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
    const int low = at + 2 < text.size() ? hex_value(text[at + 2]) : -1;
    if (high < 0 || low < 0) {
      return base::fail("bad_url_encoding",
                        "a '%' in the address or form is not followed by two "
                        "hexadecimal digits");
    }
    decoded.push_back(static_cast<char>(high << 4 | low));
    at += 2;
  }
  if (!is_utf8_text(decoded)) {
    return base::fail("bad_url_encoding", "the address or form is not UTF-8 text");
  }
  return decoded;
}

base::Result<Fields> Fields::parse(std::string_view encoded) {
  Fields fields;
  while (!encoded.empty()) {
    const std::string_view pair = encoded.substr(0, encoded.find('&'));
    encoded.remove_prefix(std::min(encoded.size(), pair.size() + 1));
    if (pair.empty()) continue;
    if (fields.rows_.size() >= kFieldsMax) {
      return base::fail("too_many_fields", "the address or form has more than " +
                                               std::to_string(kFieldsMax) + " fields");
    }
    std::string spaced(pair);
    std::ranges::replace(spaced, '+', ' ');
    const std::size_t equals = std::min(spaced.find('='), spaced.size());
    const std::string_view view = spaced;
    std::string name = TRY(percent_decode(view.substr(0, equals)));
    std::string value =
        equals == spaced.size() ? std::string() : TRY(percent_decode(view.substr(equals + 1)));
    fields.rows_.emplace_back(std::move(name), std::move(value));
  }
  return fields;
}

const std::string* Fields::find(std::string_view name) const {
  for (const auto& row : rows_) {
    if (row.first == name) return &row.second;
  }
  return nullptr;
}

std::string Fields::text(std::string_view name, std::string_view otherwise) const {
  const std::string* found = find(name);
  return found != nullptr ? *found : std::string(otherwise);
}

void Fields::set(std::string_view name, std::string_view value) {
  for (auto& row : rows_) {
    if (row.first == name) {
      row.second = value;
      return;
    }
  }
  rows_.emplace_back(std::string(name), std::string(value));
}

std::string Fields::encode() const {
  std::string encoded;
  for (const auto& [name, value] : rows_) {
    if (value.empty()) continue;
    if (!encoded.empty()) encoded.push_back('&');
    append_percent_encoded(encoded, name);
    encoded.push_back('=');
    append_percent_encoded(encoded, value);
  }
  return encoded;
}

std::string Request::content_type() const {
  const std::string_view value = headers.get("content-type");
  return to_lower(trimmed(value.substr(0, value.find(';'))));
}

base::Result<Fields> Request::form() const {
  if (content_type() != "application/x-www-form-urlencoded") {
    return base::fail("not_a_form", "send the form as application/x-www-form-urlencoded");
  }
  return Fields::parse(body);
}

std::string Request::cookie(std::string_view name) const {
  for (const Headers::Row& row : headers.rows()) {
    if (!same_name(row.first, "cookie")) continue;
    std::string_view rest = row.second;
    while (!rest.empty()) {
      const std::string_view pair = trimmed(rest.substr(0, rest.find(';')));
      rest.remove_prefix(std::min(rest.size(), rest.find(';')));
      if (!rest.empty()) rest.remove_prefix(1);
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
        return std::string(pair.substr(equals + 1));
      }
    }
  }
  return {};
}

std::string_view reason_phrase(int status) {
  const auto found = std::ranges::find(kReasons, status, &Reason::status);
  return found == std::end(kReasons) ? "Unknown" : found->phrase;
}

Response html_response(int status, std::string body) {
  Response response{.status = status, .body = std::move(body)};
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  return response;
}

Response text_response(int status, std::string body) {
  Response response{.status = status, .body = std::move(body)};
  response.headers.set("Content-Type", "text/plain; charset=utf-8");
  return response;
}

Response see_other(std::string_view location) {
  Response response{.status = 303};
  response.headers.set("Location", location);
  return response;
}

Response settle(Response response) {
  while (response.later) {
    const std::shared_ptr<Later> later = std::move(response.later);
    std::promise<void> ready;
    later->begin([&ready] { ready.set_value(); });
    ready.get_future().wait();
    response = later->finish();
  }
  return response;
}

}  // namespace web
