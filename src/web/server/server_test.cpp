// The server on a real socket: what clients may do, proper and otherwise, and how it stops.
#include "web/server/server.h"

#include <atomic>
#include <condition_variable>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/http_client.h"
#include "web/feed.h"
#include "web/upload.h"

namespace web {
namespace {

using namespace std::chrono_literals;
using tests::HttpAnswer;
using tests::HttpClient;

// Answers with what it was asked, so that a test sees what arrived.
class Echo final : public Handler {
 public:
  Response handle(const Request& request) override {
    if (request.path == "/slow") {
      began.count_down();
      release.wait();
    }
    if (request.path == "/pieces") return pieces();
    if (request.path == "/later") return later(request);
    if (request.path == "/feed") {
      Response response = text_response(200, "");
      response.feed = feed;
      return response;
    }
    if (request.upload) return told(*request.upload);
    Response response = text_response(request.path == "/none" ? 204 : 200, "");
    response.body = std::string(to_text(request.method)) + " " + request.path + "?" +
                    request.query + " " + std::to_string(request.body.size()) + " " + request.peer;
    if (request.path == "/evil") response.headers.set("X-Evil", "a\r\nSet-Cookie: b=c");
    return response;
  }

  BodyPlan plan_body(const Request& head) override {
    if (head.path != "/file") return {};
    return {3U << 20, "/tmp"};
  }

  Response refuse(int status, const base::Error& error) override {
    return text_response(status, error.code);
  }

  std::latch began{1};
  std::latch release{1};
  std::shared_ptr<Feed> feed = std::make_shared<Feed>();
  // Those who wait for /later, in their order.
  std::mutex mutex;
  std::condition_variable asked;
  std::vector<std::function<void()>> waiting;

 private:
  Response later(const Request& request) {
    auto answer = std::make_shared<Later>();
    answer->begin = [this](std::function<void()> ready) {
      const std::scoped_lock lock(mutex);
      waiting.push_back(std::move(ready));
      asked.notify_all();
    };
    answer->finish = [&request] { return text_response(200, "later " + request.query); };
    Response response;
    response.later = answer;
    return response;
  }

  static Response told(const Upload& upload) {
    if (upload.error) return text_response(413, upload.error->code);
    return text_response(
        200, std::to_string(upload.bytes.size()) + " " + crypto::to_hex(upload.bytes.sha256()));
  }

  static Response pieces() {
    Response response = text_response(200, "");
    response.next_piece = [left = 3]() mutable -> base::Result<std::optional<std::string>> {
      if (left == 0) return std::nullopt;
      return std::string(10000, static_cast<char>('a' + left--));
    };
    return response;
  }
};

class ServerTest : public testing::Test {
 protected:
  void start(ServerLimits limits = {}) {
    auto started = Server::start(echo_, {.threads = 2, .limits = limits});
    ASSERT_TRUE(started.has_value());
    server_.emplace(*std::move(started));
  }

  Echo echo_;
  std::optional<Server> server_;
};

TEST_F(ServerTest, AnswersAndKeepsTheConnection) {
  start();
  HttpClient client(server_->port());
  ASSERT_TRUE(client.send("GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n"));
  const auto first = client.read_answer();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->body, "GET /a?b=c 0 127.0.0.1");
  EXPECT_EQ(first->header("Connection"), "keep-alive");
  ASSERT_TRUE(client.send("POST /d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nxyz"));
  EXPECT_EQ(client.read_answer().value().body, "POST /d? 3 127.0.0.1");
}

TEST_F(ServerTest, AnswersPipelinedRequestsInOrder) {
  start();
  HttpClient client(server_->port());
  std::string bytes;
  for (int number = 0; number < 50; ++number) {
    bytes += "GET /" + std::to_string(number) + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  ASSERT_TRUE(client.send(bytes));
  for (int number = 0; number < 50; ++number) {
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_TRUE(answer->body.starts_with("GET /" + std::to_string(number) + "?")) << answer->body;
  }
}

TEST_F(ServerTest, WellFormedInEveryWay) {
  start();
  struct Row {
    std::string_view what;
    std::string_view bytes;
    int status;
    std::string_view body;
  };
  const Row rows[] = {
      {"chunked body",
       "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
       200, "POST /c? 3 127.0.0.1"},
      {"HTTP/1.0 without host", "GET /old HTTP/1.0\r\n\r\n", 200, "GET /old? 0 127.0.0.1"},
      {"the whole address, as to a proxy", "GET http://x/p?q HTTP/1.1\r\nHost: x\r\n\r\n", 200,
       "GET /p?q 0 127.0.0.1"},
      {"a method of another world", "BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n", 200,
       "OTHER /pot? 0 127.0.0.1"},
      {"an answer without body", "GET /none HTTP/1.1\r\nHost: x\r\n\r\n", 204, ""},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.what);
    HttpClient client(server_->port());
    ASSERT_TRUE(client.send(row.bytes));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, row.status);
    EXPECT_EQ(answer->body, row.body);
  }
}

