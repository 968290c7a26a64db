#include "storage/backup_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "base/result/check.h"

namespace storage {
namespace {

constexpr std::string_view kMagic = "TELGIRO-BACKUP-1\n";
constexpr std::size_t kBufferBytes = 1U << 20;
constexpr std::uint64_t kEndBytes = 8 + 32;
constexpr int kClosed = -1;

std::unexpected<base::Error> not_readable(const std::string& file, int error) {
  return base::fail("file_not_readable",
                    std::string("the backup cannot be read: ") + std::strerror(error), file);
}

std::unexpected<base::Error> truncated(const std::string& file) {
  return base::fail("backup_truncated",
                    "the backup ends in the middle: it was cut short; take another copy", file);
}

std::string text_of(const crypto::Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// A rename is on disk when its folder is.
bool sync_folder_of(const std::string& file) {
  const auto folder = std::filesystem::absolute(file).parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor == kClosed) return false;
  const bool synced = fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

}  // namespace

std::string encode_integer(std::uint64_t value) {
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(value >> shift));
  return bytes;
}

std::uint64_t decode_integer(std::string_view eight_bytes) {
  CHECK(eight_bytes.size() == 8);
  std::uint64_t value = 0;
  for (const char byte : eight_bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

// --- Writing.

base::Result<BackupWriter> BackupWriter::create(const std::string& file) {
  if (::access(file.c_str(), F_OK) == 0) {
    return base::fail("backup_exists", "there is a file of this name; choose another", file);
  }
  const std::string unfinished = file + ".unfinished";
  const int descriptor = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  BackupWriter writer(descriptor, file);
  if (descriptor == kClosed) return writer.failed();
  TRY(writer.put(kMagic));
  return writer;
}

BackupWriter::BackupWriter(int descriptor, std::string file)
    : descriptor_(descriptor), file_(std::move(file)), unfinished_(file_ + ".unfinished") {}

BackupWriter::BackupWriter(BackupWriter&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, kClosed)),
      file_(std::move(other.file_)),
      unfinished_(std::move(other.unfinished_)),
      buffer_(std::move(other.buffer_)),
      hash_(other.hash_) {}

BackupWriter::~BackupWriter() {
  if (descriptor_ == kClosed) return;
  ::close(descriptor_);
  ::unlink(unfinished_.c_str());
}

std::unexpected<base::Error> BackupWriter::failed() const {
  if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) {
    return base::fail("disk_full", "no room is left for the backup; free some and try again",
                      file_);
  }
  return base::fail("file_not_writable",
                    std::string("the backup cannot be written: ") + std::strerror(errno), file_);
}

base::Result<> BackupWriter::put(std::string_view bytes) {
  hash_.update(bytes);
  buffer_ += bytes;
  return buffer_.size() < kBufferBytes ? base::Result<>{} : flush();
}

base::Result<> BackupWriter::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

base::Result<> BackupWriter::write(FrameKind kind, std::string_view content) {
  TRY(put(std::string(1, static_cast<char>(kind)) + encode_integer(content.size())));
  return put(content);
}

base::Result<> BackupWriter::finish(std::int64_t rows) {
  const std::string hash = text_of(crypto::Sha256Stream(hash_).finish());
  TRY(write(FrameKind::kEnd, encode_integer(static_cast<std::uint64_t>(rows)) + hash));
  TRY(flush());
  if (fsync(descriptor_) != 0) return failed();
  if (std::rename(unfinished_.c_str(), file_.c_str()) != 0) return failed();
  ::close(std::exchange(descriptor_, kClosed));
  if (!sync_folder_of(file_)) return failed();
  return {};
}

// --- Reading.

base::Result<BackupReader> BackupReader::open(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor == kClosed) return not_readable(file, errno);
  struct stat status{};
  BackupReader reader(descriptor, file, 0);
  if (fstat(descriptor, &status) != 0) return not_readable(file, errno);
  if (!S_ISREG(status.st_mode)) return not_readable(file, EINVAL);
  reader.left_ = static_cast<std::uint64_t>(status.st_size);
  const std::string start = TRY(reader.take(std::min(reader.left_, std::uint64_t{kMagic.size()})));
  if (!kMagic.starts_with(start)) {
    return base::fail("not_a_backup", "the file is not a backup of Telgiro", file);
  }
  if (start != kMagic) return truncated(file);
  return reader;
}

BackupReader::BackupReader(int descriptor, std::string file, std::uint64_t size)
    : descriptor_(descriptor), file_(std::move(file)), left_(size) {}

BackupReader::BackupReader(BackupReader&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, kClosed)),
      file_(std::move(other.file_)),
      left_(other.left_),
      rows_(other.rows_),
      hash_(other.hash_) {}

BackupReader::~BackupReader() {
  if (descriptor_ != kClosed) ::close(descriptor_);
}

std::unexpected<base::Error> BackupReader::altered() const {
  return base::fail("backup_altered",
                    "the backup is not as it was written: bytes in it changed; take another copy",
                    file_);
}

base::Result<std::string> BackupReader::take(std::uint64_t size) {
  if (size > left_) return truncated(file_);
  std::string bytes(size, '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t got = ::read(descriptor_, bytes.data() + at, bytes.size() - at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return not_readable(file_, errno);
    if (got == 0) return truncated(file_);  // It became shorter while it was read.
    at += static_cast<std::size_t>(got);
  }
  left_ -= size;
  hash_.update(bytes);
  return bytes;
}

base::Result<Frame> BackupReader::read() {
  const crypto::Sha256Stream before = hash_;
  const std::string head = TRY(take(9));
  Frame frame{static_cast<FrameKind>(head[0]), {}};
  const std::uint64_t size = decode_integer(std::string_view(head).substr(1));
  switch (frame.kind) {
    case FrameKind::kEnd:
      if (size != kEndBytes) return altered();
      frame.content = TRY(take(size));
      hash_ = before;
      TRY(check_end(frame.content));
      return frame;
    case FrameKind::kRow: ++rows_; [[fallthrough]];
    case FrameKind::kHeader:
    case FrameKind::kTable: frame.content = TRY(take(size)); return frame;
  }
  return altered();
}

base::Result<> BackupReader::check_end(const std::string& content) {
  const std::string hash = text_of(hash_.finish());
  const bool same =
      decode_integer(std::string_view(content).substr(0, 8)) == static_cast<std::uint64_t>(rows_) &&
      content.substr(8) == hash && left_ == 0;
  return same ? base::Result<>{} : altered();
}

}  // namespace storage
