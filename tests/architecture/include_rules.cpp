// The tables of who may include whom, and the rules that read them.
#include "tests/architecture/include_rules.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

namespace architecture {
namespace {

struct Layer {
  std::string_view part;                  // Folder below src/.
  std::vector<std::string_view> may_see;  // Besides itself. "support" is all of support/.
};

// Everything that is not here is forbidden. The order is from the bottom up.
const std::vector<Layer> kLayers = {
    {"base", {}},
    {"domain", {"base"}},
    {"support/crypto", {"base"}},
    {"support/json", {"base"}},
    {"support/locale", {"base"}},
    {"support/config", {"base"}},
    {"support/observe", {"base"}},
    {"support/pack", {"base"}},
    {"ports", {"base", "domain"}},
    {"support/http", {"base", "ports"}},
    {"formats", {"base", "domain", "support/json", "support/config"}},
    {"channels", {"base", "domain", "ports", "support"}},
    {"gateways", {"base", "domain", "ports", "support"}},
    {"storage", {"base", "domain", "ports", "support/crypto", "support/json", "support/pack"}},
    {"flows", {"base", "domain", "ports", "formats", "support"}},
    {"web", {"base", "domain", "ports", "formats", "flows", "support"}},
    {"app",
     {"base", "domain", "ports", "formats", "flows", "support", "storage", "channels", "gateways",
      "web"}},
};

// Folders whose subfolders are adapters, and the subfolders that are shared among them.
struct AdapterFolder {
  std::string_view folder;
  std::vector<std::string_view> shared;
};
const std::vector<AdapterFolder> kAdapterFolders = {
    {"src/formats/bank", {"fixed_width", "iso20022"}},
    {"src/formats/einvoice", {"ubl"}},
    {"src/formats/accounting", {}},
    {"src/channels", {}},
    {"src/gateways/psp", {"exchange"}},
    {"src/gateways/direct_debit", {}},
    {"src/storage", {"backup", "sql", "tables"}},
};

// Where a header may stand. `files_max` is 1 where a second file would cost seconds of building.
struct ThirdParty {
  std::string_view header;  // Its beginning.
  std::vector<std::string_view> folders;
  std::size_t files_max = static_cast<std::size_t>(-1);
};
const std::vector<ThirdParty> kThirdParty = {
    {"boost/", {"src/web/server"}, 1},
    {"CLI/", {"src/app/cli/line"}, 1},
    {"spdlog/", {"src/support/observe"}, 1},
    {"toml.hpp", {"src/support/config"}, 1},
    {"nlohmann/", {"src/support/json"}, 1},
    {"sodium", {"src/support/crypto"}},
    {"curl/", {"src/support/http"}, 1},
    {"lz4.h", {"src/support/pack"}, 1},
    {"unicode/", {"src/support/locale"}},
    {"date/", {"src/support/locale"}},
    {"sqlite3.h", {"src/storage/sqlite"}},
    {"libpq-fe.h", {"src/storage/postgres"}},
    {"qrcodegen", {"src/formats/document"}},
    {"libxml/", {"src/formats/bank/iso20022"}},
    {"pugixml", {"src/formats/bank/iso20022"}, 1},
    {"harfbuzz/", {"src/formats/document/pdf"}},
    {"libdeflate.h", {"src/formats/document/pdf"}, 1},
    {"gtest/", {"src", "tests"}},
    {"gmock/", {"src", "tests"}},
    {"rapidcheck", {"src", "tests"}},
    {"benchmark/", {"src", "tests"}},
};

// Testing libraries stand in tests only.
bool is_for_tests(const ThirdParty& library) {
  return library.folders.front() == "src" && library.folders.back() == "tests";
}

// What the operating system offers is used where the outside begins.
const std::vector<std::string_view> kSystemFolders = {
    "src/app", "src/web/server", "src/storage", "src/support", "src/flows", "tests"};

const std::set<std::string_view> kStandardHeaders = {"algorithm",
                                                     "any",
                                                     "array",
                                                     "atomic",
                                                     "bit",
                                                     "bitset",
                                                     "cassert",
                                                     "cctype",
                                                     "cerrno",
                                                     "charconv",
                                                     "chrono",
                                                     "cinttypes",
                                                     "climits",
                                                     "cmath",
                                                     "compare",
                                                     "concepts",
                                                     "condition_variable",
                                                     "csignal",
                                                     "cstdarg",
                                                     "cstddef",
                                                     "cstdint",
                                                     "cstdio",
                                                     "cstdlib",
                                                     "cstring",
                                                     "ctime",
                                                     "deque",
                                                     "exception",
                                                     "expected",
                                                     "filesystem",
                                                     "forward_list",
                                                     "fstream",
                                                     "functional",
                                                     "future",
                                                     "initializer_list",
                                                     "iomanip",
                                                     "ios",
                                                     "iosfwd",
                                                     "iostream",
                                                     "istream",
                                                     "iterator",
                                                     "latch",
                                                     "limits",
                                                     "list",
                                                     "locale",
                                                     "map",
                                                     "memory",
                                                     "mutex",
                                                     "new",
                                                     "numbers",
                                                     "numeric",
                                                     "optional",
                                                     "ostream",
                                                     "queue",
                                                     "random",
                                                     "ranges",
                                                     "ratio",
                                                     "regex",
                                                     "semaphore",
                                                     "set",
                                                     "shared_mutex",
                                                     "span",
                                                     "sstream",
                                                     "stack",
                                                     "stdexcept",
                                                     "stop_token",
                                                     "streambuf",
                                                     "string",
                                                     "string_view",
                                                     "system_error",
                                                     "thread",
                                                     "tuple",
                                                     "type_traits",
                                                     "typeinfo",
                                                     "unordered_map",
                                                     "unordered_set",
                                                     "utility",
                                                     "variant",
                                                     "vector",
                                                     "version"};

struct Include {
  std::string target;
  bool quoted = false;
  std::size_t offset = 0;
};

std::vector<Include> includes_of(const SourceFile& file) {
  std::vector<Include> includes;
  for (const Line& line : lines_of(file.uncommented)) {
    if (!line.text.starts_with("#include")) continue;
    const std::size_t open = line.text.find_first_of("<\"");
    const std::size_t close = line.text.find_first_of(">\"", open + 1);
    if (open == line.text.npos || close == line.text.npos) continue;
    includes.push_back({std::string(line.text.substr(open + 1, close - open - 1)),
                        line.text[open] == '"', line.offset});
  }
  return includes;
}

// The file that an include in quotes means: from src/ or from the root.
const SourceFile* resolve(const SourceTree& tree, const Include& include) {
  if (!include.quoted) return nullptr;
  for (const std::string& path : {"src/" + include.target, include.target}) {
    if (const auto found = tree.find(path); found != tree.end()) return &found->second;
  }
  return nullptr;
}

const Layer* layer_of(std::string_view path) {
  if (!path.starts_with("src/")) return nullptr;
  path.remove_prefix(4);
  const auto found = std::ranges::find_if(kLayers, [&](const Layer& layer) {
    return path.starts_with(layer.part) && path.substr(layer.part.size()).starts_with('/');
  });
  return found == kLayers.end() ? nullptr : &*found;
}

bool may_see(const Layer& from, const Layer& to) {
  return from.part == to.part || std::ranges::any_of(from.may_see, [&](std::string_view part) {
           return to.part == part || (part == "support" && to.part.starts_with("support/"));
         });
}

// The adapter that a path belongs to ("src/formats/bank/camt053"), if any.
std::optional<std::string> adapter_of(std::string_view path) {
  for (const AdapterFolder& adapters : kAdapterFolders) {
    if (!path.starts_with(adapters.folder)) continue;
    const std::string_view rest = path.substr(adapters.folder.size());
    const std::size_t slash = rest.find('/', 1);
    if (!rest.starts_with('/') || slash == rest.npos) continue;
    const std::string_view name = rest.substr(1, slash - 1);
    if (std::ranges::find(adapters.shared, name) != adapters.shared.end()) continue;
    return std::string(adapters.folder) + "/" + std::string(name);
  }
  return std::nullopt;
}

bool in_one_of(const SourceFile& file, const std::vector<std::string_view>& folders) {
  return std::ranges::any_of(folders, [&](auto folder) { return file.is_below(folder); });
}

// <unistd.h>, <sys/socket.h>: a name alone, or below one of the system's folders.
bool is_system_header(std::string_view header) {
  const std::string_view folder = header.substr(0, std::min(header.find('/'), header.size()));
  constexpr std::string_view kFolders[] = {"sys", "net", "netinet", "arpa", "linux"};
  return header.ends_with(".h") &&
         (folder == header || std::ranges::find(kFolders, folder) != std::end(kFolders));
}

// Calls what(file, include) for every include of our C++ files.
void for_each_include(const SourceTree& tree,
                      const std::function<void(const SourceFile&, const Include&)>& what) {
  for (const auto& [path, file] : tree) {
    if (!file.is_cpp()) continue;
    for (const Include& include : includes_of(file)) what(file, include);
  }
}

}  // namespace

Violations forbidden_includes(const SourceTree& tree) {
  Violations violations;
  for_each_include(tree, [&](const SourceFile& file, const Include& include) {
    if (file.is_test() || !file.is_below("src")) return;
    const Layer* from = layer_of(file.path);
    if (!from) {
      violations.push_back(violation_at(file, 0, "is in no part of the table of layers"));
      return;
    }
    const SourceFile* target = resolve(tree, include);
    const Layer* to = target ? layer_of(target->path) : nullptr;
    if (target && (!to || !may_see(*from, *to))) {
      violations.push_back(violation_at(
          file, include.offset, std::string(from->part) + " may not include " + include.target));
    }
  });
  return violations;
}

Violations include_cycles(const SourceTree& tree) {
  Violations violations;
  std::map<std::string, int> state;  // 1 while its includes are looked at, 2 when they are done.
  const std::function<void(const SourceFile&)> visit = [&](const SourceFile& file) {
    state[file.path] = 1;
    for (const Include& include : includes_of(file)) {
      const SourceFile* target = resolve(tree, include);
      if (!target) continue;
      if (state[target->path] == 1) {
        violations.push_back(violation_at(file, include.offset, "closes a cycle of includes"));
      } else if (state[target->path] == 0) {
        visit(*target);
      }
    }
    state[file.path] = 2;
  };
  for (const auto& [path, file] : tree) {
    if (file.is_cpp() && state[path] == 0) visit(file);
  }
  return violations;
}

Violations sibling_includes(const SourceTree& tree) {
  Violations violations;
  for_each_include(tree, [&](const SourceFile& file, const Include& include) {
    const SourceFile* target = resolve(tree, include);
    if (!target || file.is_test()) return;
    const auto from = adapter_of(file.path), to = adapter_of(target->path);
    if (!from || !to || *from == *to) return;
    if (from->substr(0, from->rfind('/')) == to->substr(0, to->rfind('/'))) {
      violations.push_back(
          violation_at(file, include.offset, "includes its sibling " + include.target));
    }
  });
  return violations;
}

Violations stray_third_party_headers(const SourceTree& tree) {
  Violations violations;
  std::map<std::string_view, std::set<std::string>> files_of;  // Library to files.
  for_each_include(tree, [&](const SourceFile& file, const Include& include) {
    if (include.quoted || kStandardHeaders.contains(include.target)) return;
    const auto library = std::ranges::find_if(
        kThirdParty, [&](const ThirdParty& row) { return include.target.starts_with(row.header); });
    const auto add = [&](std::string text) {
      violations.push_back(violation_at(file, include.offset, std::move(text)));
    };
    if (library == kThirdParty.end()) {
      if (!is_system_header(include.target)) {
        add("<" + include.target + "> is of a library that the table does not name");
      } else if (!in_one_of(file, kSystemFolders)) {
        add("<" + include.target + "> is of the operating system, which this part may not see");
      }
      return;
    }
    files_of[library->header].insert(file.path);
    if (is_for_tests(*library) && !file.is_test()) {
      add("<" + include.target + "> belongs in tests");
    } else if (!in_one_of(file, library->folders)) {
      add("<" + include.target + "> belongs in " + std::string(library->folders.front()));
    } else if (files_of[library->header].size() > library->files_max) {
      add("<" + include.target + "> is expensive to compile and belongs in one file, " +
          *files_of[library->header].begin());
    }
  });
  return violations;
}

Violations unknown_includes(const SourceTree& tree) {
  Violations violations;
  for_each_include(tree, [&](const SourceFile& file, const Include& include) {
    if (include.quoted && !resolve(tree, include)) {
      violations.push_back(violation_at(file, include.offset, "there is no " + include.target));
    }
  });
  return violations;
}

}  // namespace architecture
