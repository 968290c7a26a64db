#include "tests/flows/aurora.h"

#include <filesystem>
#include <fstream>
#include <map>
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

const formats::source::Mapping& mapping(const std::string& division) {
  static std::map<std::string, formats::source::Mapping> read;
  const std::string file = "mappings/" + division + ".toml";
  const auto known = read.find(division);
  if (known != read.end()) return known->second;
  return read.emplace(division, value_of(formats::source::read_mapping(read_toml(file), file)))
      .first->second;
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
  return *value_of(mapping("broadband").find(records));
}

base::Result<const formats::source::RecordMapping*> find_mapping(std::string_view source) {
  const std::size_t dot = source.find('.');
  if (dot == source.npos) return mapping("broadband").find(source);
  return mapping(std::string(source.substr(0, dot))).find(source.substr(dot + 1));
}

void load_aurora(ports::Store& store, const base::Clock& clock) {
  value_of(flows::load_operator(store, clock, aurora().value, aurora_catalogue()));
}

std::string shared_operator_file(const std::string& name) {
  const std::string path = std::string(TELGIRO_SOURCE_DIR) + "/../shared/data/operator/" + name;
  return std::filesystem::exists(path) ? path : std::string();
}

}  // namespace tests
