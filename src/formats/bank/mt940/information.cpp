#include "formats/bank/mt940/information.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace formats::bank::mt940 {
namespace {

constexpr std::size_t kNamePartLength = 27;  // Of ?20 and ?32: what is longer goes on in the next.
constexpr std::string_view kNone[] = {"NOTPROVIDED", "NICHT ANGEGEBEN", "NONREF"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string joined(std::span<const std::string> lines) {
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

void add_line(std::vector<std::string>& lines, std::string_view text) {
  if (text = trimmed(text); !text.empty()) lines.emplace_back(text);
}

std::string identity(std::string_view text) {
  const bool none = std::ranges::find(kNone, trimmed(text)) != std::end(kNone);
  return none ? std::string() : std::string(trimmed(text));
}

// A word that begins a part of a text, and what follows it up to the next one.
struct Part {
  std::string_view key, value;
};

// Cuts `text` where one of `keys` stands. What stands before the first has an empty key.
std::vector<Part> parts_of(std::string_view text, std::span<const std::string_view> keys) {
  std::vector<Part> parts{{.key = {}, .value = text}};
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto key = std::ranges::find_if(
        keys, [&](std::string_view each) { return text.substr(at).starts_with(each); });
    if (key == keys.end()) {
      ++at;
      continue;
    }
    parts.back().value = text.substr(begin, std::max(at, begin) - begin);
    begin = at + key->size();
    parts.push_back({.key = *key, .value = text.substr(begin)});
    // The slash at the end of a key may be the one that begins the next.
    at = key->ends_with('/') ? begin - 1 : begin;
  }
  return parts;
}

constexpr std::string_view kSepaKeys[] = {"EREF+", "KREF+", "MREF+", "CRED+", "DEBT+",
                                          "SVWZ+", "ABWA+", "ABWE+", "COAM+", "OAMT+",
                                          "PURP+", "RREF+", "RTRN+", "BREF+"};

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Banks cut the text where a part is full, in the middle of words too. What is not full has lost
// the blank at its end.
std::string as_one_text(std::span<const std::string_view> lines) {
  constexpr std::size_t kNearlyFull = 20;
  std::size_t widest = 0;
  for (const std::string_view line : lines) widest = std::max(widest, letters_in(line));
  std::string whole;
  for (const std::string_view line : lines) {
    whole += line;
    const std::size_t letters = letters_in(line);
    const bool full = letters >= kNamePartLength || (letters == widest && letters >= kNearlyFull);
    if (!full && letters > 0) whole += ' ';
  }
  return whole;
}

// Words of the purpose (?20 to ?29, ?60 to ?63): lines of their own, or marked by SEPA's keys.
void read_purpose(std::span<const std::string_view> lines, Information& information) {
  const std::string whole = as_one_text(lines);
  const std::vector<Part> parts = parts_of(whole, kSepaKeys);
  if (parts.size() == 1) {
    for (const std::string_view line : lines) add_line(information.remittance, line);
    return;
  }
  for (const Part& part : parts) {
    if (part.key.empty() || part.key == "SVWZ+") add_line(information.remittance, part.value);
    if (part.key == "EREF+") information.end_to_end_id = identity(part.value);
    if (part.key == "MREF+") information.mandate_id = identity(part.value);
  }
}

// Three digits, a mark, and a number after each mark.
bool is_german(std::string_view text) {
  constexpr std::string_view kMarks = "?~>^<";
  return text.size() > 5 && std::ranges::all_of(text.substr(0, 3), is_digit) &&
         kMarks.find(text[3]) != kMarks.npos && is_digit(text[4]) && is_digit(text[5]);
}

// Numbers of movements that came back: direct debits of payers and companies, credit transfers.
bool is_returned(std::string_view code) { return code == "108" || code == "109" || code == "159"; }

Information read_german(std::string_view text) {
  Information information;
  information.code = text.substr(0, 3);
  const char mark = text[3];
  std::vector<std::string_view> purpose;
  std::string booking_text, return_code;
  for (std::size_t at = 3; at < text.size();) {
    const std::string_view key = text.substr(at + 1, 2);
    std::size_t end = at + 3;
    const auto is_mark = [&](std::size_t here) {
      return text[here] == mark && here + 2 < text.size() && is_digit(text[here + 1]) &&
             is_digit(text[here + 2]);
    };
    while (end < text.size() && !is_mark(end)) ++end;
    const std::string_view value = text.substr(at + 3, end - at - 3);
    if (key == "00") booking_text = trimmed(value);
    if (key[0] == '2' || (key >= "60" && key <= "63")) purpose.push_back(value);
    if (key == "31") information.payer.account = trimmed(value);
    // Polish banks write the IBAN behind it.
    if (key == "38" && !trimmed(value).empty()) information.payer.account = trimmed(value);
    if (key == "32" || key == "33") {
      std::string& name = information.payer.name;
      if (!name.empty() && name.size() < kNamePartLength) name += ' ';
      name += trimmed(value);
    }
    if (key == "34") return_code = trimmed(value);
    at = end;
  }
  read_purpose(purpose, information);
  if (is_returned(information.code)) {
    information.returned = domain::BankReturn{
        .code = return_code.empty() ? information.code : return_code, .text = booking_text};
  }
  return information;
}

constexpr std::string_view kSlashKeys[] = {
    "/TRTP/", "/TRCD/",      "/EREF/",    "/PREF/", "/MARF/", "/CSID/", "/CNTP/",
    "/REMI/", "/ORDP/",      "/BENM/",    "/NAME/", "/IBAN/", "/BIC/",  "/RTRN/",
    "/PURP/", "/ISDT/",      "/ULTB/",    "/ULTD/", "/ULTC/", "/ADDR/", "/CREF/",
    "/IREF/", "/CDTRREFTP/", "/CDTRREF/", "/SVCL/", "/UDTR/", "/UCRD/", "/CUST/"};
// Dutch text in columns of 32 letters, two a line: "SEPA OVERBOEKING   IBAN: NL... NAAM: ...".
constexpr std::string_view kColonKeys[] = {
    "IBAN: ",      "BIC: ",        "NAAM: ",           "OMSCHRIJVING: ",
    "KENMERK: ",   "MACHTIGING: ", "BETALINGSKENM.: ", "BETALINGSKENMERK: ",
    "INCASSANT: ", "VOOR: "};

bool has_slashes(std::string_view text) {
  return std::ranges::any_of(kSlashKeys,
                             [&](std::string_view key) { return text.starts_with(key); });
}

std::string_view without_slashes(std::string_view text) {
  while (text.ends_with('/')) text.remove_suffix(1);
  while (text.starts_with('/')) text.remove_prefix(1);
  return trimmed(text);
}

// "STRD/CUR/9912..." or "USTD//words" or words.
void read_remittance(std::string_view value, Information& information) {
  if (value.starts_with("STRD/")) {
    value = without_slashes(value);
    information.reference = value.substr(value.rfind('/') + 1);
    return;
  }
  if (value.starts_with("USTD/")) value.remove_prefix(5);
  add_line(information.remittance, without_slashes(value));
}

// "IBAN/BIC/name/town"
void read_counterparty(std::string_view value, domain::BankParty& payer) {
  std::array<std::string_view, 3> fields;
  for (std::string_view& field : fields) {
    const std::size_t end = std::min(value.find('/'), value.size());
    field = value.substr(0, end);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  payer.account = trimmed(fields[0]);
  payer.name = trimmed(fields[2]);
}

Information read_slashes(std::string_view text) {
  Information information;
  for (const auto& [key, value] : parts_of(text, kSlashKeys)) {
    if (key == "/EREF/") information.end_to_end_id = identity(without_slashes(value));
    if (key == "/MARF/") information.mandate_id = identity(without_slashes(value));
    if (key == "/NAME/") information.payer.name = without_slashes(value);
    if (key == "/IBAN/") information.payer.account = without_slashes(value);
    if (key == "/CDTRREF/") information.reference = without_slashes(value);
    if (key == "/CNTP/") read_counterparty(value, information.payer);
    if (key == "/REMI/") read_remittance(value, information);
    if (key == "/RTRN/") {
      information.returned =
          domain::BankReturn{.code = std::string(without_slashes(value)), .text = {}};
    }
  }
  return information;
}

bool has_columns(std::string_view text) {
  return text.starts_with("SEPA ") && text.find("IBAN: ") != text.npos;
}

Information read_columns(std::string_view text) {
  Information information;
  for (const auto& [key, value] : parts_of(text, kColonKeys)) {
    if (key == "IBAN: ") information.payer.account = trimmed(value);
    if (key == "NAAM: ") information.payer.name = trimmed(value);
    if (key == "KENMERK: ") information.end_to_end_id = identity(value);
    if (key == "MACHTIGING: ") information.mandate_id = identity(value);
    if (key.starts_with("BETALINGSKENM")) information.reference = trimmed(value);
    if (key.empty() || key == "OMSCHRIJVING: ") add_line(information.remittance, value);
  }
  return information;
}

}  // namespace

Information read_information(std::span<const std::string> lines) {
  const std::string whole = joined(lines);
  if (has_columns(whole)) return read_columns(whole);
  if (is_german(whole)) return read_german(whole);
  if (has_slashes(whole)) return read_slashes(whole);
  Information information;
  for (const std::string& line : lines) add_line(information.remittance, line);
  return information;
}

Information read_numbered_lines(std::span<const std::string> lines) {
  Information information;
  for (const std::string_view line : lines) {
    if (line.size() < 3 || !is_digit(line[0]) || !is_digit(line[1])) continue;
    const std::string_view key = line.substr(0, 2), value = trimmed(line.substr(2));
    if (key >= "01" && key <= "14") add_line(information.remittance, value);
    if (key == "15") information.payer.name = value;
    if (key == "16") information.payer.name += " " + std::string(value);
  }
  return information;
}

}  // namespace formats::bank::mt940
