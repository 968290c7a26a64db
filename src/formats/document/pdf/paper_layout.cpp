#include "formats/document/pdf/paper_layout.h"

#include <algorithm>

#include "formats/document/pdf/canvas.h"

namespace formats::document::pdf {
namespace {

constexpr Colour kInk = {0x14, 0x20, 0x2B};
constexpr Colour kInk2 = {0x4A, 0x57, 0x63};
constexpr Colour kRule = {0xDC, 0xD9, 0xD0};
constexpr Colour kBrand = {0x0B, 0x5F, 0x5A};
constexpr Colour kDeep = {0x0A, 0x3A, 0x40};
constexpr Colour kSoft = {0xE4, 0xF2, 0xEF};
constexpr Colour kBlack = {};

constexpr Length points(Length whole, Length tenths = 0) { return whole * kPoint + tenths * 10; }

constexpr Style kBody = {Face::kRegular, points(8, 5), kInk};
constexpr Style kBodyBold = {Face::kBold, points(8, 5), kInk};
constexpr Style kLabel = {Face::kRegular, points(7, 5), kInk2};
constexpr Style kPeriod = {Face::kRegular, points(7, 8), kInk};
constexpr Style kSmall = {Face::kRegular, points(7), kInk2};
constexpr Style kGroup = {Face::kBold, points(10), kBrand};
constexpr Style kService = {Face::kBold, points(8), kInk2};
constexpr Style kAddress = {Face::kRegular, points(10, 5), kInk};

constexpr Length kLeft = mm(20), kRight = mm(190), kWidth = kRight - kLeft;
constexpr Length kHairline = points(0, 5);

// The columns of the table: left edges, then right ends.
constexpr Length kNameWidth = mm(60);
constexpr Length kPeriodLeft = mm(81), kPeriodWidth = mm(40);
constexpr Length kQuantityRight = mm(138), kQuantityWidth = mm(16);
constexpr Length kPriceRight = mm(156), kPriceWidth = mm(18);
constexpr Length kVatRight = mm(168), kVatWidth = mm(11);
constexpr Length kAmountWidth = mm(21);

constexpr Length kLinePitch = mm(3, 7);  // Within a row.
constexpr Length kRowGap = mm(1, 4);
constexpr Length kGroupAbove = mm(2, 5), kGroupHeight = mm(6, 2);
constexpr Length kServiceHeight = mm(5, 2);
constexpr Length kCarriedHeight = mm(6);
constexpr Length kHeadingHeight = mm(7);

constexpr Length kFirstTop = mm(105, 5), kNextTop = mm(26);
constexpr Length kSlipTop = mm(229, 5), kSlipHeight = mm(46);
constexpr Length kBodyEnd = mm(276), kBodyEndAboveSlip = mm(225);
constexpr Length kFootTop = mm(280);

// What pages break between, with the first row of each page.
class Layout {
 public:
  Layout(const PaperTexts& paper, Typesetter& typesetter)
      : paper_(paper), typesetter_(typesetter) {}

  [[nodiscard]] std::vector<std::string> pages();

 private:
  [[nodiscard]] Length row_height(std::size_t row) const;
  // Where the detail stands beside the name; 0 where it has to stand below.
  [[nodiscard]] Length detail_left(const PaperRow& row) const;
  [[nodiscard]] Length sums_height() const;
  [[nodiscard]] Length body_end(std::size_t page) const {
    return page == 0 && paper_.slip ? kBodyEndAboveSlip - slip_added() : kBodyEnd;
  }
  [[nodiscard]] Length rows_top(std::size_t page) const {
    return (page == 0 ? kFirstTop : kNextTop) + kHeadingHeight + (page == 0 ? 0 : kCarriedHeight);
  }
  void find_breaks();
  // A heading stays with what it heads.
  [[nodiscard]] std::size_t rows_together(std::size_t row) const;

