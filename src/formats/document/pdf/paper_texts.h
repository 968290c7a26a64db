// PaperTexts: everything that stands on an invoice or credit note, as ready texts in one
// language. Who makes them knows the language and the law (flows/compose); who lays them out
// (paper_printer.h) knows paper and type, and nothing of what they mean.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/money/money.h"
#include "formats/document/codes/code128.h"
#include "formats/document/qr/qr_code.h"

namespace formats::document::pdf {

struct LabelledText {
  std::string label;
  std::string value;
};

// A row of the table: a group with its sum, a service within it, or a line.
struct PaperRow {
  enum class Kind { kGroup, kService, kLine };
  Kind kind = Kind::kLine;
  std::string name;
  std::string detail;  // Smaller, below or beside the name.
  std::string period;
  std::string quantity;
  std::string unit_price;
  std::string vat_rate;
  std::string amount;
  base::Money carried;  // What a line adds to the subtotal that a page carries over.
};

struct TotalRow {
  std::string label;
  std::string amount;
  bool is_final = false;  // Large, below a rule.
};

struct QrText {
  QrCode code;
  std::string label;
  bool is_swiss = false;  // 46 mm wide, with the cross in its middle.
};

// Bars with their digits in words below, to be pasted where nothing can be scanned.
struct BarcodeText {
  codes::Code128 code;
  std::string digits;
  std::string label;
};

struct PaymentSlip {
  std::string title;
  std::vector<LabelledText> rows;
  std::vector<QrText> codes;
  std::string hint;
  // At its foot, over the whole width: bars, or a line in columns that machines read.
  std::optional<BarcodeText> barcode;
  std::string machine_line;
};

// Where the receiver's address is seen through the window of an envelope.
enum class WindowSide { kLeft, kRight };

// What a file says of itself: its id is the document's, 32 hexadecimal digits; the day is 20261101.
struct FileFacts {
  std::string id;
  std::string day;
  std::string language;  // As lang= of a page.
  std::string title;     // "Faktura A1000123, Aurora Telekom"
  std::string author;
};

struct PaperTexts : FileFacts {
  std::string brand;
  std::string kind;    // "Faktura"
  std::string number;  // "A1000123"
  std::string sender;  // One line above the address.
  std::vector<std::string> receiver;
  WindowSide window = WindowSide::kLeft;
  std::vector<LabelledText> facts;

  // What to remember: the first is the largest.
  std::vector<LabelledText> hero;
  std::string hero_note;

  // Name, period, quantity, unit price, VAT, amount.
  std::vector<std::string> headings;
  std::vector<PaperRow> rows;
  std::string carried_to;  // "Transport till nästa sida"
  std::string carried_from;
  std::function<std::string(base::Money)> money;

  std::vector<std::string> vat_headings;  // Rate, net, VAT, gross.
  std::vector<std::vector<std::string>> vat_rows;
  std::vector<TotalRow> totals;
  std::string plan_title;
  std::vector<std::vector<std::string>> plan_rows;  // Part, day, amount.

  std::optional<PaymentSlip> slip;
  std::vector<std::vector<std::string>> foot;  // Columns of lines.
  std::function<std::string(int page, int pages)> page_of;
};

}  // namespace formats::document::pdf
