// The files that say who bills and how source files are read: operators/ and mappings/, as the
// binary carries them or from a folder of the operator's own.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result/result.h"
#include "domain/catalogue/catalogue.h"
#include "formats/operator/operator_file.h"
#include "formats/source/mapping.h"

namespace app {

struct OperatorBundle {
  formats::OperatorFile file;
  domain::Catalogue catalogue;
};

// Whether it is a folder that describes an operator: one with operator.toml.
[[nodiscard]] bool is_operator_folder(const std::string& path);

// `operator_code` is a shipped operator ("aurora") or a folder with operator.toml and
// catalogue.toml. Errors: unknown_operator, file_not_readable, and those of the readers.
[[nodiscard]] base::Result<OperatorBundle> load_operator_files(const std::string& operator_code);
// The same without the catalogue, which may be full of mistakes.
[[nodiscard]] base::Result<formats::OperatorFile> load_operator_file(
    const std::string& operator_code);

// A catalogue of the operator's own form; `setting` names the file beside operator.toml that
// explains it ("katalog": katalog.toml). What `known` calls by names keeps them: such files have
// codes only. Errors: file_not_readable, bad_json, katalog_not_understood and its like (the first
// problem, with how many there are; read_katalog_text), those of Catalogue::make.
[[nodiscard]] base::Result<domain::Catalogue> load_own_catalogue(const std::string& operator_code,
                                                                 const std::string& setting,
                                                                 const std::string& path,
                                                                 const domain::Operator& seller,
                                                                 const domain::Catalogue& known);

// Mappings by name, each read once. Safe from any thread.
class Mappings {
 public:
  // `folder` may hold the operator's own mappings/, which win over the shipped ones; empty: none.
  explicit Mappings(std::string folder = "") : folder_(std::move(folder)) {}

  // "broadband", "customers". Errors: unknown_mapping and those of the reader.
  [[nodiscard]] base::Result<const formats::source::RecordMapping*> find(
      const std::string& mapping, const std::string& records);
  // "broadband.customers", as rejects name it.
  [[nodiscard]] base::Result<const formats::source::RecordMapping*> find(std::string_view source);

 private:
  std::string folder_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<formats::source::Mapping>> mappings_;  // Under mutex_.
};

// A shipped file's text. Errors: resource_not_found.
[[nodiscard]] base::Result<std::string_view> shipped_file(std::string_view path);

}  // namespace app
