#include "formats/document/pdf/paper_printer.h"

#include <array>

#include "formats/document/pdf/canvas.h"
#include "formats/document/pdf/paper_layout.h"
#include "formats/document/pdf/pdf_syntax.h"
#include "formats/document/pdf/receipt_layout.h"

namespace formats::document::pdf {
namespace {

// The numbers of the objects. Those of pages follow, two a page, then those of extra fonts.
constexpr int kCatalogue = 1, kPages = 2, kInfo = 3, kMetadata = 4, kResources = 5, kLogo = 6;
constexpr int kRegular = 7, kBold = kRegular + kFontObjects, kFirstPage = kBold + kFontObjects;

// What a paper is likely to add to what all share; a guess, so that its bytes are moved once.
constexpr std::size_t kUsualHead = 2'048, kUsualPage = 6'144;

// The mark: three bars of rising light on a dark tile, in a square of 32 units.
constexpr std::string_view kLogoDrawing =
    ".0392 .2275 .251 rg 9 0 m 23 0 l 27.97 0 32 4.03 32 9 c 32 23 l 32 27.97 27.97 32 23 32 c\n"
    "9 32 l 4.03 32 0 27.97 0 23 c 0 9 l 0 4.03 4.03 0 9 0 c f\n"
    "4 w 1 J .4863 .9412 .8235 RG 9 9 m 9 14 l S 16 9 m 16 23 l S\n"
    ".549 .7843 1 RG 23 9 m 23 18 l S";

[[nodiscard]] std::string reference(int number) { return std::to_string(number) + " 0 R"; }

// Objects one after another, and where each begins.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) {}

  void add(int number, std::string_view body) {
    offsets_.emplace_back(number, out_.size());
    out_ += std::to_string(number);
    out_ += " 0 obj\n";
    out_ += body;
    out_ += "\nendobj\n";
  }
  [[nodiscard]] std::vector<std::pair<int, std::size_t>> take() { return std::move(offsets_); }

 private:
  std::string& out_;
  std::vector<std::pair<int, std::size_t>> offsets_;
};

[[nodiscard]] std::string resources(const std::vector<std::pair<std::string, int>>& extra) {
  std::string body = "<</Font<</F1 " + reference(kRegular) + "/F2 " + reference(kBold);
  for (const auto& [name, number] : extra) body += name + " " + reference(number);
  return body + ">>/XObject<</Logo " + reference(kLogo) + ">>>>";
}

// A canvas is an A4 page; of a smaller sheet, the upper left corner is kept.
[[nodiscard]] std::string page_object(int resources_number, int content, Extent sheet) {
  std::string body = "<</Type/Page/Parent " + reference(kPages) + "/MediaBox[0 ";
  append_length(body, kA4.height - sheet.height);
  body += ' ';
  append_length(body, sheet.width);
  body += ' ';
  append_length(body, kA4.height);
  return body + "]/Resources " + reference(resources_number) + "/Contents " + reference(content) +
         ">>";
}

// The same facts as Info, in XMP: readers of archives look there (ISO 16684-1).
[[nodiscard]] std::string metadata(const FileFacts& paper) {
  const std::string day = paper.day.substr(0, 4) + "-" + paper.day.substr(4, 2) + "-" +
                          paper.day.substr(6, 2) + "T00:00:00Z";
  const std::string xmp =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
      "xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\">"
      "<dc:format>application/pdf</dc:format><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
      escaped_xml(paper.title) + "</rdf:li></rdf:Alt></dc:title><dc:creator><rdf:Seq><rdf:li>" +
      escaped_xml(paper.author) + "</rdf:li></rdf:Seq></dc:creator><dc:language><rdf:Bag><rdf:li>" +
      escaped_xml(paper.language) +
      "</rdf:li></rdf:Bag></dc:language><pdf:Producer>Telgiro</pdf:Producer><xmp:CreateDate>" +
      day + "</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
  return stream_object("/Type/Metadata/Subtype/XML", xmp);
}

[[nodiscard]] std::string info(const FileFacts& paper) {
  return "<</Title" + text_string(paper.title) + "/Author" + text_string(paper.author) +
         "/Producer(Telgiro)/CreationDate(D:" + paper.day + "000000Z)>>";
}

// Ten digits a row, as the format asks for.
void append_cross_reference(std::string& out,
                            const std::vector<std::pair<int, std::size_t>>& offsets) {
  std::vector<std::size_t> by_number(offsets.size() + 1, 0);
  for (const auto& [number, offset] : offsets) {
    by_number.at(static_cast<std::size_t>(number)) = offset;
  }
  out += "xref\n0 " + std::to_string(by_number.size()) + "\n0000000000 65535 f \n";
  for (std::size_t number = 1; number < by_number.size(); ++number) {
    std::array<char, 10> digits;
    std::size_t value = by_number[number];
    for (std::size_t at = digits.size(); at-- > 0; value /= 10) {
      digits[at] = static_cast<char>('0' + value % 10);
    }
    out.append(digits.data(), digits.size());
    out += " 00000 n \n";
  }
}

}  // namespace

