// Files, records and rejects of imports in the database.
#include "storage/tables/imports.h"

#include "tests/support/stores.h"

namespace storage {
namespace {

using ports::RecordState;

template <class IdType>
IdType id(std::uint8_t nth) {
  return IdType(base::IdBytes{nth});
}

ports::Reject reject(std::uint8_t nth, std::int64_t line, std::string code) {
  return {.id = id<domain::RejectId>(nth),
          .file = id<domain::FileId>(1),
          .file_name = "kunder.csv",
          .mapping = "broadband.customers",
          .line = line,
          .field = "startdatum",
          .code = std::move(code),
          .reason = "startdatum: there is no such day",
          .context = "kundnr;namn",
          .raw = "B" + std::to_string(nth) + ";Åsa \"Kajsa\"\nEk",
          .state = "open",
          .closed_by = "",
          .closed = std::nullopt,
          .recorded = {1'000'000 - nth}};
}

class ImportsTest : public tests::StoreTest {
 protected:
  void write(const std::function<base::Result<>(ports::Imports&)>& work) {
    EXPECT_OK(ports::run_in_transaction(
        store(), [&](ports::Transaction& transaction) { return work(transaction.imports()); }));
  }
  std::unique_ptr<ports::Transaction> read() {
    return std::move(*store().begin(ports::TransactionKind::kRead));
  }
};
TELGIRO_ON_BOTH_ENGINES(ImportsTest);

TEST_P(ImportsTest, Files) {
  ports::ImportFile file{.id = id<domain::FileId>(1),
                         .name = "kunder.csv",
                         .mapping = "broadband.customers",
                         .sha256 = std::string(32, '\x07'),
                         .size = 97'930,
                         .state = "reading",
                         .recorded = {5}};
  ports::ImportFile later = file;
  later.id = id<domain::FileId>(2);
  later.recorded = {6};
  write([&](ports::Imports& imports) -> base::Result<> {
    TRY(imports.add_file(file));
    return imports.add_file(later);
  });
  EXPECT_EQ(*read()->imports().find_file(file.id), file);
  file.state = "done";
  file.next_line = 721;
  file.next_offset = 97'930;
  file.records = 719;
  file.accepted = 700;
  file.repeated = 18;
  file.rejected = 1;
  write([&](ports::Imports& imports) { return imports.update_file(file); });
  EXPECT_EQ(*read()->imports().find_file(file.id), file);
  EXPECT_FALSE(*read()->imports().find_file(id<domain::FileId>(9)));
  const auto newest = read()->imports().list_files(1);
  ASSERT_EQ(newest->size(), 1U);
  EXPECT_EQ(newest->front(), later);
}

TEST_P(ImportsTest, RecordsAreKnownByTheirContent) {
  const auto mark = [](std::string record, std::string content) {
    return ports::RecordMark{"orders", std::move(record), std::move(content), {}, 2};
  };
  write([&](ports::Imports& imports) {
    return imports.save_records(std::array{mark("1", "a"), mark("2", "b")});
  });
  write([&](ports::Imports& imports) { return imports.save_records(std::array{mark("2", "c")}); });
  const auto states = [&](std::string_view source) {
    const ports::RecordKey keys[] = {{"2", "c"}, {"2", "b"}, {"1", "a"}, {"3", "a"}};
    return *read()->imports().compare_records(source, keys);
  };
  const std::vector<RecordState> known = {RecordState::kRepeated, RecordState::kChanged,
                                          RecordState::kRepeated, RecordState::kNew};
  EXPECT_EQ(states("orders"), known);
  EXPECT_EQ(states("customers"), std::vector<RecordState>(4, RecordState::kNew));
}

TEST_P(ImportsTest, RejectsAreFilteredInOrder) {
  std::vector<ports::Reject> all = {reject(1, 9, "no_such_date"), reject(2, 5, "unknown_plan"),
                                    reject(3, 7, "no_such_date")};
  all[2].recorded = all[1].recorded;  // Of one file: by line.
  write([&](ports::Imports& imports) { return imports.add_rejects(all); });
  EXPECT_EQ(*read()->imports().find_reject(all[0].id), all[0]);

  const auto listed = [&](const ports::RejectFilter& filter, const ports::RejectCursor& after = {},
                          std::size_t limit = 10) {
    std::string text;
    const auto page = read()->imports().list_rejects(filter, after, limit);
    for (const auto& each : *page) text += std::to_string(each.id.bytes().front()) + " ";
    return text;
  };
  EXPECT_EQ(listed({}), "2 3 1 ");
  EXPECT_EQ(listed({}, {}, 2), "2 3 ");
  const ports::RejectCursor second{all[2].recorded, all[2].file, all[2].line, all[2].id};
  EXPECT_EQ(listed({}, second), "1 ");
  EXPECT_EQ(listed({.code = "no_such_date"}), "3 1 ");
  EXPECT_EQ(listed({.state = "discarded"}), "");
  EXPECT_EQ(listed({.mapping = "broadband.customers", .field = "startdatum"}), "2 3 1 ");
  EXPECT_EQ(listed({.file_name = "other.csv"}), "");
  EXPECT_EQ(listed({.file = id<domain::FileId>(2)}), "");
  EXPECT_EQ(listed({.text = "b2;"}), "2 ");
  EXPECT_EQ(listed({.text = "NO SUCH DAY"}), "2 3 1 ");
  EXPECT_EQ(listed({.text = "kajsa"}, second), "1 ");
  EXPECT_EQ(*read()->imports().count_rejects({.code = "no_such_date"}), 2);
}

TEST_P(ImportsTest, RejectsAreClosed) {
  ports::Reject closed = reject(1, 9, "no_such_date");
  write([&](ports::Imports& imports) { return imports.add_rejects(std::array{closed}); });
  closed.state = "discarded";
  closed.closed_by = "user_anna: a test";
  closed.closed = base::Instant{77};
  write([&](ports::Imports& imports) { return imports.update_reject(closed); });
  EXPECT_EQ(*read()->imports().find_reject(closed.id), closed);
}

}  // namespace
}  // namespace storage
