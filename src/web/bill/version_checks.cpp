#include "web/bill/version_checks.h"

#include <utility>

#include "base/result/check.h"

namespace web::bill {

VersionChecks::~VersionChecks() { stop(); }

void VersionChecks::ask(std::shared_ptr<Check> check) {
  bool first = false;
  {
    const std::scoped_lock lock(mutex_);
    if (!stopping_) {
      first = waiting_.empty();
      waiting_.push_back(check);
      check.reset();
    }
  }
  if (first) woken_.notify_one();
  if (!check) return;
  check->answer = base::fail("database_unavailable", "the server is stopping");
  check->ready();
}

void VersionChecks::start() {
  thread_ = std::thread([this] { run(); });
}

void VersionChecks::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void VersionChecks::run() {
  for (;;) {
    std::vector<std::shared_ptr<Check>> checks;
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      checks.swap(waiting_);
    }
    std::vector<std::string_view> tokens;
    for (const auto& check : checks) tokens.push_back(check->token);
    auto versions = flows::bill_versions_by_link(store_, clock_, tokens);
    CHECK(!versions || versions->size() == checks.size());
    for (std::size_t at = 0; at < checks.size(); ++at) {
      checks[at]->answer =
          versions ? std::move((*versions)[at]) : std::unexpected(versions.error());
      checks[at]->ready();
    }
  }
}

}  // namespace web::bill
