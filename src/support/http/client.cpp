#include "support/http/client.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <mutex>
#include <string_view>

#include "base/result/check.h"

namespace http {
namespace {

struct Freer {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  void operator()(char* text) const { curl_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Freer>;

constexpr std::array<std::string_view, 5> kMethods = {"GET", "POST", "PUT", "PATCH", "DELETE"};

// What arrives, and whether it became too much.
struct Incoming {
  ports::HttpAnswer answer;
  std::size_t header_bytes = 0;
  bool too_large = false;
};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string in_small_letters(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return 'A' <= c && c <= 'Z' ? static_cast<char>(c | 32) : c;
  });
  return text;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* to) {
  auto& incoming = *static_cast<Incoming*>(to);
  const std::string_view line(bytes, size);
  incoming.header_bytes += size;
  if (incoming.header_bytes > kAnswerHeaderBytesMax) {
    incoming.too_large = true;
    return 0;
  }
  if (line.starts_with("HTTP/")) incoming.answer.headers.clear();  // After "100 Continue".
  if (const auto colon = line.find(':'); colon != line.npos) {
    incoming.answer.headers[in_small_letters(trimmed(line.substr(0, colon)))] =
        trimmed(line.substr(colon + 1));
  }
  return size;
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* to) {
  auto& incoming = *static_cast<Incoming*>(to);
  if (incoming.answer.body.size() + size > kAnswerBytesMax) {
    incoming.too_large = true;
    return 0;
  }
  incoming.answer.body.append(bytes, size);
  return size;
}

std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  return Owned<char>(text).get();
}

// Where a request goes, for errors: without its query, which may hold what is secret.
struct Target {
  Owned<CURLU> url;
  std::string place;
};

base::Result<Target> target_of(const ports::HttpRequest& request) {
  Target target{Owned<CURLU>(curl_url()), {}};
  CHECK(target.url);
  if (curl_url_set(target.url.get(), CURLUPART_URL, request.url.c_str(), 0) != CURLUE_OK) {
    return base::fail("http_bad_request", "the address of the request cannot be read");
  }
  const std::string scheme = part_of(target.url.get(), CURLUPART_SCHEME);
  const std::string host = part_of(target.url.get(), CURLUPART_HOST);
  target.place = scheme + "://" + host + part_of(target.url.get(), CURLUPART_PATH);
  const bool here = host == "127.0.0.1" || host == "[::1]";
  if (scheme != "https" && !(scheme == "http" && here)) {
    return base::fail("http_bad_request", "the address must begin with https://", target.place);
  }
  if (!part_of(target.url.get(), CURLUPART_USER).empty()) {
    return base::fail("http_bad_request", "an address holds no name or password", target.place);
  }
  return target;
}

bool breaks_lines(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != text.npos;
}

base::Result<Owned<curl_slist>> headers_of(const ports::HttpRequest& request,
                                           const std::string& place) {
  // What libcurl would add by itself, and we do not say unless asked.
  std::vector<std::string> lines = {"Expect:"};
  bool typed = false;
  for (const auto& [name, value] : request.headers) {
    if (name.empty() || breaks_lines(name) || breaks_lines(value) || name.contains(':')) {
      return base::fail("http_bad_request", "a header of the request cannot be sent", place);
    }
    typed = typed || in_small_letters(name) == "content-type";
    // A header without value is sent only where it ends in a semicolon.
    lines.push_back(value.empty() ? name + ";" : name + ": " + value);
  }
  if (!typed) lines.push_back("Content-Type:");
  curl_slist* list = nullptr;
  for (const std::string& line : lines) list = curl_slist_append(list, line.c_str());
  return Owned<curl_slist>(list);
}

void set_rules(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, "telgiro");
}

void set_request(CURL* handle, const ports::HttpRequest& request, const curl_slist* headers) {
  curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.timeout.count()));
  if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.data());
  }
  if (!request.authority.empty()) {
    curl_easy_setopt(handle, CURLOPT_CAINFO, request.authority.c_str());
  }
  if (!request.certificate.empty()) {
    curl_easy_setopt(handle, CURLOPT_SSLCERT, request.certificate.c_str());
    curl_easy_setopt(handle, CURLOPT_SSLKEY, request.certificate_key.c_str());
  }
}

// No byte of the request left, so the other side can have done nothing.
bool was_sent(CURL* handle) {
  long bytes = 0;
  curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &bytes);
  return bytes > 0;
}

base::Result<ports::HttpAnswer> outcome_of(CURL* handle, CURLcode code, Incoming incoming,
                                           const std::string& place) {
  if (incoming.too_large) {
    return base::fail("http_answer_too_large", "the answer is larger than any that is right",
                      place);
  }
  if (code == CURLE_OK) {
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    incoming.answer.status = static_cast<int>(status);
    return std::move(incoming.answer);
  }
  const std::string why = curl_easy_strerror(code);
  if (was_sent(handle)) {
    return base::fail("http_no_answer", "the server was asked and did not answer: " + why, place);
  }
  if (code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_CACERT_BADFILE) {
    return base::fail("http_bad_request", "a certificate of ours cannot be used: " + why, place);
  }
  return base::fail("http_not_sent", "the server could not be asked: " + why, place);
}

}  // namespace

CurlClient::CurlClient() {
  static std::once_flag started;
  std::call_once(started, [] { CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

base::Result<ports::HttpAnswer> CurlClient::send(const ports::HttpRequest& request) {
  const Target target = TRY(target_of(request));
  if (std::ranges::find(kMethods, request.method) == kMethods.end()) {
    return base::fail("http_bad_request", "there is no such method", target.place);
  }
  const Owned<curl_slist> headers = TRY(headers_of(request, target.place));
  const Owned<CURL> handle(curl_easy_init());
  CHECK(handle);
  Incoming incoming;
  set_rules(handle.get());
  set_request(handle.get(), request, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_CURLU, target.url.get());
  curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(handle.get(), CURLOPT_HEADERDATA, &incoming);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &incoming);
  const CURLcode code = curl_easy_perform(handle.get());
  return outcome_of(handle.get(), code, std::move(incoming), target.place);
}

}  // namespace http
