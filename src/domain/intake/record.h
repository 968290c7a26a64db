// A record of a source file as named fields, whatever its file looked like.
//
// Readers (formats/source) make records; the rest of this folder says what they mean. Dates come
// as "yyyy-mm-dd" and numbers with a point, because the form is the file's matter; whether such a
// day exists and a number makes sense is decided here. What each form's text looks like: FieldForm.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// What is wrong with a record or one of its fields. The text never repeats what stands in the
// field: problems are listed openly, the record itself is kept sealed.
struct Problem {
  std::string field;  // As headed in the file; empty where it is the whole record.
  std::string code;
  std::string text;

  friend bool operator==(const Problem&, const Problem&) = default;
};

struct RecordField {
  std::string name;     // Ours: "starts".
  std::string heading;  // The file's: "startdatum".
  std::string text;     // Empty where the file says nothing.

  friend bool operator==(const RecordField&, const RecordField&) = default;
};

struct Record {
  std::vector<RecordField> fields;
  std::vector<Problem> problems;  // Of form; the text of such a field is left empty.

  friend bool operator==(const Record&, const Record&) = default;

  // The text of a field, or empty.
  [[nodiscard]] std::string_view text(std::string_view name) const;
  // The file's heading of a field, or our name where the file has none.
  [[nodiscard]] std::string_view heading(std::string_view name) const;
  // All of it as one text, the same for records that say the same.
  [[nodiscard]] std::string content() const;
};

// What the text of a field looks like once it was read.
enum class FieldForm {
  kText,
  kDate,        // "2026-10-25"
  kDecimal,     // "-12.5"
  kInteger,     // "-60"
  kInstant,     // "2026-10-25T00:30:00Z"; a local time as "2026-10-25T02:30:00 earlier" or
                // "... later": which of the two is meant where the hour exists twice.
  kCodes,       // "SAKER SURF10": words between single spaces.
  kDatedCodes,  // "2026-10-01 MOB5 2026-10-09 MOB20": a day and a word, and so on.
};

// What a field of a kind of record may be called, and its form.
struct FieldSpec {
  std::string_view name;
  FieldForm form = FieldForm::kText;
  bool required = false;         // A mapping must say where it comes from,
  std::string_view unless = {};  // or else where this one does.
};

}  // namespace domain
