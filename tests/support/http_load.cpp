#include "tests/support/http_load.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string_view>

namespace tests {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::nanoseconds thread_cpu() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

struct Client {
  explicit Client(int number) : socket(number) {}
  Descriptor socket;
  std::string received;
  Clock::time_point asked;
};

int connect_to(std::uint16_t port) {
  const int number = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int yes = 1;
  ::setsockopt(number, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (::connect(number, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return number;
  }
  ::close(number);
  return -1;
}

// The length of the answer that `received` begins with; 0 while it is not whole.
std::size_t whole_answer(std::string_view received) {
  const std::size_t head = received.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  constexpr std::string_view kLength = "Content-Length: ";
  const std::size_t length = received.substr(0, head).find(kLength);
  std::size_t body = 0;
  if (length != std::string_view::npos) {
    body = std::strtoull(received.data() + length + kLength.size(), nullptr, 10);
  }
  return received.size() < head + 4 + body ? 0 : head + 4 + body;
}

class Load {
 public:
  explicit Load(const HttpLoad& load) : load_(load), poll_(epoll_create1(0)) {}

  base::Result<HttpLoadResult> run() {
    for (std::size_t at = 0; at < load_.connections; ++at) {
      clients_.push_back(std::make_unique<Client>(connect_to(load_.port)));
      if (clients_.back()->socket.get() < 0) return no_answer();
      epoll_event event{.events = EPOLLIN, .data = {.ptr = clients_.back().get()}};
      ::epoll_ctl(poll_.get(), EPOLL_CTL_ADD, clients_.back()->socket.get(), &event);
    }
    const auto begin = Clock::now();
    const auto cpu = thread_cpu();
    for (const auto& client : clients_) ask(*client);
    while (result_.latencies.size() < load_.requests) TRY(wait());
    result_.took = Clock::now() - begin;
    result_.own_cpu = thread_cpu() - cpu;
    std::ranges::sort(result_.latencies);
    return std::move(result_);
  }

 private:
  static std::unexpected<base::Error> no_answer() {
    return base::fail("no_answer", "the server closed the connection");
  }

  void ask(Client& client) {
    if (asked_ == load_.requests) return;
    const std::string& text = load_.texts[asked_++ % load_.texts.size()];
    client.asked = Clock::now();
    // A request fits into what the kernel takes at once; what does not go shows as no answer.
    (void)!::send(client.socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
  }

  base::Result<> wait() {
    epoll_event events[64];
    const int count = ::epoll_wait(poll_.get(), events, 64, 10'000);
    if (count <= 0) return no_answer();
    for (int at = 0; at < count; ++at) TRY(read(*static_cast<Client*>(events[at].data.ptr)));
    return {};
  }

  base::Result<> read(Client& client) {
    char bytes[65536];
    const ssize_t count = ::recv(client.socket.get(), bytes, sizeof bytes, 0);
    if (count <= 0) return no_answer();
    client.received.append(bytes, static_cast<std::size_t>(count));
    const std::size_t length = whole_answer(client.received);
    if (length == 0) return {};
    if (std::atoi(client.received.c_str() + 9) != load_.status) {
      return base::fail("wrong_answer", client.received.substr(0, 200));
    }
    result_.bytes += length;
    client.received.erase(0, length);
    result_.latencies.push_back(Clock::now() - client.asked);
    ask(client);
    return {};
  }

  const HttpLoad& load_;
  Descriptor poll_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::size_t asked_ = 0;
  HttpLoadResult result_;
};

}  // namespace

std::chrono::nanoseconds HttpLoadResult::percentile(int percent) const {
  if (latencies.empty()) return {};
  return latencies[(latencies.size() - 1) * static_cast<std::size_t>(percent) / 100];
}

base::Result<HttpLoadResult> run_load(const HttpLoad& load) { return Load(load).run(); }

}  // namespace tests
