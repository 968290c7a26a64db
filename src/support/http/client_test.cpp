// One request to somebody else's server: simulates servers that close, stall, cut and flood, and
// what TLS refuses. What matters most: whether anything can have happened on the other side.
#include "support/http/client.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/program.h"
#include "tests/support/temporary_folder.h"

namespace http {
namespace {

constexpr std::string_view kCertificates = R"(set -e; cd "$1"
make() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" \
    -subj "/CN=$2"
  printf 'subjectAltName=IP:127.0.0.1' > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial \
    -days 2 -out "$1.pem" -extfile "$1.ext"
}
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout authority.key \
  -out authority.pem -days 2 -subj "/CN=authority"
make server 127.0.0.1
make client shop)";

class HttpClient : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder = std::make_unique<tests::TemporaryFolder>();
    const auto made = tests::run_program(
        {{"/bin/bash", "-c", std::string(kCertificates), "make", folder->path()}});
    ASSERT_EQ(made.exit_code, 0) << made.errors;
    server = std::make_unique<tests::Process>(tests::Launch{
        {"/usr/bin/env", "node", TELGIRO_SOURCE_DIR "/tests/gateways/peers/misbehaving.mjs",
         folder->path()}});
    std::istringstream(server->first_line()) >> plain >> tls >> mutual;
  }
  static void TearDownTestSuite() {
    server.reset();
    folder.reset();
  }

  [[nodiscard]] static ports::HttpRequest get(const std::string& path) {
    ports::HttpRequest request;
    request.method = "GET";
    request.url = "http://127.0.0.1:" + plain + path;
    return request;
  }
  [[nodiscard]] static ports::HttpRequest get_tls(const std::string& port,
                                                  const std::string& path) {
    ports::HttpRequest request = get("");
    request.url = "https://127.0.0.1:" + port + path;
    request.authority = folder->file("authority.pem");
    return request;
  }
  // The code of the error, or "" where there is an answer.
  [[nodiscard]] static std::string code_of(const ports::HttpRequest& request) {
    const auto answer = CurlClient().send(request);
    return answer ? "" : answer.error().code;
  }

  static inline std::unique_ptr<tests::TemporaryFolder> folder;
  static inline std::unique_ptr<tests::Process> server;
  static inline std::string plain, tls, mutual;
};

TEST_F(HttpClient, SaysWhatIsAskedForAndNothingElse) {
  CurlClient client;
  ports::HttpRequest request = get("/echo?a=b");
  request.headers = {{"Content-Type", "application/json"}, {"X-Key", "k"}, {"X-Empty", ""}};
  for (const std::string method : {"POST", "PUT", "PATCH", "DELETE"}) {
    request.method = method;
    request.body = std::string("{\"a\":\"\0\"}", 9);
    const auto answer = client.send(request);
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->headers.at("x-seen"), "Yes");
    EXPECT_TRUE(answer->body.starts_with(method + " /echo?a=b\n")) << answer->body;
    EXPECT_TRUE(answer->body.contains("x-key: k\n"));
    EXPECT_TRUE(answer->body.contains("x-empty: \n"));
    EXPECT_TRUE(answer->body.contains("content-type: application/json\n"));
    EXPECT_TRUE(answer->body.ends_with(request.body));
    EXPECT_FALSE(answer->body.contains("expect:"));
  }
  EXPECT_FALSE(client.send(get("/echo"))->body.contains("content-type"));
}

TEST_F(HttpClient, AnswersAreGivenAsTheyAre) {
  EXPECT_EQ(CurlClient().send(get("/redirect"))->status, 302);  // And not followed.
  EXPECT_EQ(CurlClient().send(get("/error"))->status, 503);
  EXPECT_EQ(CurlClient().send(get("/empty"))->status, 204);
}

TEST_F(HttpClient, SaysWhetherAnythingCanHaveHappened) {
  const std::string closed = "http://127.0.0.1:1/";
  const std::pair<std::string, std::string> rows[] = {
      {get("/hang-up").url, "http_no_answer"},
      {get("/stall").url, "http_no_answer"},
      {get("/cut").url, "http_no_answer"},
      {get("/garbage").url, "http_no_answer"},
      {get("/flood").url, "http_answer_too_large"},
      {get("/many-headers").url, "http_answer_too_large"},
      {closed, "http_not_sent"},
      {"https://no-such-host.invalid/", "http_not_sent"},
      {"https://127.0.0.1:" + plain + "/", "http_not_sent"},  // No TLS is spoken there.
      {"http://example.com/", "http_bad_request"},
      {"http://127.0.0.1.example.com/", "http_bad_request"},
      {"http://localhost:" + plain + "/echo", "http_bad_request"},
      {"file:///etc/passwd", "http_bad_request"},
      {"https://user:secret@127.0.0.1/", "http_bad_request"},
      {"", "http_bad_request"},
      {"https://", "http_bad_request"}};
  for (const auto& [url, code] : rows) {
    ports::HttpRequest request = get("");
    request.url = url;
    request.method = "POST";
    request.timeout = std::chrono::milliseconds(1500);
    EXPECT_EQ(code_of(request), code) << url;
  }
}

TEST_F(HttpClient, ARequestIsSaidOnce) {
  CurlClient client;
  const int before = std::stoi(client.send(get("/count"))->body);
  ports::HttpRequest request = get("/hang-up");
  request.method = "POST";
  EXPECT_FALSE(client.send(request));
  EXPECT_EQ(std::stoi(client.send(get("/count"))->body), before + 2);  // And this one.
}

TEST_F(HttpClient, NeitherProxyNorLineBreaksGetIn) {
  setenv("http_proxy", "http://127.0.0.1:1", 1);
  setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
  EXPECT_EQ(code_of(get("/echo")), "");
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  for (const auto& header : std::vector<std::pair<std::string, std::string>>{
           {"X-A", "a\r\nX-B: b"}, {"X-A\n", "a"}, {"", "a"}, {"X-A: b", "c"}}) {
    ports::HttpRequest request = get("/echo");
    request.headers = {header};
    EXPECT_EQ(code_of(request), "http_bad_request") << header.first;
  }
  ports::HttpRequest request = get("/echo");
  request.method = "BREW";
  EXPECT_EQ(code_of(request), "http_bad_request");
}

TEST_F(HttpClient, TlsIsCheckedOnBothSides) {
  EXPECT_EQ(CurlClient().send(get_tls(tls, "/who"))->status, 200);
  ports::HttpRequest stranger = get_tls(tls, "/who");
  stranger.authority.clear();  // Those that the machine trusts do not know this one.
  EXPECT_EQ(code_of(stranger), "http_not_sent");
  ports::HttpRequest named = get_tls(mutual, "/who");
  named.certificate = folder->file("client.pem");
  named.certificate_key = folder->file("client.key");
  EXPECT_EQ(CurlClient().send(named)->body, "shop");
  // TLS 1.3 lets the request out before the server has refused: it may have happened.
  const std::string refused = code_of(get_tls(mutual, "/who"));
  EXPECT_TRUE(refused == "http_no_answer" || refused == "http_not_sent") << refused;
  named.certificate_key = folder->file("no-such.key");
  EXPECT_EQ(code_of(named), "http_bad_request");
}

TEST_F(HttpClient, ErrorsHoldNothingSecret) {
  ports::HttpRequest request = get("/hang-up?token=hush");
  request.headers = {{"Authorization", "Bearer hush"}};
  request.body = "hush";
  const auto answer = CurlClient().send(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().place, "http://127.0.0.1/hang-up");
  EXPECT_FALSE((answer.error().text + answer.error().place).contains("hush"));
}

}  // namespace
}  // namespace http
