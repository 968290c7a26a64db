// Requests and responses as values: what the server hands to handlers and takes back.
//
// Nothing here knows a socket or a library. Names of headers compare without regard to case.
// What is decoded (query, form, cookies) is decoded when it is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result/result.h"

namespace web {

class Feed;     // web/feed.h
struct Upload;  // web/upload.h

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions, kOther };

[[nodiscard]] std::string_view to_text(Method method);
[[nodiscard]] Method parse_method(std::string_view text);

class Headers {
 public:
  using Row = std::pair<std::string, std::string>;

  // Replaces what there is of this name.
  void set(std::string_view name, std::string_view value);
  // Another row of the same name, as Set-Cookie needs it.
  void add(std::string_view name, std::string_view value);
  // The first value of the name, or "".
  [[nodiscard]] std::string_view get(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

 private:
  std::vector<Row> rows_;
};

// Decoded name=value pairs in the order in which they were sent.
class Fields {
 public:
  // application/x-www-form-urlencoded. Errors: bad_url_encoding (a % that is no escape, NUL, text
  // that is not UTF-8), too_many_fields.
  [[nodiscard]] static base::Result<Fields> parse(std::string_view encoded);

  // The first value of the name; null where there is none.
  [[nodiscard]] const std::string* find(std::string_view name) const;
  [[nodiscard]] std::string text(std::string_view name, std::string_view otherwise = "") const;
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& rows() const {
    return rows_;
  }
  void set(std::string_view name, std::string_view value);
  // "a=1&b=2", in order; empty values are left out, so that a filter's URL is short.
  [[nodiscard]] std::string encode() const;

 private:
  std::vector<std::pair<std::string, std::string>> rows_;
};

inline constexpr std::size_t kFieldsMax = 500;

// Whether it is UTF-8 without NUL.
[[nodiscard]] bool is_utf8_text(std::string_view text);

// Percent-decodes one part of a URL. Errors: bad_url_encoding.
[[nodiscard]] base::Result<std::string> percent_decode(std::string_view text);

struct Request {
  Method method = Method::kGet;
  std::string path = {};   // As sent, without the query: "/api/v1/bills".
  std::string query = {};  // As sent, without "?".
  Headers headers = {};
  std::string body = {};
  std::string peer = {};                // The address at the other end, without port.
  std::shared_ptr<Upload> upload = {};  // Set: the body is there, as plan_body() asked.

  [[nodiscard]] base::Result<Fields> query_fields() const { return Fields::parse(query); }
  // The body of a form. Errors: not_a_form (another content type), and those of Fields::parse.
  [[nodiscard]] base::Result<Fields> form() const;
  // The value of a cookie, or "".
  [[nodiscard]] std::string cookie(std::string_view name) const;
  // The media type of the body without parameters, in lower case.
  [[nodiscard]] std::string content_type() const;
};

// A body that is made while it is sent, so that an export of any size needs little memory: each
// call gives the next piece, nothing ends it. It is called on the server's threads, one call at a
// time. An error ends the connection in the middle, so that nobody takes half for the whole.
using NextPiece = std::function<base::Result<std::optional<std::string>>()>;

struct Later;

struct Response {
  int status = 200;
  Headers headers = {};
  std::string body = {};
  NextPiece next_piece = {};          // Set: the body comes from here.
  std::shared_ptr<Feed> feed = {};    // Set: the body stays open and comes from there.
  std::shared_ptr<Later> later = {};  // Set: nothing else counts, the answer comes from there.
};

// An answer that waits for something, and holds no thread while it does.
struct Later {
  // Called once, on one of the server's threads. Has `ready` called once, on any thread, perhaps
  // at once. What the request refers to lives until finish() has returned.
  std::function<void(std::function<void()> ready)> begin;
  // Called once after that, on one of the server's threads: the answer.
  std::function<Response()> finish;
};

// The answer itself: waits where it comes later. For those who have a thread to wait on.
[[nodiscard]] Response settle(Response response);

[[nodiscard]] std::string_view reason_phrase(int status);

[[nodiscard]] Response html_response(int status, std::string body);
[[nodiscard]] Response text_response(int status, std::string body);
// 303: a GET of `location` follows. Used after every form that succeeded.
[[nodiscard]] Response see_other(std::string_view location);

// Where the body of a request goes that is larger than what servers keep in memory.
struct BodyPlan {
  std::uint64_t bytes_max = 0;    // 0: nowhere, it is refused.
  std::string spool_folder = {};  // Of the file that it is kept in.
};

// What a server calls. Methods are called on many threads at once and do not throw.
class Handler {
 public:
  virtual ~Handler() = default;
  // Asked when such a request has begun: all of it but its body is there.
  [[nodiscard]] virtual BodyPlan plan_body(const Request&) { return {}; }
  [[nodiscard]] virtual Response handle(const Request& request) = 0;
  // What to answer to bytes that never became a request: `status` says how they failed.
  [[nodiscard]] virtual Response refuse(int status, const base::Error& error) = 0;
};

}  // namespace web
