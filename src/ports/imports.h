// What was imported: files, the records seen in them, and the list of what was refused.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"
#include "base/time/instant.h"
#include "domain/ids.h"

namespace ports {

struct ImportFile {
  domain::FileId id;  // Derived from mapping and content: the same file has the same id.
  std::string name;
  std::string mapping;  // "broadband.customers"
  std::string sha256;   // 32 bytes.
  std::int64_t size = 0;
  std::string state;             // reading | done
  std::int64_t next_line = 1;    // Lines before it are done.
  std::int64_t next_offset = 0;  // Where that line begins.
  std::int64_t records = 0;      // = accepted + repeated + rejected
  std::int64_t accepted = 0;
  std::int64_t repeated = 0;
  std::int64_t rejected = 0;
  base::Instant recorded;  // When its import began; everything in it is recorded then.

  friend bool operator==(const ImportFile&, const ImportFile&) = default;
};

// A record that was taken: its content is kept as a keyed hash only.
struct RecordMark {
  std::string source;  // "broadband.customers"
  std::string record_id;
  std::string content;
  domain::FileId file;
  std::int64_t line = 0;
};

enum class RecordState { kNew, kRepeated, kChanged };

struct RecordKey {
  std::string record_id;
  std::string content;
};

// A record that was refused (open until somebody acts) or taken with something left out (notice).
struct Reject {
  domain::RejectId id;
  domain::FileId file;
  std::string file_name;
  std::string mapping;
  std::int64_t line = 0;
  std::string field;  // As headed in the file; empty where it is the whole record.
  std::string code;
  std::string reason;     // All that is wrong, without anything personal.
  std::string context;    // What the record needs to be read alone: the header. Sealed.
  std::string raw;        // The record as it stood there. Sealed.
  std::string state;      // open | notice | corrected | discarded
  std::string closed_by;  // Who, and for a discarded one why.
  std::optional<base::Instant> closed;
  base::Instant recorded;

  friend bool operator==(const Reject&, const Reject&) = default;
};

struct RejectFilter {
  std::string state = {};  // Empty: any; so for all of these.
  std::string code = {};
  std::string mapping = {};
  std::string field = {};
  std::string file_name = {};
  std::optional<domain::FileId> file = {};
  std::string text = {};  // Anywhere in the raw record or the reason; ASCII case is the same.
};

// Where a page begins: after this reject in the order of the list. Default: at the start.
struct RejectCursor {
  base::Instant recorded{INT64_MIN};
  domain::FileId file;
  std::int64_t line = 0;
  domain::RejectId id;
};

class Imports {
 public:
  virtual ~Imports() = default;

  // --- Files.
  [[nodiscard]] virtual base::Result<> add_file(const ImportFile& file) = 0;
  // State, progress and counts.
  [[nodiscard]] virtual base::Result<> update_file(const ImportFile& file) = 0;
  [[nodiscard]] virtual base::Result<std::optional<ImportFile>> find_file(domain::FileId id) = 0;
  // Newest first.
  [[nodiscard]] virtual base::Result<std::vector<ImportFile>> list_files(std::size_t limit) = 0;

  // --- Records. One answer per key, in the same order.
  [[nodiscard]] virtual base::Result<std::vector<RecordState>> compare_records(
      std::string_view source, std::span<const RecordKey> keys) = 0;
  // Adds, or replaces one of the same source and id.
  [[nodiscard]] virtual base::Result<> save_records(std::span<const RecordMark> records) = 0;

  // --- Rejects, in order of time, file and line.
  [[nodiscard]] virtual base::Result<> add_rejects(std::span<const Reject> rejects) = 0;
  [[nodiscard]] virtual base::Result<std::optional<Reject>> find_reject(domain::RejectId id) = 0;
  [[nodiscard]] virtual base::Result<std::vector<Reject>> list_rejects(const RejectFilter& filter,
                                                                       const RejectCursor& after,
                                                                       std::size_t limit) = 0;
  // Of a filter without text.
  [[nodiscard]] virtual base::Result<std::int64_t> count_rejects(const RejectFilter& filter) = 0;
  // Reason, field, code, state, closed_by and closed of one that exists.
  [[nodiscard]] virtual base::Result<> update_reject(const Reject& reject) = 0;
};

}  // namespace ports
