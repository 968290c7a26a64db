#include "flows/operations/snapshot.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace flows {
namespace {

// An open file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

std::string reason() { return std::strerror(errno); }

std::unexpected<base::Error> spool_failed(const std::string& folder) {
  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) {
    return base::fail("disk_full", "no space is left for a copy of the source", folder);
  }
  return base::fail("spool_not_writable", "the copy of the source cannot be written: " + reason(),
                    folder);
}

base::Result<struct stat> look_at(int number, const std::string& path) {
  struct stat seen{};
  if (::fstat(number, &seen) != 0) return base::fail("file_not_readable", reason(), path);
  if (S_ISDIR(seen.st_mode)) return base::fail("file_not_readable", "this is a folder", path);
  return seen;
}

bool differ(const struct stat& a, const struct stat& b) {
  return a.st_size != b.st_size || a.st_mtim.tv_sec != b.st_mtim.tv_sec ||
         a.st_mtim.tv_nsec != b.st_mtim.tv_nsec;
}

}  // namespace

Snapshot::Snapshot(Snapshot&& other) noexcept { *this = std::move(other); }

Snapshot& Snapshot::operator=(Snapshot&& other) noexcept {
  std::swap(name_, other.name_);
  std::swap(bytes_, other.bytes_);
  std::swap(spool_, other.spool_);
  std::swap(size_, other.size_);
  std::swap(sha256_, other.sha256_);
  return *this;
}

Snapshot::~Snapshot() {
  if (spool_ >= 0) ::close(spool_);
}

base::Result<Snapshot> Snapshot::of_file(const std::string& path, const std::string& spool_folder,
                                         const std::function<void()>& on_chunk) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) {
    const bool absent = errno == ENOENT || errno == ENOTDIR;
    return absent ? base::fail("file_not_found", "there is no such file", path)
                  : base::fail("file_not_readable", reason(), path);
  }
  const struct stat before = TRY(look_at(file.number(), path));
  const Read read = [&](std::size_t bytes_max) -> base::Result<std::string> {
    std::string chunk(bytes_max, '\0');
    ssize_t got = 0;
    do {
      got = ::read(file.number(), chunk.data(), chunk.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) return base::fail("file_not_readable", reason(), path);
    chunk.resize(static_cast<std::size_t>(got));
    if (on_chunk) on_chunk();
    return chunk;
  };
  Snapshot snapshot = TRY(of_stream(path.substr(path.find_last_of('/') + 1), read, spool_folder));
  const struct stat after = TRY(look_at(file.number(), path));
  const bool cut = S_ISREG(after.st_mode) && after.st_size != snapshot.size();
  if (differ(before, after) || cut) {
    return base::fail("file_changed_while_read",
                      "the file changed while it was read; nothing of it was taken. Begin again "
                      "when it is complete",
                      path);
  }
  return snapshot;
}

base::Result<Snapshot> Snapshot::of_stream(std::string name, const Read& read,
                                           const std::string& spool_folder) {
  Snapshot snapshot(std::move(name));
  crypto::Sha256Stream hash;
  for (;;) {
    const std::string chunk = TRY(read(kChunkBytes));
    if (chunk.empty()) break;
    hash.update(chunk);
    TRY(snapshot.add(chunk, spool_folder));
  }
  snapshot.sha256_ = hash.finish();
  return snapshot;
}

Snapshot Snapshot::of_text(std::string name, std::string text) {
  Snapshot snapshot(std::move(name));
  snapshot.sha256_ = crypto::sha256(text);
  snapshot.size_ = static_cast<std::int64_t>(text.size());
  snapshot.bytes_ = std::move(text);
  return snapshot;
}

Snapshot Snapshot::named(std::string name) && {
  name_ = std::move(name);
  return std::move(*this);
}

base::Result<> Snapshot::Writer::add(std::string_view piece) {
  hash_.update(piece);
  return snapshot_.add(piece, spool_folder_);
}

Snapshot Snapshot::Writer::finish() && {
  snapshot_.sha256_ = hash_.finish();
  return std::move(snapshot_);
}

base::Result<> Snapshot::add(std::string_view chunk, const std::string& spool_folder) {
  size_ += static_cast<std::int64_t>(chunk.size());
  if (spool_ < 0 && bytes_.size() + chunk.size() <= kInMemoryBytesMax) {
    bytes_ += chunk;
    return {};
  }
  if (spool_ < 0) {
    TRY(open_spool(spool_folder));
    const std::string so_far = std::exchange(bytes_, {});
    if (auto written = write_spool(so_far); !written) return written;
  }
  return write_spool(chunk);
}

base::Result<> Snapshot::open_spool(const std::string& spool_folder) {
  std::string path = spool_folder + "/telgiro-spool-XXXXXX";
  spool_ = ::mkostemp(path.data(), O_CLOEXEC);
  if (spool_ < 0) return spool_failed(spool_folder);
  ::unlink(path.c_str());
  return {};
}

base::Result<> Snapshot::write_spool(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = ::write(spool_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return spool_failed(name_);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

base::Result<> Snapshot::for_each_chunk(const Visit& visit) const {
  std::string buffer;
  for (std::int64_t at = 0; at < size_;) {
    const std::string_view chunk = TRY(read_at(at, buffer));
    TRY(visit(chunk));
    at += static_cast<std::int64_t>(chunk.size());
  }
  return {};
}

base::Result<std::string_view> Snapshot::read_at(std::int64_t offset, std::string& buffer) const {
  if (offset >= size_) return std::string_view();
  if (spool_ < 0) {
    return std::string_view(bytes_).substr(static_cast<std::size_t>(offset), kChunkBytes);
  }
  buffer.resize(kChunkBytes);
  for (;;) {
    const ssize_t got = ::pread(spool_, buffer.data(), buffer.size(), offset);
    if (got < 0 && errno == EINTR) continue;
    if (got > 0) return std::string_view(buffer).substr(0, static_cast<std::size_t>(got));
    return base::fail("spool_not_readable", "the copy of the source cannot be read: " + reason(),
                      name_);
  }
}

}  // namespace flows
