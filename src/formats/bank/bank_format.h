// A format of bank files: how it is recognised and read. One folder and one line in registry.cpp.
// Formats that are only written have no reader; what writes them stands in writing/.
//
// Readers stream: memory does not grow with the file. They never stop at the first problem and
// never crash on any bytes; what cannot be understood is a problem with its place, and the rest
// goes on. Latin-1 formats are cut as bytes and decoded afterwards.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include "base/result/result.h"
#include "domain/bank/bank_file.h"

namespace formats::bank {

// Where bytes come from, in pieces; an empty piece is the end.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  // The piece is valid until the next call. Errors: those of the source (file_unreadable).
  [[nodiscard]] virtual base::Result<std::string_view> next() = 0;
};

// What a reader finds, as it finds it. A false answer stops the reading.
class BankFileSink {
 public:
  virtual ~BankFileSink() = default;
  // When a statement begins: with what its head says. In camt the closing balance may be known.
  virtual bool statement_begins(const domain::BankStatement& statement) = 0;
  // When it ends: with all that is known.
  virtual bool statement_ends(const domain::BankStatement& statement) = 0;
  virtual bool entry(domain::BankEntry&& entry) = 0;
  virtual bool mandate(domain::BankMandate&& mandate) = 0;
  virtual bool status(domain::BankStatus&& status) = 0;
  virtual bool problem(domain::BankProblem&& problem) = 0;
};

struct BankFormat {
  std::string_view name;   // "camt.053"
  std::string_view title;  // "ISO 20022 bank to customer statement"
  bool reads = false;
  bool writes = false;
  // Whether these first bytes (kHeadBytes, or the whole file) are surely of this format. Strict:
  // of all formats at most one claims what a bank sends; what two claim is recognised as neither.
  bool (*claims)(std::string_view head) = nullptr;
  // Errors: those of the source only. What is wrong with the bytes is a problem.
  std::add_pointer_t<base::Result<domain::BankControl>(ByteSource&, BankFileSink&)> read = nullptr;
};

inline constexpr std::size_t kHeadBytes = 4'096;

// registry.cpp
[[nodiscard]] std::span<const BankFormat> bank_formats();
// By its content. Errors: bank_file_not_recognised (text: what its beginning looks like),
// bank_file_empty.
[[nodiscard]] base::Result<const BankFormat*> recognise(std::string_view head);

}  // namespace formats::bank
