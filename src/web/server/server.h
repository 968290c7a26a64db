// The HTTP/1.1 server: bytes from sockets to Requests, Responses back to bytes.
//
// A request is read whole, within the limits below, and handled on one of `threads` threads;
// while a handler waits for the database, the other threads serve. Connections are kept alive
// and pipelined requests are answered in order. Whoever is slower than the timeouts is cut off.
// An answer that comes later, or stays open as a feed, holds no thread: thousands may wait.
// TLS, HTTP/2 and compression belong to the proxy in front. A further kind of answer is a member
// of Response that write_answer() in server.cpp knows how to send.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result/result.h"
#include "web/http.h"

namespace web {

struct ServerLimits {
  std::size_t connections_max = 8'000;
  std::size_t header_bytes_max = 16U << 10;  // Request line and headers: 431 beyond.
  std::size_t target_bytes_max = 8U << 10;   // Path and query: 414 beyond.
  std::size_t body_bytes_max = 1U << 20;     // 413 beyond.
  // A connection without a request.
  std::chrono::milliseconds idle = std::chrono::seconds(60);
  // From the first byte of a request to the end of its headers, then to the end of its body.
  std::chrono::milliseconds header = std::chrono::seconds(10);
  std::chrono::milliseconds body = std::chrono::seconds(30);
  // For an answer, or a piece of one, to be taken by the client.
  std::chrono::milliseconds write = std::chrono::seconds(30);
};

struct ServerOptions {
  std::string address = "127.0.0.1";  // An IP address, or "localhost".
  std::uint16_t port = 0;             // 0: any that is free.
  int threads = 8;
  ServerLimits limits = {};
};

class Server {
 public:
  // Listens, so that the port is known before there is a handler: connections wait for serve().
  // Errors: address_in_use, address_not_permitted, bad_listen_address, cannot_listen.
  [[nodiscard]] static base::Result<Server> listen(const ServerOptions& options);
  // Serves until stop(), once. `handler` must outlive the server.
  void serve(Handler& handler);
  // Both. Errors: those of listen.
  [[nodiscard]] static base::Result<Server> start(Handler& handler, const ServerOptions& options);

  Server(Server&&) noexcept;
  Server& operator=(Server&&) noexcept;
  ~Server();  // Stops at once where stop() was not called.

  // The port that is listened on.
  [[nodiscard]] std::uint16_t port() const;
  // Takes no new connection, closes idle ones, ends feeds, lets requests that have begun
  // finish, and closes what is left at the deadline. Returns when nothing of it runs any more.
  void stop(std::chrono::milliseconds deadline);

 private:
  class Listener;
  explicit Server(std::unique_ptr<Listener> listener);
  std::unique_ptr<Listener> listener_;
};

}  // namespace web
