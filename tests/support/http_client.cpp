#include "tests/support/http_client.h"

#include <algorithm>
#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace tests {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) {
      encoded.push_back(c);
    } else {
      encoded += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
  }
  return encoded;
}

std::string HttpAnswer::header(std::string_view name) const {
  const auto values = all(name);
  return values.empty() ? std::string() : values.front();
}

std::vector<std::string> HttpAnswer::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : headers) {
    if (same_name(key, name)) values.push_back(value);
  }
  return values;
}

std::string HttpAnswer::cookie(std::string_view name) const {
  for (const std::string& value : all("Set-Cookie")) {
    if (value.starts_with(std::string(name) + "=")) return value.substr(0, value.find(';'));
  }
  return {};
}

HttpClient::HttpClient(std::uint16_t port) : port_(port) { reconnect(); }

HttpClient::~HttpClient() { ::close(socket_); }

void HttpClient::reconnect() {
  if (socket_ >= 0) ::close(socket_);
  buffer_.clear();
  socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
  const timeval patience = {kPatience.count(), 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // A refusal shows as an answer that never comes.
  static_cast<void>(
      ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address));
}

void HttpClient::set_header(std::string_view name, std::string_view value) {
  std::erase_if(headers_, [&](const HttpHeader& header) { return same_name(header.first, name); });
  if (!value.empty()) headers_.emplace_back(name, value);
}

HttpAnswer HttpClient::request(std::string_view method, std::string_view target,
                               std::string_view body, std::initializer_list<HttpHeader> headers) {
  std::string bytes = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  bytes += "Host: localhost\r\n";
  for (const auto& [name, value] : headers_) bytes += name + ": " + value + "\r\n";
  for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
  if (!body.empty()) bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  bytes += "\r\n";
  bytes += body;
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (send(bytes)) {
      if (auto answer = read_answer(method == "HEAD")) return *std::move(answer);
    }
    reconnect();
  }
  return {};
}

HttpAnswer HttpClient::get(std::string_view target, std::initializer_list<HttpHeader> headers) {
  return request("GET", target, "", headers);
}

HttpAnswer HttpClient::post_form(std::string_view target,
                                 std::initializer_list<HttpHeader> fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    if (!body.empty()) body.push_back('&');
    body += percent_encoded(name) + "=" + percent_encoded(value);
  }
  return request("POST", target, body, {{"Content-Type", "application/x-www-form-urlencoded"}});
}

HttpAnswer HttpClient::post_json(std::string_view target, std::string_view json,
                                 std::initializer_list<HttpHeader> headers) {
  set_header("Content-Type", "application/json");
  HttpAnswer answer = request("POST", target, json, headers);
  set_header("Content-Type", "");
  return answer;
}

bool HttpClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool HttpClient::read_more() {
  char bytes[16384];
  const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
  if (count <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(count));
  return true;
}

std::string HttpClient::take_line() {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    if (!read_more()) return {};
  }
  std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  return line;
}

std::string HttpClient::take(std::size_t count) {
  while (buffer_.size() < count && read_more()) {
  }
  std::string bytes = buffer_.substr(0, count);
  buffer_.erase(0, count);
  return bytes;
}

std::string HttpClient::take_body(const HttpAnswer& answer) {
  if (answer.header("Transfer-Encoding") == "chunked") {
    std::string body;
    for (;;) {
      const std::size_t size = std::strtoul(take_line().c_str(), nullptr, 16);
      body += take(size);
      static_cast<void>(take_line());
      if (size == 0) return body;
    }
  }
  const std::string length = answer.header("Content-Length");
  if (!length.empty()) return take(std::strtoul(length.c_str(), nullptr, 10));
  if (answer.header("Connection") != "close") return {};
  while (read_more()) {
  }
  return std::exchange(buffer_, {});
}

std::string HttpClient::read_some() {
  if (buffer_.empty()) static_cast<void>(read_more());
  return std::exchange(buffer_, {});
}

std::optional<HttpAnswer> HttpClient::read_answer(bool to_head) {
  HttpAnswer answer;
  const std::string first = take_line();
  if (!first.starts_with("HTTP/1.1 ")) return std::nullopt;
  answer.status = std::atoi(first.c_str() + 9);
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) return std::nullopt;
    answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  const bool bodiless =
      to_head || answer.status < 200 || answer.status == 204 || answer.status == 304;
  if (!bodiless) answer.body = take_body(answer);
  return answer;
}

bool HttpClient::waits_until_closed() {
  for (;;) {
    buffer_.clear();
    char bytes[16384];
    const ssize_t count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count == 0) return true;
    if (count < 0) return errno == ECONNRESET;
  }
}

}  // namespace tests
