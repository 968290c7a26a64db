#include "storage/sqlite/server_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace storage::sqlite {
namespace {

constexpr int kNone = -1;
constexpr int kLockTries = 5;
constexpr useconds_t kLockPauseMicros = 10'000;

std::string read_pid(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t size = pread(descriptor, text.data(), text.size() - 1, 0);
  std::string pid;
  for (ssize_t at = 0; at < size && text[static_cast<std::size_t>(at)] >= '0'; ++at) {
    pid.push_back(text[static_cast<std::size_t>(at)]);
  }
  return pid.empty() ? "unknown" : pid;
}

// Others look for a moment at whether the lock is held, by taking it: that is waited for.
bool lock_now(int descriptor) {
  for (int attempt = 1; flock(descriptor, LOCK_EX | LOCK_NB) != 0; ++attempt) {
    if (errno != EWOULDBLOCK || attempt == kLockTries) return false;
    usleep(kLockPauseMicros);
  }
  return true;
}

}  // namespace

base::Result<ServerLock> ServerLock::take(const std::string& data_folder) {
  const std::string file = data_folder + "/server.lock";
  const auto unusable = [&] {
    return base::fail("data_folder_unusable",
                      std::string("the lock file cannot be written: ") + std::strerror(errno) +
                          "; give --data a folder that may be written",
                      file);
  };
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor == kNone) return unusable();
  ServerLock lock(descriptor);
  if (!lock_now(descriptor)) {
    if (errno != EWOULDBLOCK) return unusable();
    return base::fail("data_in_use",
                      "a server with process id " + read_pid(descriptor) +
                          " already works on this data folder; stop it, or give --data another",
                      data_folder);
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    return unusable();
  }
  return lock;
}

base::Result<> ServerLock::announce(const std::string& url) const {
  const std::string text = std::to_string(getpid()) + "\n" + url + "\n";
  if (pwrite(descriptor_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
      ftruncate(descriptor_, static_cast<off_t>(text.size())) == 0) {
    return {};
  }
  return base::fail("data_folder_unusable",
                    std::string("the lock file cannot be written: ") + std::strerror(errno));
}

std::string announced_url(const std::string& data_folder) {
  const int descriptor = ::open((data_folder + "/server.lock").c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor == kNone) return {};
  std::string url;
  // Nobody holds the lock of a server that is gone; what it wrote is old.
  if (flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    std::array<char, 512> text{};
    const ssize_t size = pread(descriptor, text.data(), text.size(), 0);
    const std::string_view said(text.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    const std::size_t begin = said.find('\n') + 1;
    const std::size_t end = said.find('\n', begin);
    if (begin != 0 && end != std::string_view::npos) url = said.substr(begin, end - begin);
  }
  ::close(descriptor);
  return url;
}

ServerLock::ServerLock(ServerLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, kNone)) {}

ServerLock& ServerLock::operator=(ServerLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

ServerLock::~ServerLock() {
  if (descriptor_ != kNone) ::close(descriptor_);
}

}  // namespace storage::sqlite