PaperPrinter::PaperPrinter(const PaperFonts& fonts) : fonts_(fonts), deflater_(Effort::kFast) {}

const PaperPrinter::Constant& PaperPrinter::constant(const std::string& language) {
  const auto [place, is_new] = constants_.try_emplace(language);
  Constant& made = place->second;
  if (!is_new) return made;
  // Four bytes above 127 tell programs that the file is not text.
  made.bytes = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  ObjectWriter objects(made.bytes);
  objects.add(kCatalogue, "<</Type/Catalog/Pages " + reference(kPages) + "/Metadata " +
                              reference(kMetadata) + "/Lang(" + language +
                              ")/ViewerPreferences<</DisplayDocTitle true>>>>");
  objects.add(kResources, resources({}));
  objects.add(kLogo, stream_object("/Type/XObject/Subtype/Form/BBox[0 0 32 32]/Resources<<>>",
                                   kLogoDrawing));
  for (const auto& [face, first] :
       {std::pair(Face::kRegular, kRegular), std::pair(Face::kBold, kBold)}) {
    int number = first;
    for (const std::string& body : fonts_.base(face).objects(first)) objects.add(number++, body);
  }
  made.offsets = objects.take();
  return made;
}

base::Result<PrintedPaper> PaperPrinter::print(const PaperTexts& paper) {
  Typesetter typesetter(fonts_);
  return write(paper, {lay_out(paper, typesetter), kA4.width, kA4.height}, typesetter);
}

base::Result<PrintedPaper> PaperPrinter::print(const ReceiptTexts& receipt) {
  Typesetter typesetter(fonts_);
  LaidReceipt laid = lay_out_receipt(receipt, typesetter);
  return write(receipt, {{std::move(laid.content)}, laid.width, laid.height}, typesetter);
}

base::Result<PrintedPaper> PaperPrinter::write(const FileFacts& paper, const Sheets& sheets,
                                               const Typesetter& typesetter) {
  const std::vector<std::string>& contents = sheets.contents;
  const auto pages = static_cast<int>(contents.size());
  const int first_extra = kFirstPage + 2 * pages;
  const auto extra = TRY(typesetter.extra_fonts(first_extra, deflater_));
  const int own_resources = first_extra + static_cast<int>(extra.size()) * kFontObjects;

  const Constant& shared = constant(paper.language);
  PrintedPaper printed{{}, pages, typesetter.missing()};
  std::string& out = printed.bytes;
  out.reserve(shared.bytes.size() + kUsualHead + contents.size() * kUsualPage);
  out = shared.bytes;
  ObjectWriter objects(out);
  std::string kids;
  for (int page = 0; page < pages; ++page) kids += reference(kFirstPage + 2 * page) + " ";
  objects.add(kPages, "<</Type/Pages/Count " + std::to_string(pages) + "/Kids[" + kids + "]>>");
  objects.add(kInfo, info(paper));
  objects.add(kMetadata, metadata(paper));
  for (int page = 0; page < pages; ++page) {
    const int number = kFirstPage + 2 * page;
    objects.add(number, page_object(extra.empty() ? kResources : own_resources, number + 1,
                                    {sheets.width, sheets.height}));
    objects.add(number + 1,
                stream_object("/Filter/FlateDecode",
                              deflater_.deflate(contents[static_cast<std::size_t>(page)])));
  }
  std::vector<std::pair<std::string, int>> names;
  int number = first_extra;
  for (const auto& font : extra) {
    names.emplace_back(font.name, number);
    for (const std::string& body : font.objects) objects.add(number++, body);
  }
  if (!extra.empty()) objects.add(own_resources, resources(names));

  auto offsets = objects.take();
  offsets.insert(offsets.end(), shared.offsets.begin(), shared.offsets.end());
  const std::size_t table = out.size();
  append_cross_reference(out, offsets);
  out += "trailer\n<</Size " + std::to_string(offsets.size() + 1) + "/Root " +
         reference(kCatalogue) + "/Info " + reference(kInfo) + "/ID[<" + paper.id + "><" +
         paper.id + ">]>>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
  return printed;
}

}  // namespace formats::document::pdf
