#include "storage/sqlite/server_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace storage::sqlite {
namespace {

constexpr int kNone = -1;

std::string read_pid(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t size = pread(descriptor, text.data(), text.size() - 1, 0);
  std::string pid;
  for (ssize_t at = 0; at < size && text[static_cast<std::size_t>(at)] >= '0'; ++at) {
    pid.push_back(text[static_cast<std::size_t>(at)]);
  }
  return pid.empty() ? "unknown" : pid;
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
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
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
