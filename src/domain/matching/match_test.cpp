// The whole engine on rows that a clerk could match, and on a file of 22,945 payments with its
// answers (../shared/data/ml/remittance), the answers used only for counting.
#include "domain/matching/match.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/money/decimal.h"
#include "base/text/csv.h"

namespace domain::matching {
namespace {

Remittance row_of(const char* memo, std::int32_t day, std::int64_t amount) {
  return {memo, base::Date::from_days(20'000 + day), amount};
}

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

Pairs pairs_of(const Matching& matching) {
  Pairs pairs;
  for (const Match& match : matching.booked) pairs.emplace_back(match.origin, match.destination);
  return pairs;
}

TEST(AmountLevel, IsByHalfPercents) {
  EXPECT_EQ(amount_level(10'000, 10'000), kAmountEqual);
  EXPECT_EQ(amount_level(10'000, 10'001), kAmountNear / 2);
  EXPECT_EQ(amount_level(10'000, 9'999), kAmountNear / 2 - 1);
  EXPECT_EQ(amount_level(10'000, 10'100), kAmountNear / 2 + 1);
  EXPECT_EQ(amount_level(10'000, 13'000), kAmountDiffers);
  EXPECT_EQ(amount_level(10'000, 5'000), kAmountDiffers);
  EXPECT_EQ(amount_level(0, 0), kAmountEqual);
  EXPECT_EQ(amount_level(-5, 5), kAmountDiffers);
}

TEST(Match, BooksWhatIsSureAndLeavesTwins) {
  const std::vector<Remittance> origins = {
      row_of("Anna Svensson", 0, 19'900), row_of("Björn Åkesson", 1, 24'950),
      row_of("Cecilia Dahl", 2, 51'233),  row_of("Twin", 3, 10'000),
      row_of("Twin", 3, 10'000),          row_of("Nobody else", 4, 77'777)};
  const std::vector<Remittance> destinations = {
      row_of("TWIN", 5, 10'000), row_of("BJORN AKESSON", 3, 24'950), row_of("TWIN", 5, 10'000),
      row_of("ANNA SVENSSON", 1, 19'900), row_of("C Dahl", 4, 51'233)};
  EXPECT_EQ(pairs_of(match(origins, destinations)), (Pairs{{0, 3}, {1, 1}, {2, 4}}));
}

TEST(Match, OfNothingIsNothing) {
  const std::vector<Remittance> one = {row_of("Anna", 0, 100)};
  EXPECT_TRUE(match({}, {}).booked.empty());
  EXPECT_TRUE(match(one, {}).booked.empty());
  EXPECT_TRUE(match({}, one).booked.empty());
}

const std::string kFolder = TELGIRO_SOURCE_DIR "/../shared/data/ml/remittance/transactions_";

struct Side {
  std::vector<std::string> ids;
  std::vector<Remittance> rows;

  // Without the first buckets of ten.
  [[nodiscard]] Side without(std::string_view salt, unsigned buckets) const;
};

// FNV-1a: the same split everywhere and for ever.
unsigned bucket_of(std::string_view salt, std::string_view id) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  for (const std::string_view text : {salt, id}) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  }
  return static_cast<unsigned>((hash >> 32U) % 10);
}

Side Side::without(std::string_view salt, unsigned buckets) const {
  Side side;
  for (std::size_t at = 0; at < ids.size(); ++at) {
    if (bucket_of(salt, ids[at]) < buckets) continue;
    side.ids.push_back(ids[at]);
    side.rows.push_back(rows[at]);
  }
  return side;
}

Side read_side(const std::string& name) {
  std::ifstream file(kFolder + name + "_visible.csv", std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  Side side;
  const base::CsvFile csv = base::parse_csv(text, name);
  for (std::size_t at = 1; at < csv.records.size(); ++at) {
    const auto& fields = csv.records[at].fields;
    const auto amount = base::Decimal::parse(fields[3]);
    const auto day = base::Date::parse(fields[2]);
    if (!amount || !day) continue;
    const auto cents = amount->scaled() / (base::Decimal::from_integer(1).scaled() / 100);
    side.ids.push_back(fields[0]);
    side.rows.push_back({fields[1], *day, static_cast<std::int64_t>(cents)});
  }
  return side;
}

class RemittanceFile : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder + "origin_visible.csv")) {
      GTEST_SKIP() << "../shared/data/ml/remittance is absent";
    }
    origins_ = read_side("origin");
    destinations_ = read_side("destination");
    ASSERT_EQ(origins_.ids.size(), 22'945U);
    ASSERT_EQ(destinations_.ids.size(), 22'945U);
  }

  // The id of a row is that of its partner. Counts origins for which `counts` says so.
  template <class Counts>
  static void expect_good(const Side& origins, const Side& destinations, const Matching& matching,
                          double precision_min, double f1_min, Counts counts) {
    const std::set<std::string> there(destinations.ids.begin(), destinations.ids.end());
    double wanted = 0;
    for (const std::string& id : origins.ids) wanted += counts(id) && there.contains(id) ? 1 : 0;
    double booked = 0;
    double right = 0;
    std::set<std::uint32_t> seen;
    for (const Match& match : matching.booked) {
      EXPECT_TRUE(seen.insert(match.destination).second) << "booked twice";
      const std::string& id = origins.ids[match.origin];
      if (!counts(id)) continue;
      booked += 1;
      right += id == destinations.ids[match.destination] ? 1 : 0;
    }
    const double precision = right / booked;
    const double recall = right / wanted;
    const double f1 = 2 * precision * recall / (precision + recall);
    EXPECT_GE(precision, precision_min);
    EXPECT_GE(f1, f1_min);
    RecordProperty("precision", std::to_string(precision));
    RecordProperty("recall", std::to_string(recall));
  }

  Side origins_;
  Side destinations_;
};

constexpr auto kAll = [](const std::string&) { return true; };

TEST_F(RemittanceFile, FitsItselfByEm) {
  const Matching matching = match(origins_.rows, destinations_.rows);
  expect_good(origins_, destinations_, matching, 0.999, 0.999, kAll);
}

TEST_F(RemittanceFile, FitsItselfWhereThreeInTenHaveNoPartner) {
  const Side origins = origins_.without("origin", 3);
  const Side destinations = destinations_.without("destination", 3);
  const Matching matching = match(origins.rows, destinations.rows);
  expect_good(origins, destinations, matching, 0.997, 0.99, kAll);
}

TEST_F(RemittanceFile, FitsItselfOnATenth) {
  const Side origins = origins_.without("tenth", 9);
  const Side destinations = destinations_.without("tenth", 9);
  const Matching matching = match(origins.rows, destinations.rows);
  expect_good(origins, destinations, matching, 0.997, 0.98, kAll);
}

TEST_F(RemittanceFile, LearnsFromConfirmedPairsOfHalf) {
  const Side origins = origins_.without("origin", 3);
  const Side destinations = destinations_.without("destination", 3);
  std::map<std::string, std::uint32_t> places;
  for (std::uint32_t at = 0; at < destinations.ids.size(); ++at) places[destinations.ids[at]] = at;
  const auto is_trained_on = [](const std::string& id) { return bucket_of("train", id) < 5; };
  std::vector<KnownPair> confirmed;
  for (std::uint32_t at = 0; at < origins.ids.size(); ++at) {
    const auto place = places.find(origins.ids[at]);
    if (place == places.end() || !is_trained_on(origins.ids[at])) continue;
    confirmed.push_back({at, place->second});
  }
  const Matching matching = match(origins.rows, destinations.rows, confirmed);
  expect_good(origins, destinations, matching, 0.997, 0.985,
              [&](const std::string& id) { return !is_trained_on(id); });
}

}  // namespace
}  // namespace domain::matching
