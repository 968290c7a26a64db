// The backup file as frames; its form is described in backup.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "support/crypto/crypto.h"

namespace storage {

enum class FrameKind : char { kHeader = 'H', kTable = 'T', kRow = 'R', kEnd = 'E' };

struct Frame {
  FrameKind kind = FrameKind::kEnd;
  std::string content;
};

// Writes beside the file and moves it into place when all of it is on disk; what is not finished
// is removed. Errors: file_not_writable, disk_full (place: the file).
class BackupWriter {
 public:
  [[nodiscard]] static base::Result<BackupWriter> create(const std::string& file);
  BackupWriter(BackupWriter&& other) noexcept;
  BackupWriter& operator=(BackupWriter&&) = delete;
  ~BackupWriter();

  [[nodiscard]] base::Result<> write(FrameKind kind, std::string_view content);
  // The end frame, and the file in its place.
  [[nodiscard]] base::Result<> finish(std::int64_t rows);

 private:
  BackupWriter(int descriptor, std::string file);
  [[nodiscard]] base::Result<> put(std::string_view bytes);
  [[nodiscard]] base::Result<> flush();
  [[nodiscard]] std::unexpected<base::Error> failed() const;

  int descriptor_;
  std::string file_;
  std::string unfinished_;
  std::string buffer_;
  crypto::Sha256Stream hash_;
};

// Reads frame by frame and checks the end against what was read.
// Errors: file_not_readable, not_a_backup, backup_truncated, backup_altered (place: the file).
class BackupReader {
 public:
  [[nodiscard]] static base::Result<BackupReader> open(const std::string& file);
  BackupReader(BackupReader&& other) noexcept;
  BackupReader& operator=(BackupReader&&) = delete;
  ~BackupReader();

  // After the frame kEnd, which has been checked, there is no other.
  [[nodiscard]] base::Result<Frame> read();
  [[nodiscard]] std::unexpected<base::Error> altered() const;

 private:
  BackupReader(int descriptor, std::string file, std::uint64_t size);
  // Exactly `size` bytes.
  [[nodiscard]] base::Result<std::string> take(std::uint64_t size);
  [[nodiscard]] base::Result<> check_end(const std::string& content);

  int descriptor_;
  std::string file_;
  std::uint64_t left_;  // Bytes of the file that were not taken yet.
  std::int64_t rows_ = 0;
  crypto::Sha256Stream hash_;
};

// Eight bytes, big-endian.
[[nodiscard]] std::string encode_integer(std::uint64_t value);
[[nodiscard]] std::uint64_t decode_integer(std::string_view eight_bytes);

}  // namespace storage
