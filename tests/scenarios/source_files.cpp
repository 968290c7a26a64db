#include "tests/scenarios/source_files.h"

#include <algorithm>
#include <span>

namespace scenarios {
namespace {

using base::Result;

constexpr std::string_view kCustomerHeadings[] = {
    "kundnr",  "namn", "personnr_orgnr", "adress",    "postnr",  "ort",          "epost",
    "telefon", "plan", "startdatum",     "slutdatum", "kampanj", "faktura_form", "skapad"};
constexpr std::string_view kOrderHeadings[] = {"ordernr", "kundnr",         "datum",    "artikel",
                                               "antal",   "pris_exkl_moms", "betalsatt"};

std::span<const std::string_view> headings_of(RecordFile file) {
  if (file == RecordFile::kCustomers) return kCustomerHeadings;
  return kOrderHeadings;
}

std::string header_of(RecordFile file) {
  std::string line;
  for (const std::string_view heading : headings_of(file)) {
    if (!line.empty()) line += ';';
    line += heading;
  }
  return line;
}

std::string line_of_fields(RecordFile file, const std::map<std::string, std::string>& fields) {
  std::string line;
  for (const std::string_view heading : headings_of(file)) {
    if (heading != headings_of(file).front()) line += ';';
    const auto field = fields.find(std::string(heading));
    if (field != fields.end()) line += field->second;
  }
  return line;
}

// The files are ISO-8859-1: letters beyond it cannot be written.
Result<std::string> to_latin1(const std::string& text) {
  std::string bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      bytes += text[at];
    } else if ((byte == 0xC2 || byte == 0xC3) && at + 1 < text.size()) {
      bytes += static_cast<char>((byte << 6 | (static_cast<unsigned char>(text[++at]) & 0x3F)));
    } else {
      return base::fail("bad_scenario", "the division's files have no such letter: " + text);
    }
  }
  return bytes;
}

}  // namespace

std::string_view source_of(RecordFile file) {
  return file == RecordFile::kCustomers ? "broadband.customers" : "broadband.orders";
}

std::vector<SourceFiles::Kept>& SourceFiles::kept(RecordFile file) {
  return file == RecordFile::kCustomers ? customers_ : orders_;
}

const SourceFiles::Fields& SourceFiles::keep(const GiveRecord& record) {
  std::vector<Kept>& all = kept(record.file);
  auto found = std::ranges::find(all, record.key, &Kept::key);
  if (found == all.end()) {
    const std::string first(headings_of(record.file).front());
    found = all.insert(all.end(), {record.key, {{first, record.key}}});
  }
  for (const auto& [heading, value] : record.fields) found->fields[heading] = value;
  return found->fields;
}

Result<std::string> SourceFiles::write(const std::vector<const GiveRecord*>& records) {
  const RecordFile file = records.front()->file;
  std::string text = header_of(file) + "\n";
  for (const GiveRecord* record : records) {
    text += line_of_fields(file, keep(*record)) + "\n";
  }
  return to_latin1(text);
}

Result<std::string> SourceFiles::write_all(RecordFile file) const {
  const std::vector<Kept>& all = file == RecordFile::kCustomers ? customers_ : orders_;
  if (all.empty()) return std::string();
  std::string text = header_of(file) + "\n";
  for (const Kept& record : all) text += line_of_fields(file, record.fields) + "\n";
  return to_latin1(text);
}

std::string SourceFiles::line_of(const GiveRecord& record) {
  return line_of_fields(record.file, keep(record));
}

}  // namespace scenarios
