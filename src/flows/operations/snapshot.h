// A Snapshot: the bytes of a source as they were when it was taken, with their hash.
//
// Importing reads a file more than once and over a long time; what others do to the file
// meanwhile must not get between. Small sources stay in memory; larger ones are copied to a
// nameless file, which the system removes with the process, so that no personal data is left
// lying about. A file that changes while it is copied is refused.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "support/crypto/crypto.h"

namespace flows {

class Snapshot {
 public:
  // Reads up to the given number of bytes; an empty answer is the end.
  using Read = std::function<base::Result<std::string>(std::size_t bytes_max)>;
  using Visit = std::function<base::Result<>(std::string_view chunk)>;

  static constexpr std::size_t kInMemoryBytesMax = 8U << 20;
  static constexpr std::size_t kChunkBytes = 64U << 10;

  // `spool_folder` is where copies go. The file's name, without its folder, becomes name().
  // Errors: file_not_found, file_not_readable, file_changed_while_read, disk_full,
  // spool_not_writable; place: the file.
  // `on_chunk` is called whenever a piece was read.
  [[nodiscard]] static base::Result<Snapshot> of_file(
      const std::string& path, const std::string& spool_folder,
      const std::function<void()>& on_chunk = nullptr);
  // Errors: those of `read`, disk_full, spool_not_writable.
  [[nodiscard]] static base::Result<Snapshot> of_stream(std::string name, const Read& read,
                                                        const std::string& spool_folder);
  [[nodiscard]] static Snapshot of_text(std::string name, std::string text);
  // For a source that sends its pieces and is not asked for them: below.
  class Writer;
  // The same bytes under another name.
  [[nodiscard]] Snapshot named(std::string name) &&;

  Snapshot(Snapshot&& other) noexcept;
  Snapshot& operator=(Snapshot&& other) noexcept;
  ~Snapshot();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::int64_t size() const { return size_; }
  // 32 bytes.
  [[nodiscard]] const crypto::Digest& sha256() const { return sha256_; }
  // From the first byte to the last. Errors: those of `visit`, spool_not_readable.
  [[nodiscard]] base::Result<> for_each_chunk(const Visit& visit) const;
  // Up to kChunkBytes from `offset` on, into `buffer` or a view of what is in memory; empty: the
  // end. Errors: spool_not_readable.
  [[nodiscard]] base::Result<std::string_view> read_at(std::int64_t offset,
                                                       std::string& buffer) const;

 private:
  explicit Snapshot(std::string name) : name_(std::move(name)) {}
  [[nodiscard]] base::Result<> add(std::string_view chunk, const std::string& spool_folder);
  [[nodiscard]] base::Result<> open_spool(const std::string& spool_folder);
  [[nodiscard]] base::Result<> write_spool(std::string_view bytes) const;

  std::string name_;
  std::string bytes_;  // All of them, until there are too many.
  int spool_ = -1;     // Then they are in this file.
  std::int64_t size_ = 0;
  crypto::Digest sha256_{};
};

class Snapshot::Writer {
 public:
  Writer(std::string name, std::string spool_folder)
      : snapshot_(std::move(name)), spool_folder_(std::move(spool_folder)) {}

  // Errors: disk_full, spool_not_writable.
  [[nodiscard]] base::Result<> add(std::string_view piece);
  [[nodiscard]] Snapshot finish() &&;

 private:
  Snapshot snapshot_;
  std::string spool_folder_;
  crypto::Sha256Stream hash_;
};

}  // namespace flows
