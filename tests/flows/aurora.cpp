#include "tests/flows/aurora.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "flows/operations/load_operator.h"
#include "formats/catalogue/catalogue_file.h"
#include "support/config/toml.h"

namespace tests {
namespace {

template <class T>
T value_of(base::Result<T> result) {
  if (!result) throw std::runtime_error(base::describe(result.error()));
  return *std::move(result);
}

base::Json read_toml(const std::string& file) {
  std::ifstream in(std::string(TELGIRO_SOURCE_DIR) + "/" + file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return value_of(config::parse_toml(text.str(), file));
}

const formats::source::Mapping& mapping() {
  static const std::string kFile = "mappings/broadband.toml";
  static const auto kMapping = value_of(formats::source::read_mapping(read_toml(kFile), kFile));
  return kMapping;
}

}  // namespace

const formats::OperatorFile& aurora() {
  static const std::string kFile = "operators/aurora/operator.toml";
  static const auto kOperator = value_of(formats::read_operator_file(read_toml(kFile), kFile));
  return kOperator;
}

const domain::Catalogue& aurora_catalogue() {
  static const std::string kFile = "operators/aurora/catalogue.toml";
  static const auto kCatalogue = value_of(formats::read_catalogue_file(read_toml(kFile), kFile));
  return kCatalogue;
}

const formats::source::RecordMapping& broadband(std::string_view records) {
  return *value_of(mapping().find(records));
}

base::Result<const formats::source::RecordMapping*> find_mapping(std::string_view source) {
  const std::size_t dot = source.find('.');
  return mapping().find(dot == source.npos ? source : source.substr(dot + 1));
}

void load_aurora(ports::Store& store, const base::Clock& clock) {
  value_of(flows::load_operator(store, clock, aurora().value, aurora_catalogue()));
}

std::string shared_operator_file(const std::string& name) {
  const std::string path = std::string(TELGIRO_SOURCE_DIR) + "/../shared/data/operator/" + name;
  return std::filesystem::exists(path) ? path : std::string();
}

}  // namespace tests
