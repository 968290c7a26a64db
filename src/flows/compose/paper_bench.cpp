// What a paper costs on one core: "pdf" is an invoice of eight lines with its own QR code, from
// the document to the bytes; "pdf/limit" is packing and QR code alone, the floor below it.
#include <benchmark/benchmark.h>

#include "base/result/check.h"
#include "flows/compose/paper_texts.h"
#include "formats/document/pdf/paper_layout.h"
#include "formats/document/pdf/paper_printer.h"
#include "tests/support/sample_papers.h"
#include "tests/support/shipped_catalogue.h"
#include "tests/support/shipped_fonts.h"

namespace flows::compose {
namespace {

namespace pdf = formats::document::pdf;

// Each its own address, as each bill has.
[[nodiscard]] std::string address_of(std::int64_t number) {
  std::string digits = std::to_string(number);
  return "https://faktura.example/b/3q2-7wAbCdEfGhIjKlM" + std::string(10 - digits.size(), 'x') +
         digits;
}

[[nodiscard]] pdf::PaperTexts texts_of(const domain::Invoice& paper, std::int64_t number) {
  const auto address = address_of(number);
  return paper_texts(paper, locale::shipped_catalogue(), paper_language(paper), {address});
}

void whole_paper(benchmark::State& state) {
  domain::Invoice paper = fixture::household_paper("sv");
  pdf::PaperPrinter printer(pdf::shipped_fonts());
  std::int64_t number = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    paper.number = 1'000'000 + number;
    const auto printed = printer.print(texts_of(paper, ++number));
    CHECK(printed && printed->pages == 1);
    bytes += printed->bytes.size();
  }
  state.SetLabel("pages/s");
  state.SetItemsProcessed(state.iterations());
  state.counters["bytes_a_page"] =
      benchmark::Counter(static_cast<double>(bytes), benchmark::Counter::kAvgIterations);
}
BENCHMARK(whole_paper)->Name("pdf/memory")->Unit(benchmark::kMicrosecond);

void texts_alone(benchmark::State& state) {
  const domain::Invoice paper = fixture::household_paper("sv");
  std::int64_t number = 0;
  for (auto _ : state) benchmark::DoNotOptimize(texts_of(paper, ++number));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(texts_alone)->Name("pdf-texts/memory")->Unit(benchmark::kMicrosecond);

void layout_alone(benchmark::State& state) {
  const pdf::PaperTexts texts = texts_of(fixture::household_paper("sv"), 1);
  for (auto _ : state) {
    pdf::Typesetter typesetter(pdf::shipped_fonts());
    benchmark::DoNotOptimize(pdf::lay_out(texts, typesetter));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(layout_alone)->Name("pdf-layout/memory")->Unit(benchmark::kMicrosecond);

void packing_and_code(benchmark::State& state) {
  const pdf::PaperTexts texts = texts_of(fixture::household_paper("sv"), 1);
  pdf::Typesetter typesetter(pdf::shipped_fonts());
  const auto contents = pdf::lay_out(texts, typesetter);
  pdf::Deflater deflater(pdf::Effort::kFast);
  std::int64_t number = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(deflater.deflate(contents.front()));
    benchmark::DoNotOptimize(formats::document::QrCode::encode(address_of(++number)));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(packing_and_code)->Name("pdf/limit")->Unit(benchmark::kMicrosecond);

// A company's month: many pages, so that head, slip and fonts weigh little.
void paper_of_many_pages(benchmark::State& state) {
  const domain::Invoice paper = fixture::business_paper("sv", 5'000);
  pdf::PaperPrinter printer(pdf::shipped_fonts());
  std::int64_t pages = 0;
  for (auto _ : state) {
    const auto printed = printer.print(texts_of(paper, 1));
    CHECK(printed.has_value());
    pages += printed->pages;
  }
  state.SetLabel("pages/s");
  state.SetItemsProcessed(pages);
}
BENCHMARK(paper_of_many_pages)->Name("pdf-many-pages/memory")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace flows::compose
