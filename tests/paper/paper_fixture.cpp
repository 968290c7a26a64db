// Writes the sample papers as PDF files into a folder, to be looked at: paper_fixture FOLDER.
#include <cstdio>
#include <fstream>

#include "flows/compose/paper_texts.h"
#include "formats/document/pdf/paper_printer.h"
#include "tests/support/sample_papers.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/support/shipped_fonts.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  formats::document::pdf::PaperPrinter printer(formats::document::pdf::shipped_fonts());
  for (const auto& [name, paper] : fixture::sample_papers()) {
    const auto texts = flows::compose::paper_texts(
        paper, locale::shipped_catalogue(), flows::compose::paper_language(paper),
        {.page_url = "https://faktura.aurora.example/b/3q2-7wAbCdEfGhIjKlMnOpQrStU",
         .spoken = "4821 7730"});
    const auto printed = printer.print(texts);
    if (!printed) {
      std::fprintf(stderr, "%s: %s\n", name.c_str(), base::describe(printed.error()).c_str());
      return 1;
    }
    std::ofstream(std::string(argv[1]) + "/" + name + ".pdf", std::ios::binary) << printed->bytes;
    std::printf("%s: %d pages, %zu bytes, missing '%s'\n", name.c_str(), printed->pages,
                printed->bytes.size(), printed->missing.c_str());
  }
  return 0;
}