TEST_F(ServerTest, MalformedRequestsAreRefusedAndTheConnectionEnds) {
  start();
  struct Row {
    std::string bytes;
    int status;
    std::string_view code;
  };
  const std::string many(20'000, 'a');
  const Row rows[] = {
      {"hello\r\n\r\n", 400, "malformed_request"},
      {std::string("\0\0\0\0\r\n\r\n", 8), 400, "malformed_request"},
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400, "malformed_request"},  // TLS.
      {"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400, "malformed_request"},
      {"GET /\r\n\r\n", 400, "malformed_request"},
      {"GET relative HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed_request"},
      {"GET /\x01 HTTP/1.1\r\nHost: x\r\n\r\n", 400, "malformed_request"},
      {"GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400, "malformed_request"},
      {"GET / HTTP/1.1\r\nHost: x\r\nNo colon\r\n\r\n", 400, "malformed_request"},
      {"GET / HTTP/1.1\r\nHost: x\r\nA: b\x01\r\n\r\n", 400, "malformed_request"},
      {"GET / HTTP/1.1\r\n\r\n", 400, "host_header_missing"},
      {"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400, "host_header_missing"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400, "malformed_request"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400,
       "malformed_request"},
      // Two ideas of where the body ends: how requests are smuggled past a proxy.
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
       "malformed_request"},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", 501,
       "transfer_encoding_not_supported"},
      {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400,
       "malformed_request"},
      {"POST / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\nContent-Length: 1\r\n\r\na", 417,
       "expectation_not_supported"},
      {"GET /" + many + " HTTP/1.1\r\nHost: x\r\n\r\n", 431, "headers_too_large"},
      {"GET /" + many.substr(0, 9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414, "address_too_long"},
      {"GET / HTTP/1.1\r\nHost: x\r\nCookie: " + many + "\r\n\r\n", 431, "headers_too_large"},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", 413, "body_too_large"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.bytes.substr(0, 90));
    HttpClient client(server_->port());
    ASSERT_TRUE(client.send(row.bytes));
    const auto answer = client.read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->status, row.status);
    EXPECT_EQ(answer->body, row.code);
    EXPECT_EQ(answer->header("Connection"), "close");
    EXPECT_TRUE(client.waits_until_closed());
  }
  HttpClient client(server_->port());
  EXPECT_EQ(client.get("/still-here").status, 200);
}

TEST_F(ServerTest, AnyBytesAtAllNeverStopTheServer) {
  start();
  // Each request cut at every byte, and with every byte replaced by ones that mean something.
  const std::string proper =
      "POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nCookie: a=b\r\n\r\nok";
  for (std::size_t at = 0; at < proper.size(); ++at) {
    for (const char replaced : {'\0', '\r', '\n', ':', '\xff'}) {
      std::string bytes = proper.substr(0, at);
      bytes.push_back(replaced);
      bytes += proper.substr(at + 1);
      HttpClient client(server_->port());
      static_cast<void>(client.send(bytes.substr(0, bytes.size() - at % 3)));
    }
  }
  HttpClient client(server_->port());
  EXPECT_EQ(client.get("/still-here").status, 200);
}

TEST_F(ServerTest, AsksForTheBodyOnlyWhenItWantsIt) {
  start();
  HttpClient client(server_->port());
  ASSERT_TRUE(client.send(
      "POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"));
  EXPECT_EQ(client.read_answer().value().status, 100);
  ASSERT_TRUE(client.send("ok"));
  EXPECT_EQ(client.read_answer().value().body, "POST /e? 2 127.0.0.1");
  ASSERT_TRUE(client.send(
      "POST /e HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9999999\r\n\r\n"));
  EXPECT_EQ(client.read_answer().value().status, 413);
}

// A body that is too large for memory goes to a file where the handler says so.
TEST_F(ServerTest, LargeBodiesGoToAFile) {
  start();
  HttpClient client(server_->port());
  const std::string file(2'500'000, 'x');
  const std::string told = std::to_string(file.size()) + " " + crypto::to_hex(crypto::sha256(file));
  EXPECT_EQ(client.request("POST", "/file", file).body, told);
  EXPECT_EQ(client.request("POST", "/file", "small").body, "POST /file? 5 127.0.0.1");
  // The same in chunks, whose sum nobody says before.
  std::string chunked = "POST /file HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int count = 0; count < 25; ++count) {
    chunked += "186a0\r\n" + std::string(100'000, 'x') + "\r\n";
  }
  ASSERT_TRUE(client.send(chunked + "0\r\n\r\n"));
  EXPECT_EQ(client.read_answer()->body, told);
  // Too large for the handler: it is read to its end, so that the answer arrives.
  const HttpAnswer refused = client.request("POST", "/file", std::string(4U << 20, 'x'));
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(refused.body, "upload_too_large");
  EXPECT_EQ(client.request("POST", "/file", file).body, told) << "the connection goes on";
  // Elsewhere the limit of memory holds, with a length and without.
  EXPECT_EQ(client.request("POST", "/other", file).body, "body_too_large");
  client.reconnect();
  chunked.replace(chunked.find("/file"), 5, "/less");
  client.send(chunked + "0\r\n\r\n");
  const auto answer = client.read_answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "body_too_large");
}

