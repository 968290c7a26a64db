// Forms that carry a file, as browsers send them: read whole or refused as a whole.
#include "web/multipart.h"

#include <gtest/gtest.h>

namespace web {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=b1";

std::string part(const std::string& head, const std::string& content) {
  return "--b1\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
}

std::string bytes_of(const flows::Snapshot& file) {
  std::string bytes;
  EXPECT_TRUE(file.for_each_chunk([&](std::string_view chunk) -> base::Result<> {
    bytes += chunk;
    return {};
  }));
  return bytes;
}

base::Result<FormWithFile> read(const std::string& body, std::string_view type = kType) {
  return read_form_with_file(flows::Snapshot::of_text("body", body), type, "/tmp");
}

TEST(Multipart, FieldsAndAFile) {
  const std::string end = "--b1--\r\n";
  const std::string tricky = "\r\n--b2\r\n--b\r\n\r\n--\r\n";
  const struct {
    std::string what, body, fields, name, file;
  } rows[] = {
      {"a field and a file",
       part("name=\"a\"", "1") +
           part("name=\"file\"; filename=\"bg.txt\"\r\nContent-Type: text/plain", "01BG\r\n") + end,
       "a=1", "bg.txt", "01BG\r\n"},
      {"a file that looks like a delimiter, almost",
       part("name=\"file\"; filename=\"x\"", tricky) + end, "", "x", tricky},
      {"an empty file", part("name=\"file\"; filename=\"x\"", "") + end, "", "x", ""},
      {"an empty field", part("name=\"a\"", "") + part("name=\"b\"", "2") + end, "b=2", "", ""},
      {"a path and letters beyond ASCII",
       part("name=\"file\"; filename=\"C:\\\\öre\\\\Ö.txt\"", "x") + end, "", "Ö.txt", "x"},
      {"a semicolon in the name", part("filename=\"a;b.txt\"; name=\"file\"", "x") + end, "",
       "a;b.txt", "x"},
      {"words before the first part", "hello\r\n" + part("name=\"a\"", "1") + end, "a=1", "", ""},
      {"the first of two files",
       part("name=\"file\"; filename=\"one\"", "1") + part("name=\"file\"; filename=\"two\"", "2") +
           end,
       "", "one", "1"},
      {"nothing", end, "", "", ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const auto form = read(row.body);
    ASSERT_TRUE(form) << base::describe(form.error());
    EXPECT_EQ(form->fields.encode(), row.fields);
    ASSERT_EQ(form->file != nullptr, !row.name.empty());
    if (!form->file) continue;
    EXPECT_EQ(form->file->name(), row.name);
    EXPECT_EQ(bytes_of(*form->file), row.file);
  }
}

TEST(Multipart, AFieldWhoseFileWasNotChosen) {
  const auto form = read(part("name=\"file\"; filename=\"\"", "") + "--b1--");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->file, nullptr);
}

TEST(Multipart, WhatCannotBeReadIsRefused) {
  const std::string good = part("name=\"a\"", "1") + "--b1--\r\n";
  const struct {
    std::string_view what;
    std::string body;
    std::string_view type, code;
  } rows[] = {
      {"another form", good, "application/x-www-form-urlencoded", "not_a_form"},
      {"no boundary", good, "multipart/form-data", "bad_multipart"},
      {"another boundary", good, "multipart/form-data; boundary=b2", "bad_multipart"},
      {"cut in a field", good.substr(0, good.size() - 12), kType, "bad_multipart"},
      {"cut in a head", "--b1\r\nContent-Dis", kType, "bad_multipart"},
      {"cut in a file", part("name=\"f\"; filename=\"x\"", "123"), kType, "bad_multipart"},
      {"a part without a name", part("x=\"a\"", "1") + "--b1--", kType, "bad_multipart"},
      {"a field that is no text", part("name=\"a\"", "\xFF") + "--b1--", kType, "bad_multipart"},
      {"a field without end", part("name=\"a\"", std::string(70'000, 'x')) + "--b1--", kType,
       "bad_multipart"},
      {"a head without end", "--b1\r\nX: " + std::string(70'000, 'x'), kType, "bad_multipart"},
      {"empty", "", kType, "bad_multipart"},
  };
  for (const auto& row : rows) {
    const auto form = read(row.body, row.type);
    ASSERT_FALSE(form) << row.what;
    EXPECT_EQ(form.error().code, row.code) << row.what;
  }
}

// Wherever the pieces of a large body end, its file is the same.
TEST(Multipart, LargeFilesAreWhole) {
  std::string file;
  for (int line = 0; line < 40'000; ++line) file += "\r\n--c" + std::to_string(line) + "\r";
  for (std::size_t shift = 0; shift < 40; shift += 3) {
    const auto form = read(part("name=\"a\"", std::string(shift, 'x')) +
                           part("name=\"f\"; filename=\"x\"", file) + "--b1--");
    ASSERT_TRUE(form) << base::describe(form.error());
    EXPECT_EQ(form->file->sha256(), crypto::sha256(file)) << shift;
  }
}

}  // namespace
}  // namespace web