  [[nodiscard]] std::string draw(std::size_t page);
  void draw_first_head(Canvas& canvas) const;
  void draw_window(Canvas& canvas) const;
  void draw_facts(Canvas& canvas) const;
  void draw_hero(Canvas& canvas) const;
  void draw_next_head(Canvas& canvas, std::size_t page) const;
  void draw_headings(Canvas& canvas, Length top) const;
  void draw_row(Canvas& canvas, const PaperRow& row, Length& y) const;
  void draw_line(Canvas& canvas, const PaperRow& row, Length& y) const;
  void draw_carried(Canvas& canvas, const std::string& label, Length y) const;
  void draw_sums(Canvas& canvas, Length y) const;
  void draw_vat(Canvas& canvas, Length y) const;
  void draw_plan(Canvas& canvas, Length y) const;
  // What a slip is higher for the codes of its country.
  [[nodiscard]] Length slip_added() const;
  void draw_slip(Canvas& canvas) const;
  void draw_slip_rows(Canvas& canvas, Length top, Length codes) const;
  void draw_slip_foot(Canvas& canvas) const;
  [[nodiscard]] Length codes_width() const;
  void draw_codes(Canvas& canvas, Length top) const;
  void draw_foot(Canvas& canvas, std::size_t page) const;

  const PaperTexts& paper_;
  Typesetter& typesetter_;
  // The first row of each page, and the heading that it stands below; a page that has only sums
  // has no row.
  std::vector<std::size_t> first_rows_;
  std::vector<const PaperRow*> headings_again_;
  base::Money carried_;
};

constexpr Length kTotalPitch = mm(4, 6);
constexpr Length kPlanPitch = mm(4, 2);

Length Layout::detail_left(const PaperRow& row) const {
  const Length left = typesetter_.width(row.name, kBody.face, kBody.size) + mm(2);
  const Length right = left + typesetter_.width(row.detail, kSmall.face, kSmall.size);
  return right <= kNameWidth ? left : 0;
}

Length Layout::row_height(std::size_t at) const {
  const PaperRow& row = paper_.rows[at];
  if (row.kind == PaperRow::Kind::kGroup) return kGroupAbove + kGroupHeight;
  if (row.kind == PaperRow::Kind::kService) return kServiceHeight;
  std::size_t lines =
      typesetter_.wrap(row.name, kBody.face, kBody.size, kNameWidth, kLinesMax).size();
  if (!row.detail.empty() && detail_left(row) == 0) {
    lines += typesetter_.wrap(row.detail, kSmall.face, kSmall.size, kNameWidth, kLinesMax).size();
  }
  if (!row.period.empty()) {
    const auto period =
        typesetter_.wrap(row.period, kPeriod.face, kPeriod.size, kPeriodWidth, kLinesMax);
    lines = std::max(lines, period.size());
  }
  return static_cast<Length>(lines) * kLinePitch + kRowGap;
}

Length Layout::sums_height() const {
  const auto rows = [](const auto& list) { return static_cast<Length>(list.size()); };
  const Length vat = (rows(paper_.vat_rows) + 1) * kTotalPitch;
  const Length totals = rows(paper_.totals) * kTotalPitch + mm(4);
  const Length plan =
      paper_.plan_rows.empty() ? 0 : mm(8) + ((rows(paper_.plan_rows) + 1) / 2) * kPlanPitch;
  return mm(6) + std::max(vat, totals) + plan;
}

std::size_t Layout::rows_together(std::size_t row) const {
  std::size_t end = row;
  while (end + 1 < paper_.rows.size() && paper_.rows[end].kind != PaperRow::Kind::kLine) ++end;
  return end - row + 1;
}

void Layout::find_breaks() {
  const std::size_t count = paper_.rows.size();
  const Length sums = sums_height();
  first_rows_ = {0};
  headings_again_ = {nullptr};
  const PaperRow* service = nullptr;
  const auto start_page = [this](std::size_t row, const PaperRow* heading) {
    first_rows_.push_back(row);
    headings_again_.push_back(heading);
    return rows_top(first_rows_.size() - 1) + (heading == nullptr ? 0 : kServiceHeight);
  };
  Length y = rows_top(0);
  for (std::size_t at = 0; at < count;) {
    const std::size_t end = at + rows_together(at);
    Length height = 0;
    for (std::size_t row = at; row < end; ++row) height += row_height(row);
    const Length limit = body_end(first_rows_.size() - 1);
    const Length after = y + height;
    const bool ends_here = end == count && after + sums <= limit;
    const bool is_page_empty = first_rows_.back() == at;
    if (!ends_here && after + kCarriedHeight > limit && !is_page_empty) {
      const bool is_line = paper_.rows[at].kind == PaperRow::Kind::kLine;
      y = start_page(at, is_line ? service : nullptr);
      continue;
    }
    for (; at < end; ++at) {
      const PaperRow& row = paper_.rows[at];
      if (row.kind == PaperRow::Kind::kGroup) service = nullptr;
      if (row.kind == PaperRow::Kind::kService) service = &row;
    }
    y = after;
  }
  if (y + sums > body_end(first_rows_.size() - 1)) start_page(count, nullptr);
}

std::vector<std::string> Layout::pages() {
  find_breaks();
  carried_ = base::Money(
      0, paper_.rows.empty() ? base::Currency() : paper_.rows.back().carried.currency());
  std::vector<std::string> contents;
  contents.reserve(first_rows_.size());
  for (std::size_t page = 0; page < first_rows_.size(); ++page) contents.push_back(draw(page));
  return contents;
}

std::string Layout::draw(std::size_t page) {
  Canvas canvas(typesetter_);
  Length y = page == 0 ? kFirstTop : kNextTop;
  if (page == 0) {
    draw_first_head(canvas);
    draw_window(canvas);
    draw_facts(canvas);
    draw_hero(canvas);
  } else {
    draw_next_head(canvas, page);
  }
  draw_headings(canvas, y);
  y += kHeadingHeight;
  if (page > 0) {
    draw_carried(canvas, paper_.carried_from, y + mm(3, 6));
    y += kCarriedHeight;
    if (const PaperRow* again = headings_again_[page]) draw_row(canvas, *again, y);
  }
  const bool is_last = page + 1 == first_rows_.size();
  const std::size_t end = is_last ? paper_.rows.size() : first_rows_[page + 1];
  for (std::size_t row = first_rows_[page]; row < end; ++row) {
    draw_row(canvas, paper_.rows[row], y);
    carried_ += paper_.rows[row].carried;
  }
  if (is_last) {
    draw_sums(canvas, y);
  } else {
    canvas.box({kLeft, y + mm(0, 6)}, {kWidth, kHairline}, kRule);
    draw_carried(canvas, paper_.carried_to, y + mm(4, 6));
  }
  if (page == 0 && paper_.slip) draw_slip(canvas);
  draw_foot(canvas, page);
  return canvas.take();
}

void Layout::draw_first_head(Canvas& canvas) const {
  canvas.form({kLeft, mm(13)}, mm(10), "/Logo");
  canvas.text_within({kLeft + mm(13), mm(20)}, paper_.brand, {Face::kBold, points(15), kDeep},
                     mm(90));
  canvas.text_within_left_of({kRight, mm(20)}, paper_.kind, {Face::kBold, points(20), kDeep},
                             mm(62));
  // Where the sheet is folded for its envelope.
  const bool folded_once = paper_.window == WindowSide::kRight;
  for (const Length fold : folded_once ? std::vector{mm(148, 5)} : std::vector{mm(105), mm(210)}) {
    canvas.box({mm(5), fold}, {mm(3), kHairline}, kRule);
  }
}

void Layout::draw_window(Canvas& canvas) const {
  const Length left = paper_.window == WindowSide::kLeft ? mm(25) : mm(110);
  constexpr Length kWindowWidth = mm(78);
  constexpr Length kPitch = mm(4, 8);
  constexpr std::size_t kReceiverLines = 7;
  canvas.text_within({left, mm(47)}, paper_.sender, {Face::kRegular, points(6, 5), kInk2},
                     kWindowWidth);
  std::vector<std::string> lines;
  for (const std::string& part : paper_.receiver) {
    // The name may be long; what the post needs stands below it.
    const std::size_t most = lines.empty() ? 3 : 2;
    for (std::string& line :
         typesetter_.wrap(part, kAddress.face, kAddress.size, kWindowWidth, most)) {
      lines.push_back(std::move(line));
    }
  }
  const bool is_tight = lines.size() > kReceiverLines;
  const Style style = {kAddress.face, is_tight ? points(8) : kAddress.size, kAddress.colour};
  canvas.lines({left, mm(54)}, lines, style, is_tight ? mm(3, 4) : kPitch);
}

void Layout::draw_facts(Canvas& canvas) const {
  const Length left = paper_.window == WindowSide::kLeft ? mm(122) : kLeft;
  const Length value = left + mm(30);
  const Length width = paper_.window == WindowSide::kLeft ? kRight - value : mm(50);
  Length y = mm(47);
  for (const LabelledText& fact : paper_.facts) {
    canvas.text_within({left, y}, fact.label, kLabel, mm(29));
    const auto lines = typesetter_.wrap(fact.value, kBody.face, kBody.size, width, 2);
    canvas.lines({value, y}, lines, kBody, kLinePitch);
    y += mm(4, 9) + static_cast<Length>(lines.size() - 1) * kLinePitch;
  }
}

void Layout::draw_hero(Canvas& canvas) const {
  constexpr Length kTop = mm(85), kHeight = mm(17, 5);
  canvas.round_box({kLeft, kTop}, {kWidth, kHeight}, mm(3), kSoft);
  struct Column {
    Length left, width, size;
  };
  constexpr Column kColumns[] = {{kLeft + mm(5), mm(62), points(20)},
                                 {kLeft + mm(70), mm(44), points(13)},
                                 {kLeft + mm(117), mm(49), points(13)}};
  for (std::size_t at = 0; at < paper_.hero.size() && at < std::size(kColumns); ++at) {
    const Column& column = kColumns[at];
    canvas.text_within({column.left, kTop + mm(5, 4)}, paper_.hero[at].label,
                       {Face::kRegular, points(8), kDeep}, column.width);
    canvas.text_within({column.left, kTop + mm(13)}, paper_.hero[at].value,
                       {Face::kBold, column.size, kDeep}, column.width);
  }
  canvas.text_within({kLeft + mm(5), kTop + kHeight - mm(1, 8)}, paper_.hero_note, kSmall,
                     kWidth - mm(10));
}

void Layout::draw_next_head(Canvas& canvas, std::size_t) const {
  canvas.form({kLeft, mm(13)}, mm(7), "/Logo");
  canvas.text_within({kLeft + mm(9, 5), mm(18)}, paper_.brand, {Face::kBold, points(11), kDeep},
                     mm(90));
  canvas.text_within_left_of({kRight, mm(18)}, paper_.kind + " " + paper_.number,
                             {Face::kBold, points(10), kDeep}, mm(65));
}

void Layout::draw_headings(Canvas& canvas, Length top) const {
  const Length y = top + mm(4);
  const auto& heading = paper_.headings;
  canvas.text_within({kLeft, y}, heading[0], kLabel, kNameWidth);
  canvas.text_within({kPeriodLeft, y}, heading[1], kLabel, kPeriodWidth);
  canvas.text_within_left_of({kQuantityRight, y}, heading[2], kLabel, kQuantityWidth);
  canvas.text_within_left_of({kPriceRight, y}, heading[3], kLabel, kPriceWidth);
  canvas.text_within_left_of({kVatRight, y}, heading[4], kLabel, kVatWidth);
  canvas.text_within_left_of({kRight, y}, heading[5], kLabel, kAmountWidth);
  canvas.box({kLeft, top + mm(5, 8)}, {kWidth, points(0, 8)}, kBrand);
}

void Layout::draw_row(Canvas& canvas, const PaperRow& row, Length& y) const {
  switch (row.kind) {
    case PaperRow::Kind::kGroup:
      y += kGroupAbove;
      canvas.text_within({kLeft, y + mm(4)}, row.name, kGroup, mm(110));
      canvas.text_within_left_of({kRight, y + mm(4)}, row.amount, kGroup, mm(40));
      canvas.box({kLeft, y + mm(5, 6)}, {kWidth, kHairline}, kRule);
      y += kGroupHeight;
      return;
    case PaperRow::Kind::kService:
      canvas.text_within({kLeft, y + mm(4)}, row.name, kService, kWidth);
      y += kServiceHeight;
      return;
    case PaperRow::Kind::kLine: draw_line(canvas, row, y); return;
  }
}

void Layout::draw_line(Canvas& canvas, const PaperRow& row, Length& y) const {
  const Length base = y + mm(3, 2);
  const auto name = typesetter_.wrap(row.name, kBody.face, kBody.size, kNameWidth, kLinesMax);
  std::size_t lines = canvas.lines({kLeft, base}, name, kBody, kLinePitch);
  const Length beside = row.detail.empty() ? 0 : detail_left(row);
  if (beside > 0) {
    canvas.text({kLeft + beside, base}, row.detail, kSmall);
  } else if (!row.detail.empty()) {
    const auto detail =
        typesetter_.wrap(row.detail, kSmall.face, kSmall.size, kNameWidth, kLinesMax);
    lines += canvas.lines({kLeft, base + static_cast<Length>(lines) * kLinePitch}, detail, kSmall,
                          kLinePitch);
  }
  if (!row.period.empty()) {
    const auto period =
        typesetter_.wrap(row.period, kPeriod.face, kPeriod.size, kPeriodWidth, kLinesMax);
    lines = std::max(lines, canvas.lines({kPeriodLeft, base}, period, kPeriod, kLinePitch));
  }
  canvas.text_within_left_of({kQuantityRight, base}, row.quantity, kBody, kQuantityWidth);
  canvas.text_within_left_of({kPriceRight, base}, row.unit_price, kBody, kPriceWidth);
  canvas.text_within_left_of({kVatRight, base}, row.vat_rate, kBody, kVatWidth);
  canvas.text_within_left_of({kRight, base}, row.amount, kBody,
                             row.vat_rate.empty() ? kAmountWidth + kVatWidth : kAmountWidth);
  y += static_cast<Length>(lines) * kLinePitch + kRowGap;
}

void Layout::draw_carried(Canvas& canvas, const std::string& label, Length y) const {
  canvas.text_within({kLeft, y}, label, kBodyBold, mm(120));
  canvas.text_within_left_of({kRight, y}, paper_.money(carried_), kBodyBold, mm(40));
}

void Layout::draw_vat(Canvas& canvas, Length y) const {
  constexpr Length kEnds[] = {kLeft + mm(40), kLeft + mm(61), kLeft + mm(83)};
  const auto row = [&](const std::vector<std::string>& cells, const Style& style) {
    canvas.text_within({kLeft, y}, cells.front(), style, mm(18));
    for (std::size_t at = 1; at < cells.size() && at <= std::size(kEnds); ++at) {
      canvas.text_within_left_of({kEnds[at - 1], y}, cells[at], style, mm(20));
    }
    y += kTotalPitch;
  };
  row(paper_.vat_headings, kLabel);
  canvas.box({kLeft, y - mm(3, 3)}, {mm(83), kHairline}, kRule);
  for (const auto& cells : paper_.vat_rows) row(cells, kBody);
}

void Layout::draw_plan(Canvas& canvas, Length y) const {
  if (paper_.plan_rows.empty()) return;
  canvas.text_within({kLeft, y + mm(5)}, paper_.plan_title, kBodyBold, kWidth);
  const std::size_t half = (paper_.plan_rows.size() + 1) / 2;
  for (std::size_t at = 0; at < paper_.plan_rows.size(); ++at) {
    const auto& cells = paper_.plan_rows[at];
    const Length left = kLeft + (at < half ? 0 : mm(87));
    const Length row = y + mm(10) + static_cast<Length>(at % half) * kPlanPitch;
    canvas.text_within({left, row}, cells[0], kBody, mm(28));
    canvas.text_within({left + mm(29), row}, cells[1], kBody, mm(32));
    canvas.text_within_left_of({left + mm(83), row}, cells[2], kBody, mm(21));
  }
}

void Layout::draw_sums(Canvas& canvas, Length y) const {
  canvas.box({kLeft, y + mm(1)}, {kWidth, kHairline}, kRule);
  const Length top = y + mm(6);
  draw_vat(canvas, top);
  constexpr Length kTotalsLeft = mm(116);
  Length at = top;
  for (const TotalRow& row : paper_.totals) {
    const Style style =
        row.is_final ? Style{Face::kBold, points(12), kDeep} : Style{kBody.face, kBody.size, kInk};
    if (row.is_final) {
      canvas.box({kTotalsLeft, at - mm(2, 8)}, {kRight - kTotalsLeft, points(0, 8)}, kBrand);
      at += mm(2, 4);
    }
    canvas.text_within({kTotalsLeft, at}, row.label, style, mm(42));
    canvas.text_within_left_of({kRight, at}, row.amount, style, mm(34));
    at += kTotalPitch;
  }
  const auto vat_rows = static_cast<Length>(paper_.vat_rows.size());
  draw_plan(canvas, std::max(at - kTotalPitch, top + vat_rows * kTotalPitch));
}

constexpr Length kQrSide = mm(30), kSwissQrSide = mm(46);
constexpr Length kLineBand = mm(8), kBarcodeBand = mm(18);

[[nodiscard]] Length side_of(const QrText& code) { return code.is_swiss ? kSwissQrSide : kQrSide; }

Length Layout::slip_added() const {
  const PaymentSlip& slip = *paper_.slip;
  Length added = slip.barcode ? kBarcodeBand : slip.machine_line.empty() ? 0 : kLineBand;
  if (std::ranges::any_of(slip.codes, &QrText::is_swiss)) added += kSwissQrSide - kQrSide;
  return added;
}

Length Layout::codes_width() const {
  Length width = 0;
  for (const QrText& code : paper_.slip->codes) width += side_of(code) + mm(8);
  return width == 0 ? 0 : width + mm(4);
}

void Layout::draw_codes(Canvas& canvas, Length top) const {
  Length right = kRight - mm(6);
  for (const QrText& code : paper_.slip->codes) {
    const Length side = side_of(code);
    const Length left = right - side;
    canvas.qr({left, top}, side, code.code, kBlack);
    if (code.is_swiss) canvas.swiss_cross({left, top}, side, kBlack);
    const auto label = typesetter_.wrap(code.label, kSmall.face, kSmall.size, side + mm(4), 3);
    canvas.lines({left, top + side + mm(4)}, label, kSmall, mm(3, 1));
    right = left - mm(8);
  }
}

void Layout::draw_slip_rows(Canvas& canvas, Length top, Length codes) const {
  const PaymentSlip& slip = *paper_.slip;
  canvas.text_within({kLeft + mm(5), top + mm(6, 5)}, slip.title, {Face::kBold, points(11), kDeep},
                     kWidth - codes - mm(8));
  const auto rows = std::max<Length>(static_cast<Length>(slip.rows.size()), 1);
  const Length pitch = std::min(mm(5, 4), mm(28) / rows);
  // Beside a Swiss code there is less room; a label that is too long for its own gets smaller.
  Length room = mm(31);
  for (const LabelledText& row : slip.rows) {
    room = std::max(room, typesetter_.width(row.label, Face::kRegular, points(8)));
  }
  const Length value = kLeft + (codes > mm(90) ? mm(30) : std::min(room, mm(38)) + mm(7));
  Length y = top + mm(13, 2);
  for (const LabelledText& row : slip.rows) {
    canvas.text_within({kLeft + mm(5), y}, row.label, {Face::kRegular, points(8), kDeep},
                       value - kLeft - mm(6));
    canvas.text_within({value, y}, row.value, {Face::kBold, points(10, 5), kDeep},
                       kRight - codes - value - mm(2));
    y += pitch;
  }
}

// White and over the whole width, with the light around it that readers need.
void Layout::draw_slip_foot(Canvas& canvas) const {
  const PaymentSlip& slip = *paper_.slip;
  const Length bottom = kSlipTop + kSlipHeight - mm(1);
  if (slip.barcode) {
    // 332 modules of 54 digits are 105 mm.
    constexpr Extent kModule = {90, mm(10)};
    const Length top = bottom - kBarcodeBand + mm(1);
    canvas.round_box({kLeft + mm(1), top}, {kWidth - mm(2), bottom - top}, mm(2),
                     {0xFF, 0xFF, 0xFF});
    canvas.bars({kLeft + mm(5), top + mm(1, 5)}, kModule, slip.barcode->code, kBlack);
    canvas.text({kLeft + mm(5), top + mm(15)}, slip.barcode->label, kSmall);
    canvas.text_left_of({kRight - mm(5), top + mm(15)}, slip.barcode->digits, kBody);
  } else if (!slip.machine_line.empty()) {
    constexpr Length kPitch = mm(2, 1);
    const Length top = bottom - kLineBand + mm(1);
    canvas.round_box({kLeft + mm(1), top}, {kWidth - mm(2), bottom - top}, mm(2),
                     {0xFF, 0xFF, 0xFF});
    canvas.columns({kLeft + mm(2), top + mm(4, 7)}, slip.machine_line,
                   {Face::kRegular, points(9), kBlack}, kPitch);
  }
}

void Layout::draw_slip(Canvas& canvas) const {
  const PaymentSlip& slip = *paper_.slip;
  const Length added = slip_added();
  const Length top = kSlipTop - added, height = kSlipHeight + added;
  const Length band = slip.barcode ? kBarcodeBand : slip.machine_line.empty() ? 0 : kLineBand;
  canvas.dashed_line({mm(10), top - mm(3)}, mm(190), kInk2);
  canvas.round_box({kLeft, top}, {kWidth, height}, mm(3), kSoft);
  // The codes need light around them.
  const Length codes = codes_width();
  if (codes > 0) {
    canvas.round_box({kRight - codes + mm(1), top + mm(1)}, {codes - mm(2), height - band - mm(2)},
                     mm(2), {0xFF, 0xFF, 0xFF});
    draw_codes(canvas, top + mm(4, 5));
  }
  draw_slip_rows(canvas, top, codes);
  const auto hint =
      typesetter_.wrap(slip.hint, kSmall.face, kSmall.size, kWidth - codes - mm(8), 2);
  canvas.lines({kLeft + mm(5), top + height - band - mm(4)}, hint, kSmall, mm(3));
  draw_slip_foot(canvas);
}

void Layout::draw_foot(Canvas& canvas, std::size_t page) const {
  canvas.box({kLeft, kFootTop}, {kWidth, kHairline}, kRule);
  constexpr Style kFoot = {Face::kRegular, points(6, 5), kInk2};
  constexpr Length kFootPitch = mm(2, 9);
  const auto columns = static_cast<Length>(paper_.foot.size());
  const Length width = columns == 0 ? 0 : mm(145) / columns;
  for (Length column = 0; column < columns; ++column) {
    Length y = kFootTop + mm(3, 6);
    for (const std::string& line : paper_.foot[static_cast<std::size_t>(column)]) {
      canvas.text_within({kLeft + column * width, y}, line, kFoot, width - mm(2));
      y += kFootPitch;
    }
  }
  canvas.text_left_of(
      {kRight, kFootTop + mm(3, 6)},
      paper_.page_of(static_cast<int>(page) + 1, static_cast<int>(first_rows_.size())), kSmall);
}

}  // namespace

std::vector<std::string> lay_out(const PaperTexts& paper, Typesetter& typesetter) {
  return Layout(paper, typesetter).pages();
}

}  // namespace formats::document::pdf