TEST_F(ServerTest, TheAnswerToHeadHasLengthButNoBody) {
  start();
  HttpClient client(server_->port());
  const HttpAnswer answer = client.request("HEAD", "/a");
  EXPECT_EQ(answer.header("Content-Length"), "20");
  EXPECT_EQ(client.get("/b").body, "GET /b? 0 127.0.0.1");  // Nothing was left on the line.
}

TEST_F(ServerTest, SendsABodyInPieces) {
  start();
  HttpClient client(server_->port());
  const HttpAnswer answer = client.get("/pieces");
  EXPECT_EQ(answer.header("Transfer-Encoding"), "chunked");
  EXPECT_EQ(answer.body.size(), 30000U);
  EXPECT_EQ(client.get("/b").status, 200);
  ASSERT_TRUE(client.send("GET /pieces HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(client.read_answer().value().body.size(), 30000U);
}

TEST_F(ServerTest, ALineEndInAValueBeginsNoHeader) {
  start();
  HttpClient client(server_->port());
  const HttpAnswer answer = client.get("/evil");
  EXPECT_EQ(answer.header("X-Evil"), "a  Set-Cookie: b=c");
  EXPECT_EQ(answer.header("Set-Cookie"), "");
}

TEST_F(ServerTest, CutsOffWhoIsTooSlow) {
  start({.idle = 200ms, .header = 200ms, .body = 200ms});
  const std::string_view beginnings[] = {
      "",                                                            // Says nothing.
      "GET / HTTP/1.1\r\nHost: x\r\nX-A: b\r\n",                     // Never ends its headers.
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",  // Nor its body.
  };
  for (const std::string_view beginning : beginnings) {
    SCOPED_TRACE(beginning);
    HttpClient client(server_->port());
    ASSERT_TRUE(client.send(beginning));
    EXPECT_TRUE(client.waits_until_closed());
  }
}

TEST_F(ServerTest, ATrickleOfHeadersDoesNotKeepTheConnection) {
  start({.header = 300ms});
  HttpClient client(server_->port());
  bool taken = true;
  for (int count = 0; taken && count < 100; ++count) {
    taken = client.send(count == 0 ? "GET / HTTP/1.1\r\n" : "X-A: b\r\n");
    std::this_thread::sleep_for(20ms);
  }
  EXPECT_FALSE(taken);
}

TEST_F(ServerTest, TakesNoMoreConnectionsThanItsLimit) {
  start({.connections_max = 2});
  HttpClient first(server_->port());
  HttpClient second(server_->port());
  EXPECT_EQ(first.get("/a").status, 200);
  EXPECT_EQ(second.get("/a").status, 200);
  HttpClient third(server_->port());
  EXPECT_TRUE(third.waits_until_closed());
  EXPECT_EQ(first.get("/a").status, 200);
}

TEST_F(ServerTest, SaysThatTheAddressIsInUse) {
  start();
  const auto second = Server::start(echo_, {.port = server_->port()});
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, "address_in_use");
  EXPECT_EQ(Server::start(echo_, {.address = "nowhere"}).error().code, "bad_listen_address");
  EXPECT_EQ(Server::start(echo_, {.address = "203.0.113.1"}).error().code, "cannot_listen");
}

TEST_F(ServerTest, StopsWhenRequestsInFlightAreAnswered) {
  start();
  HttpClient idle(server_->port());
  EXPECT_EQ(idle.get("/a").status, 200);
  HttpClient busy(server_->port());
  ASSERT_TRUE(busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"));
  echo_.began.wait();

  auto stopped = std::async(std::launch::async, [this] { server_->stop(10s); });
  EXPECT_TRUE(idle.waits_until_closed());
  EXPECT_EQ(stopped.wait_for(50ms), std::future_status::timeout);
  echo_.release.count_down();
  const auto answer = busy.read_answer();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_EQ(stopped.wait_for(5s), std::future_status::ready);
  HttpClient late(server_->port());
  EXPECT_EQ(late.get("/a").status, 0);
}

TEST_F(ServerTest, ClosesWhatIsLeftAtTheDeadline) {
  start();
  HttpClient stuck(server_->port());
  ASSERT_TRUE(stuck.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"));
  std::this_thread::sleep_for(50ms);
  const auto begin = std::chrono::steady_clock::now();
  server_->stop(100ms);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  EXPECT_TRUE(stuck.waits_until_closed());
}

// Two threads serve: if those who wait held one each, the fourth request would never be answered.
TEST_F(ServerTest, WhoWaitsForALaterAnswerHoldsNoThread) {
  start();
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (int number = 0; number < 3; ++number) {
    clients.push_back(std::make_unique<HttpClient>(server_->port()));
    ASSERT_TRUE(clients.back()->send("GET /later?" + std::to_string(number) +
                                     " HTTP/1.1\r\nHost: x\r\n\r\n"));
  }
  {
    std::unique_lock lock(echo_.mutex);
    ASSERT_TRUE(echo_.asked.wait_for(lock, 10s, [this] { return echo_.waiting.size() == 3; }));
  }
  HttpClient other(server_->port());
  EXPECT_EQ(other.get("/a").status, 200);
  for (const auto& ready : echo_.waiting) ready();
  for (int number = 0; number < 3; ++number) {
    const auto answer = clients[static_cast<std::size_t>(number)]->read_answer();
    ASSERT_TRUE(answer.has_value());
    EXPECT_EQ(answer->body, "later " + std::to_string(number));
    EXPECT_EQ(answer->header("Connection"), "keep-alive");
  }
}

TEST_F(ServerTest, AFeedSendsWhatIsWrittenUntilItEnds) {
  start();
  echo_.feed->write("before\n");
  HttpClient client(server_->port());
  ASSERT_TRUE(client.send("GET /feed HTTP/1.1\r\nHost: x\r\n\r\n"));
  std::string seen;
  while (!seen.contains("before\n")) seen += client.read_some();
  EXPECT_TRUE(seen.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(seen.contains("Transfer-Encoding: chunked\r\n"));
  EXPECT_TRUE(echo_.feed->write("while open\n"));
  while (!seen.contains("while open\n")) seen += client.read_some();
  EXPECT_TRUE(echo_.feed->write("last\n"));
  echo_.feed->end();
  EXPECT_FALSE(echo_.feed->write("too late\n"));
  while (!seen.ends_with("0\r\n\r\n")) seen += client.read_some();
  EXPECT_TRUE(seen.contains("last\n"));
  EXPECT_FALSE(seen.contains("too late"));
  EXPECT_TRUE(client.waits_until_closed());
}

TEST_F(ServerTest, AFeedWithoutNewsHasAHeartbeat) {
  echo_.feed = std::make_shared<Feed>(Feed::Options{.heartbeat = "beat\n", .heartbeat_every = 1ms});
  start();
  HttpClient client(server_->port());
  ASSERT_TRUE(client.send("GET /feed HTTP/1.0\r\n\r\n"));
  std::string seen;
  while (!seen.contains("beat\nbeat\nbeat\n")) {
    const std::string more = client.read_some();
    ASSERT_FALSE(more.empty());
    seen += more;
  }
}

TEST_F(ServerTest, AFeedIsOverWhenItsReaderIsGone) {
  start();
  {
    HttpClient client(server_->port());
    ASSERT_TRUE(client.send("GET /feed HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_TRUE(client.read_some().starts_with("HTTP/1.1 200"));
    EXPECT_FALSE(echo_.feed->is_over());
  }
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  while (!echo_.feed->is_over() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_TRUE(echo_.feed->is_over());
}

TEST_F(ServerTest, AFeedThatIsNotReadIsCutAtItsLimit) {
  Feed feed({.bytes_max = 10});
  EXPECT_TRUE(feed.write("12345"));
  EXPECT_TRUE(feed.write("67890"));
  EXPECT_FALSE(feed.write("1"));
  EXPECT_TRUE(feed.is_over());
  EXPECT_EQ(feed.take().text, "1234567890");
}

// Far more open feeds than threads; the server answers others, and stops at once.
TEST_F(ServerTest, ManyFeedsHoldNoThreadAndEndWhenTheServerStops) {
  start();
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (int number = 0; number < 200; ++number) {
    clients.push_back(std::make_unique<HttpClient>(server_->port()));
    ASSERT_TRUE(clients.back()->send("GET /feed HTTP/1.1\r\nHost: x\r\n\r\n"));
    EXPECT_TRUE(clients.back()->read_some().starts_with("HTTP/1.1 200"));
  }
  HttpClient other(server_->port());
  EXPECT_EQ(other.get("/a").status, 200);
  const auto begin = std::chrono::steady_clock::now();
  server_->stop(10s);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
  for (const auto& client : clients) EXPECT_TRUE(client->waits_until_closed());
}

}  // namespace
}  // namespace web
