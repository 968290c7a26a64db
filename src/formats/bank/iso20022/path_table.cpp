// Paths of elements as a table of steps: from a node and a name to the next node.
#include "formats/bank/iso20022/xml_stream.h"

#include <algorithm>

namespace formats::bank::iso20022 {

PathTable::PathTable(std::span<const std::string_view> messages, std::span<const PathRow> rows,
                     std::span<const std::string_view> transparent) {
  nodes_.push_back({});
  // All messages lead to one node: their paths are the same.
  const int message = child_of(kOutside, messages.front());
  for (const std::string_view other : messages) children_[{kOutside, name_of(other)}] = message;
  for (const PathRow& row : rows) {
    int node = message;
    std::string_view rest = row.path;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('/'), rest.size());
      node = child_of(node, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    nodes_[static_cast<std::size_t>(node)].field = row.field;
    nodes_[static_cast<std::size_t>(node)].group = row.group;
  }
  std::vector<int> through;
  for (const std::string_view name : transparent) through.push_back(name_of(name));
  steps_.assign(nodes_.size() * names_.size(), kUnknown);
  const auto step = [&](int node, int name) -> int& {
    return steps_[static_cast<std::size_t>(node) * names_.size() + static_cast<std::size_t>(name)];
  };
  for (const auto& [from, to] : children_) step(from.first, from.second) = to;
  for (int node = message; node < static_cast<int>(nodes_.size()); ++node) {
    for (const int name : through) step(node, name) = node;
  }
}

std::string PathTable::path_of(int index) const {
  std::string path;
  for (; index != kOutside && node(index).parent != kOutside; index = node(index).parent) {
    path.insert(0, names_[static_cast<std::size_t>(node(index).name)] + (path.empty() ? "" : "/"));
  }
  return path;
}

int PathTable::name_of(std::string_view name) {
  const auto found = std::ranges::find(names_, name);
  if (found != names_.end()) return static_cast<int>(found - names_.begin());
  names_.emplace_back(name);
  return static_cast<int>(names_.size()) - 1;
}

int PathTable::child_of(int node, std::string_view name) {
  const int id = name_of(name);
  const auto [place, added] = children_.try_emplace({node, id}, static_cast<int>(nodes_.size()));
  if (added) nodes_.push_back({.field = 0, .group = false, .name = id, .parent = node});
  return place->second;
}

}  // namespace formats::bank::iso20022
