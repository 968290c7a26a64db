// AvtaleGiro claims to Nets ("Systemspesifikasjon AvtaleGiro"): claims and their withdrawal, an
// assignment each, in ISO-8859-1 and 80 columns.
//
// Type 02 where the creditor tells the payer, 21 where the bank does; then up to 42 lines of two
// columns each may follow.
#include <algorithm>
#include <optional>

#include "formats/bank/writing/fixed_record.h"
#include "formats/bank/writing/order_writers.h"

namespace formats::bank {
namespace {

using base::Result;
using domain::Claim;
using domain::ClaimBatch;
using domain::ClaimNotice;

constexpr std::string_view kNets = "00008080";
constexpr std::string_view kService = "21";
constexpr std::size_t kColumnLetters = 40;

// Of an assignment, and of the file with those of all.
struct Counts {
  std::int64_t claims = 0, records = 0, minor = 0;
  std::optional<base::Date> first, last;

  void add(const Claim& claim) {
    ++claims;
    minor += claim->amount.minor();
    add_days(claim->due, claim->due);
  }
  void add(const Counts& other) {
    claims += other.claims;
    records += other.records;
    minor += other.minor;
    if (other.first) add_days(*other.first, *other.last);
  }

 private:
  void add_days(base::Date from, base::Date to) {
    first = std::min(first.value_or(from), from);
    last = std::max(last.value_or(to), to);
  }
};

// Of UTF-8, from a letter on.
std::string_view letters_from(std::string_view text, std::size_t letters) {
  std::size_t at = 0;
  for (; at < text.size() && letters > 0; --letters) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
  }
  return text.substr(at);
}

class Writer {
 public:
  explicit Writer(ByteSink& sink) : out_(sink) {}

  Result<> write(const domain::PaymentOrder& order) {
    put(record("00", "00", "10")
            .number(9, 16, order.sender_number)
            .number(17, 23, order.transmission)
            .number(24, 31, kNets));
    for (const ClaimBatch& batch : order.claims) {
      Counts counts;
      TRY(write_batch(batch, counts));
      file_.add(counts);
    }
    put(record("00", "00", "89")
            .number(9, 16, file_.claims)
            .number(17, 24, file_.records + 2)
            .number(25, 41, file_.minor)
            .text(42, 47, norwegian_day(*file_.first)));
    return out_.finish();
  }

 private:
  static FixedRecord record(std::string_view service, std::string_view kind,
                            std::string_view code) {
    FixedRecord record(80, '0');
    record.text(1, 2, "NY").text(3, 4, service).text(5, 6, kind).text(7, 8, code);
    return record;
  }
  void put(const FixedRecord& record) { out_.put(record.line()); }

  Result<> write_batch(const ClaimBatch& batch, Counts& counts) {
    const std::string_view kind = batch.withdrawn ? "36" : "00";
    put(record(kService, kind, "20")
            .number(18, 24, batch.number)
            .number(25, 35, batch.creditor.norwegian->text()));
    TRY(batch.claims.for_each([&](const Claim& claim) -> Result<> {
      counts.add(claim);
      write_claim(claim, batch.withdrawn, counts);
      return out_.state();
    }));
    counts.records += 2;
    put(record(kService, kind, "88")
            .number(9, 16, counts.claims)
            .number(17, 24, counts.records)
            .number(25, 41, counts.minor)
            .text(42, 47, norwegian_day(*counts.first))
            .text(48, 53, norwegian_day(*counts.last)));
    return {};
  }

  void write_claim(const Claim& claim, bool withdrawn, Counts& counts) {
    const bool by_bank = claim->notice == ClaimNotice::kByBank;
    const std::string_view kind = withdrawn ? "93" : by_bank ? "21" : "02";
    put(record(kService, kind, "30")
            .number(9, 15, counts.claims)
            .text(16, 21, norwegian_day(claim->due))
            .text(22, 32, "")
            .number(33, 49, claim->amount.minor())
            .text_right(50, 74, claim->kid));
    put(record(kService, kind, "31")
            .number(9, 15, counts.claims)
            .text(16, 25, claim->payer_name)
            .text(26, 50, "")
            .text(51, 75, claim->external_reference));
    counts.records += 2;
    std::int64_t line = 0;
    for (const std::string& words : claim->specification) {
      ++line;
      write_column(counts, line, "1", words);
      const std::string_view rest = letters_from(words, kColumnLetters);
      if (!rest.empty()) write_column(counts, line, "2", rest);
    }
  }

  void write_column(Counts& counts, std::int64_t line, std::string_view column,
                    std::string_view words) {
    put(record(kService, "21", "49")
            .number(9, 15, counts.claims)
            .text(16, 16, "4")
            .number(17, 19, line)
            .text(20, 20, column)
            .text(21, 60, words));
    ++counts.records;
  }

  Gathered out_;
  Counts file_;
};

}  // namespace

Result<> write_avtalegiro(const domain::PaymentOrder& order, const domain::OrderCheck&,
                          std::string_view, ByteSink& sink) {
  return Writer(sink).write(order);
}

}  // namespace formats::bank
