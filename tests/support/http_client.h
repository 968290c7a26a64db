// A small blocking HTTP client on plain sockets, for tests of the server: it can also say what no
// proper client would say. Everything waits kPatience at most.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tests {

using HttpHeader = std::pair<std::string, std::string>;

struct HttpAnswer {
  int status = 0;
  std::vector<HttpHeader> headers;
  std::string body;

  // The first value of the name in any case, or "".
  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  // "name=value" of a Set-Cookie of this name, or "".
  [[nodiscard]] std::string cookie(std::string_view name) const;
};

class HttpClient {
 public:
  static constexpr std::chrono::seconds kPatience{20};

  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Sent with every request from now on, until set again; "" takes it away.
  void set_header(std::string_view name, std::string_view value);

  // A request on this connection, which is opened again where the server closed it. Status 0:
  // no answer came.
  HttpAnswer request(std::string_view method, std::string_view target, std::string_view body = "",
                     std::initializer_list<HttpHeader> headers = {});
  HttpAnswer get(std::string_view target, std::initializer_list<HttpHeader> headers = {});
  HttpAnswer post_form(std::string_view target, std::initializer_list<HttpHeader> fields);
  HttpAnswer post_json(std::string_view target, std::string_view json,
                       std::initializer_list<HttpHeader> headers = {});

  // The pieces of the above, for tests that misbehave.
  bool send(std::string_view bytes);
  [[nodiscard]] std::optional<HttpAnswer> read_answer(bool to_head = false);
  // What comes next of an answer that stays open; "" when the server has closed.
  [[nodiscard]] std::string read_some();
  // Whether the server has closed: waits for it, and drops what it still says.
  [[nodiscard]] bool waits_until_closed();
  void reconnect();

 private:
  [[nodiscard]] bool read_more();
  [[nodiscard]] std::string take_line();
  [[nodiscard]] std::string take(std::size_t count);
  [[nodiscard]] std::string take_body(const HttpAnswer& answer);

  std::uint16_t port_;
  int socket_ = -1;
  std::string buffer_;
  std::vector<HttpHeader> headers_;
};

[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace tests
