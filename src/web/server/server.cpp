// Boost.Beast reads requests, Boost.Asio runs coroutines; their headers cost half a minute to
// compile, so this is the only file that sees them (D17).
#include "web/server/server.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_set>
#include <utility>  // Before Asio: its coroutines use std::exchange without including it.
#include <vector>

#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "web/feed.h"
#include "web/upload.h"

namespace web {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
using tcp = net::ip::tcp;
using Parser = beast::http::request_parser<beast::http::string_body>;
using UploadParser = beast::http::request_parser<beast::http::buffer_body>;

// How long the rest of a request that was refused is read and thrown away, so that the client
// gets to read why, and how much of it.
constexpr std::chrono::milliseconds kLinger{1000};
constexpr std::size_t kLingerBytesMax = 4U << 20;
// How far a file that is too large is read, for the same reason.
constexpr std::uint64_t kReadThroughBytesMax = std::uint64_t{4} << 30;
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::size_t kReadBytes = 16U << 10;
constexpr std::string_view kLastChunk = "0\r\n\r\n";

// A request that is not handed to the handler: how it failed, and why.
struct Refusal {
  int status;
  base::Error error;
};

std::optional<Refusal> refusal(int status, std::unexpected<base::Error> error) {
  return Refusal{status, std::move(error).error()};
}

std::optional<Refusal> malformed() {
  return refusal(400, base::fail("malformed_request", "this is not an HTTP/1.1 request"));
}

std::optional<Refusal> headers_too_large() {
  return refusal(431, base::fail("headers_too_large",
                                 "the request's headers are too large; send fewer cookies or "
                                 "shorter headers"));
}

std::optional<Refusal> body_too_large() {
  return refusal(413,
                 base::fail("body_too_large", "the request's body is too large; send it in parts"));
}

base::Error upload_too_large(std::uint64_t bytes_max) {
  return base::fail("upload_too_large", "the file is too large: at most " +
                                            std::to_string(bytes_max >> 20) +
                                            " MiB are taken (server.upload_megabytes)")
      .error();
}

// What a parser's error is for the client. Nothing where there is nobody left to tell.
std::optional<Refusal> refusal_of(beast::error_code error) {
  namespace http = beast::http;
  static const beast::error_code kSample = http::error::bad_method;
  if (error.category() != kSample.category()) return std::nullopt;  // The connection broke.
  if (error == http::error::end_of_stream || error == http::error::partial_message) {
    return std::nullopt;
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return headers_too_large();
  }
  if (error == http::error::body_limit) {
    return body_too_large();
  }
  return malformed();
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// "/path?query" of a target, which clients of proxies send with the server's name before it
// (RFC 9112 3.2.2). Empty where it has neither form.
std::string_view origin_form(std::string_view target) {
  if (target.starts_with("http://") || target.starts_with("https://")) {
    const std::size_t slash = target.find('/', target.find("//") + 2);
    return slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  return target.starts_with('/') ? target : std::string_view();
}

// Values come from code of ours, which may have put a user's word in: a line end must not begin
// a header of its own.
void append_header(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  for (const char c : value) out.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  out += "\r\n";
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

struct AnswerForm {
  bool head_only = false;  // The answer to a HEAD.
  bool chunked = false;
  bool keep_alive = false;
};

std::string write_head(const Response& response, const AnswerForm& form) {
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head += reason_phrase(response.status);
  head += "\r\n";
  for (const auto& [name, value] : response.headers.rows()) append_header(head, name, value);
  if (form.chunked) {
    append_header(head, "Transfer-Encoding", "chunked");
  } else if (!has_no_body(response.status) && !response.next_piece && !response.feed) {
    append_header(head, "Content-Length", std::to_string(response.body.size()));
  }
  append_header(head, "Connection", form.keep_alive ? "keep-alive" : "close");
  head += "\r\n";
  return head;
}

std::string as_chunk(std::string_view piece) {
  char size[20];
  const int length = std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
  std::string chunk(size, static_cast<std::size_t>(length));
  chunk += piece;
  chunk += "\r\n";
  return chunk;
}

// Tells a feed that its reader is gone, however the coroutine ends.
class Detached {
 public:
  explicit Detached(Feed& feed) : feed_(feed) {}
  ~Detached() { feed_.detach(); }
  Detached(const Detached&) = delete;
  Detached& operator=(const Detached&) = delete;

 private:
  Feed& feed_;
};

// One client's connection: a coroutine on a strand of its own.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  // Told to the listener, so that it can count, and stop, its connections.
  using Ended = std::function<void(const std::shared_ptr<Connection>&)>;

  Connection(tcp::socket socket, Handler& handler, const ServerLimits& limits,
             const std::atomic<bool>& stopping)
      : stream_(std::move(socket)), handler_(handler), limits_(limits), stopping_(stopping) {
    beast::error_code error;
    const auto endpoint = stream_.socket().remote_endpoint(error);
    net::ip::address address = endpoint.address();
    if (address.is_v6() && address.to_v6().is_v4_mapped()) {
      address = net::ip::make_address_v4(net::ip::v4_mapped, address.to_v6());
    }
    if (!error) peer_ = address.to_string();
    stream_.socket().set_option(tcp::no_delay(true), error);
  }

  void start(Ended ended) {
    net::co_spawn(
        stream_.get_executor(), [self = shared_from_this()] { return self->serve(); },
        [self = shared_from_this(), ended = std::move(ended)](const std::exception_ptr&) {
          self->close();
          ended(self);
        });
  }

  // Closes what waits for a request; a feed says its last and ends.
  void close_if_idle() {
    net::post(stream_.get_executor(), [self = shared_from_this()] {
      if (self->idle_) self->close();
      self->end_feed();
    });
  }

  void close_now() {
    net::post(stream_.get_executor(), [self = shared_from_this()] { self->close(); });
  }

 private:
  void close() {
    beast::error_code ignored;
    stream_.socket().close(ignored);
  }

  net::awaitable<void> serve() {
    bool going_on = true;
    while (going_on) {
      const bool began = co_await wait_for_request();
      if (!began) co_return;
      going_on = co_await serve_one();
    }
    if (refused_) co_await linger();
  }

  // False: the client went away, said nothing for too long, or the server is stopping.
  net::awaitable<bool> wait_for_request() {
    if (buffer_.size() > 0) co_return true;  // Pipelined: the next request is here already.
    if (stopping_) co_return false;
    idle_ = true;
    stream_.expires_after(limits_.idle);
    beast::error_code error;
    const std::size_t count = co_await stream_.async_read_some(
        buffer_.prepare(kReadBytes), net::redirect_error(net::use_awaitable, error));
    idle_ = false;
    buffer_.commit(count);
    co_return !error;
  }

  // Reads a request, answers it. False: the connection ends here.
  net::awaitable<bool> serve_one() {
    Parser parser;
    // The library counts headers and what follows in one read together; one byte more than the
    // limit is how it notices that there is too much.
    parser.header_limit(static_cast<std::uint32_t>(limits_.header_bytes_max));
    // Of a larger body the handler says whether it is taken; the library would refuse it with the
    // head.
    parser.body_limit(std::numeric_limits<std::uint64_t>::max());

    stream_.expires_after(limits_.header);
    beast::error_code error;
    co_await beast::http::async_read_header(stream_, buffer_, parser,
                                            net::redirect_error(net::use_awaitable, error));
    if (error) co_return co_await answer_refusal(refusal_of(error));
    std::optional<Refusal> wrong = check_head(parser);
    if (wrong) co_return co_await answer_refusal(std::move(wrong));

    std::optional<BodyPlan> plan;
    if (may_be_large(parser)) {
      plan = handler_.plan_body(head_of(parser.get()));
      wrong = check_plan(parser, *plan);
      if (wrong) co_return co_await answer_refusal(std::move(wrong));
    }
    parser.body_limit(limits_.body_bytes_max);
    stream_.expires_after(limits_.body);
    const bool asked = co_await answer_expectation(parser);
    if (!asked) co_return false;
    if (plan && plan->bytes_max > 0) co_return co_await serve_upload(parser, *plan);
    if (!parser.is_done()) {
      co_await beast::http::async_read(stream_, buffer_, parser,
                                       net::redirect_error(net::use_awaitable, error));
      if (error) co_return co_await answer_refusal(refusal_of(error));
    }
    const Wish wish = wish_of(parser);
    co_return co_await answer(take_request(parser), wish);
  }

  // What is asked of the connection once the answer is sent.
  struct Wish {
    bool keep_alive = false;
    bool chunks_known = false;
  };
  static Wish wish_of(const Parser& parser) {
    return {parser.get().keep_alive(), parser.get().version() >= 11};
  }

  net::awaitable<bool> answer(const Request request, Wish wish) {
    Response response = handler_.handle(request);
    if (response.later) response = co_await await_later(std::move(response.later));

    AnswerForm form;
    form.head_only = request.method == Method::kHead;
    const bool pieces = response.next_piece || response.feed;
    form.chunked = pieces && wish.chunks_known && !has_no_body(response.status);
    // While a feed is open the client's silence is listened to; no request can follow it.
    form.keep_alive =
        wish.keep_alive && !stopping_ && !response.feed && (!response.next_piece || form.chunked);
    const bool sent = co_await write_answer(std::move(response), form);
    co_return sent&& form.keep_alive;
  }

  // A body that its head does not show to be small.
  bool may_be_large(const Parser& parser) const {
    const auto length = parser.content_length();
    return parser.chunked() || (length && *length > limits_.body_bytes_max);
  }

  std::optional<Refusal> check_plan(const Parser& parser, const BodyPlan& plan) const {
    const auto length = parser.content_length();
    if (plan.bytes_max > 0 || !length || *length <= limits_.body_bytes_max) return std::nullopt;
    return body_too_large();
  }

  // Reads a body into a file, a piece at a time. A client has as long for each as for a whole
  // body in memory.
  net::awaitable<bool> serve_upload(Parser& head, const BodyPlan& plan) {
    Request request = head_of(head.get());
    const Wish wish = wish_of(head);
    UploadParser parser(std::move(head));
    parser.body_limit(std::max(plan.bytes_max, kReadThroughBytesMax));
    flows::Snapshot::Writer writer("body", plan.spool_folder);
    std::optional<base::Error> failed;
    std::uint64_t size = 0;
    std::vector<char> piece(flows::Snapshot::kChunkBytes);
    while (!parser.is_done()) {
      auto& body = parser.get().body();
      body.data = piece.data();
      body.size = piece.size();
      stream_.expires_after(limits_.body);
      beast::error_code error;
      co_await beast::http::async_read(stream_, buffer_, parser,
                                       net::redirect_error(net::use_awaitable, error));
      if (error == beast::http::error::need_buffer) error = {};
      if (error) co_return co_await answer_refusal(refusal_of(error));
      const std::size_t count = piece.size() - body.size;
      size += count;
      if (size > plan.bytes_max && !failed) failed = upload_too_large(plan.bytes_max);
      if (failed) continue;
      if (auto added = writer.add({piece.data(), count}); !added) failed = added.error();
    }
    request.upload = std::make_shared<Upload>(std::move(writer).finish(), std::move(failed));
    co_return co_await answer(std::move(request), wish);
  }

  // What is wrong with a head that the parser took.
  std::optional<Refusal> check_head(const Parser& parser) const {
    using beast::http::field;
    const auto& message = parser.get();
    if (message.target().size() > limits_.target_bytes_max) {
      return refusal(414, base::fail("address_too_long", "the address is too long"));
    }
    if (origin_form(view(message.target())).empty()) return malformed();
    const auto encoding = message.find(field::transfer_encoding);
    if (encoding != message.end() && !beast::iequals(encoding->value(), "chunked")) {
      return refusal(501, base::fail("transfer_encoding_not_supported",
                                     "bodies are sent plain or chunked, in no other encoding"));
    }
    if (message.version() >= 11 && message.count(field::host) != 1) {
      return refusal(400, base::fail("host_header_missing",
                                     "an HTTP/1.1 request names its host exactly once"));
    }
    const auto expectation = message.find(field::expect);
    if (expectation != message.end() && !beast::iequals(expectation->value(), "100-continue")) {
      return refusal(417, base::fail("expectation_not_supported",
                                     "the only expectation that can be met is 100-continue"));
    }
    return std::nullopt;
  }

  net::awaitable<bool> answer_expectation(const Parser& parser) {
    if (parser.get().count(beast::http::field::expect) == 0 || parser.is_done()) co_return true;
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    beast::error_code error;
    co_await net::async_write(stream_, net::buffer(kContinue),
                              net::redirect_error(net::use_awaitable, error));
    co_return !error;
  }

  Request take_request(Parser& parser) const {
    auto message = parser.release();
    Request request = head_of(message);
    request.body = std::move(message.body());
    return request;
  }

  template <class Message>
  Request head_of(const Message& message) const {
    Request request;
    request.method = parse_method(view(message.method_string()));
    const std::string_view target = origin_form(view(message.target()));
    const std::size_t mark = std::min(target.find('?'), target.size());
    request.path = target.substr(0, mark);
    if (mark < target.size()) request.query = target.substr(mark + 1);
    for (const auto& field : message) {
      request.headers.add(view(field.name_string()), view(field.value()));
    }
    request.peer = peer_;
    return request;
  }

  // Never goes on: what follows on the connection may be the rest of what was refused.
  net::awaitable<bool> answer_refusal(std::optional<Refusal> wrong) {
    if (!wrong) co_return false;  // There is nobody to tell.
    refused_ = true;
    Response response = handler_.refuse(wrong->status, wrong->error);
    co_await write_answer(std::move(response), AnswerForm{});
    co_return false;
  }

  // The thread serves others until the answer is ready.
  net::awaitable<Response> await_later(std::shared_ptr<Later> later) {
    net::steady_timer ready(stream_.get_executor());
    ready.expires_at(net::steady_timer::time_point::max());
    bool is_ready = false;
    later->begin([this, self = shared_from_this(), &ready, &is_ready] {
      net::post(stream_.get_executor(), [self, &ready, &is_ready] {
        is_ready = true;
        ready.cancel();
      });
    });
    beast::error_code error;
    while (!is_ready) {
      co_await ready.async_wait(net::redirect_error(net::use_awaitable, error));
    }
    co_return later->finish();
  }

  net::awaitable<bool> write_answer(Response response, AnswerForm form) {
    std::string head = write_head(response, form);
    const bool with_body = !form.head_only && !has_no_body(response.status);
    // One write for both: a second packet would wait for the first one's receipt.
    const std::array<net::const_buffer, 2> parts = {
        net::buffer(head), with_body ? net::buffer(response.body) : net::const_buffer()};
    stream_.expires_after(limits_.write);
    beast::error_code error;
    co_await net::async_write(stream_, parts, net::redirect_error(net::use_awaitable, error));
    if (response.feed) {
      const Detached at_end(*response.feed);
      if (!error && with_body) co_await write_feed(*response.feed, form.chunked);
      co_return false;
    }
    if (error || !with_body || !response.next_piece) co_return !error;
    for (;;) {
      const auto piece = response.next_piece();
      if (!piece) co_return false;
      if (!*piece) break;
      if ((*piece)->empty()) continue;
      if (co_await write_piece(**piece, form.chunked)) co_return false;
    }
    if (!form.chunked) co_return true;
    co_return !co_await write_bytes(kLastChunk);
  }

  // Until the feed or the client ends it. A client that takes nothing is cut off by the timeout of
  // writing; one that is gone, by what is read from it: anything at all.
  net::awaitable<void> write_feed(Feed& feed, bool chunked) {
    net::steady_timer news(stream_.get_executor());
    news_ = &news;
    buffer_.clear();
    buffer_.shrink_to_fit();
    feed.attach([weak = weak_from_this(), executor = stream_.get_executor()] {
      net::post(executor, [weak] {
        if (const auto self = weak.lock(); self && self->news_ != nullptr) self->news_->cancel();
      });
    });
    stream_.socket().async_read_some(
        net::buffer(&unread_, 1),
        [self = shared_from_this()](beast::error_code, std::size_t) { self->end_feed(); });
    beast::error_code error;
    bool is_late = false;  // The heartbeat's time has come.
    while (!error && !feed_ended_) {
      Feed::News taken = feed.take();
      if (taken.text.empty() && is_late) taken.text = feed.options().heartbeat;
      is_late = false;
      if (!taken.text.empty()) {
        error = co_await write_piece(taken.text, chunked);
        continue;  // There may be more by now.
      }
      if (taken.is_last) break;
      news.expires_after(feed.options().heartbeat_every);
      beast::error_code woken;
      co_await news.async_wait(net::redirect_error(net::use_awaitable, woken));
      is_late = !woken;
    }
    news_ = nullptr;
    if (!error && chunked) co_await write_bytes(kLastChunk);
  }

  void end_feed() {
    feed_ended_ = true;
    if (news_ != nullptr) news_->cancel();
  }

  net::awaitable<beast::error_code> write_piece(const std::string& piece, bool chunked) {
    const std::string bytes = chunked ? as_chunk(piece) : piece;
    co_return co_await write_bytes(bytes);
  }

  net::awaitable<beast::error_code> write_bytes(std::string_view bytes) {
    stream_.expires_after(limits_.write);
    beast::error_code error;
    co_await net::async_write(stream_, net::buffer(bytes),
                              net::redirect_error(net::use_awaitable, error));
    co_return error;
  }

  // Says that nothing more comes, and reads what the client still sends: closing at once would
  // reset the connection and throw away the answer on its way.
  net::awaitable<void> linger() {
    beast::error_code error;
    stream_.socket().shutdown(tcp::socket::shutdown_send, error);
    stream_.expires_after(kLinger);
    std::size_t count = 0;
    while (!error && count < kLingerBytesMax) {
      buffer_.clear();
      count += co_await stream_.async_read_some(buffer_.prepare(kReadBytes),
                                                net::redirect_error(net::use_awaitable, error));
    }
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  Handler& handler_;
  const ServerLimits& limits_;
  const std::atomic<bool>& stopping_;
  std::string peer_;
  // Only read and written on the strand.
  bool idle_ = false;
  bool refused_ = false;  // What came has not been read to its end.
  bool feed_ended_ = false;
  net::steady_timer* news_ = nullptr;  // While a feed is open.
  char unread_ = 0;
};

base::Result<tcp::endpoint> parse_endpoint(const ServerOptions& options) {
  const std::string host = options.address == "localhost" ? "127.0.0.1" : options.address;
  beast::error_code error;
  const auto address = net::ip::make_address(host, error);
  if (error) {
    return base::fail("bad_listen_address",
                      "'" + options.address + "' is not an IP address to listen on");
  }
  return tcp::endpoint(address, options.port);
}

std::unexpected<base::Error> listen_error(const ServerOptions& options, beast::error_code error) {
  const std::string where = options.address + " port " + std::to_string(options.port);
  if (error == net::error::address_in_use) {
    return base::fail("address_in_use", "another program listens on " + where +
                                            " already; stop it or choose another port");
  }
  if (error == net::error::access_denied) {
    return base::fail("address_not_permitted",
                      "this user may not listen on " + where + "; choose a port above 1023");
  }
  return base::fail("cannot_listen", "cannot listen on " + where + ": " + error.message());
}

}  // namespace

class Server::Listener {
 public:
  explicit Listener(const ServerOptions& options)
      : limits_(options.limits),
        threads_wanted_(std::max(options.threads, 1)),
        acceptor_(net::make_strand(context_)) {}

  ~Listener() { stop(std::chrono::milliseconds(0)); }

  base::Result<> listen(const ServerOptions& options) {
    const tcp::endpoint endpoint = TRY(parse_endpoint(options));
    beast::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(net::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(net::socket_base::max_listen_connections, error);
    if (error) return listen_error(options, error);
    port_ = acceptor_.local_endpoint().port();
    return {};
  }

  void run(Handler& handler) {
    handler_ = &handler;
    net::co_spawn(acceptor_.get_executor(), accept_all(), net::detached);
    for (int thread = 0; thread < threads_wanted_; ++thread) {
      threads_.emplace_back([this] { context_.run(); });
    }
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }

  void stop(std::chrono::milliseconds deadline) {
    if (threads_.empty()) return;
    stopping_ = true;
    net::post(acceptor_.get_executor(), [this] {
      beast::error_code ignored;
      acceptor_.close(ignored);
    });
    {
      std::unique_lock lock(mutex_);
      for (const auto& connection : connections_) connection->close_if_idle();
      all_ended_.wait_for(lock, deadline, [this] { return connections_.empty(); });
      for (const auto& connection : connections_) connection->close_now();
      all_ended_.wait_for(lock, kLinger, [this] { return connections_.empty(); });
    }
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

 private:
  net::awaitable<void> accept_all() {
    while (!stopping_) {
      beast::error_code error;
      tcp::socket socket = co_await acceptor_.async_accept(
          net::make_strand(context_), net::redirect_error(net::use_awaitable, error));
      if (error == net::error::operation_aborted || stopping_) co_return;
      if (error) {  // Out of descriptors, most likely: others will close theirs.
        net::steady_timer pause(acceptor_.get_executor(), kAcceptPause);
        co_await pause.async_wait(net::redirect_error(net::use_awaitable, error));
        continue;
      }
      admit(std::move(socket));
    }
  }

  void admit(tcp::socket socket) {
    const std::scoped_lock lock(mutex_);
    if (connections_.size() >= limits_.connections_max) return;  // Closes the socket.
    auto connection =
        std::make_shared<Connection>(std::move(socket), *handler_, limits_, stopping_);
    connections_.insert(connection);
    connection->start([this](const std::shared_ptr<Connection>& ended) { forget(ended); });
  }

  void forget(const std::shared_ptr<Connection>& connection) {
    const std::scoped_lock lock(mutex_);
    connections_.erase(connection);
    if (connections_.empty()) all_ended_.notify_all();
  }

  Handler* handler_ = nullptr;  // From run() on.
  ServerLimits limits_;
  int threads_wanted_;
  std::atomic<bool> stopping_ = false;
  std::uint16_t port_ = 0;
  std::mutex mutex_;
  std::condition_variable all_ended_;
  // Before the sets that hold sockets: those must be gone before the context goes.
  net::io_context context_;
  tcp::acceptor acceptor_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::vector<std::thread> threads_;
};

base::Result<Server> Server::listen(const ServerOptions& options) {
  auto listener = std::make_unique<Listener>(options);
  TRY(listener->listen(options));
  return Server(std::move(listener));
}

base::Result<Server> Server::start(Handler& handler, const ServerOptions& options) {
  auto server = TRY(listen(options));
  server.serve(handler);
  return server;
}

void Server::serve(Handler& handler) { listener_->run(handler); }

Server::Server(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

std::uint16_t Server::port() const { return listener_->port(); }
void Server::stop(std::chrono::milliseconds deadline) { listener_->stop(deadline); }

}  // namespace web
