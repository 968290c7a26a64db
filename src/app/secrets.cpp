#include "app/secrets.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/config/toml.h"

namespace app {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

// Two programs that start at once each write a file of their own, and one of them is the first
// to link it: what the other wrote can never get into the file that both use.
std::string temporary_path(const std::string& path) {
  return path + ".new." + std::to_string(::getpid());
}

// Without it a power cut could take the name away and leave the database that needs the key.
bool keep_name(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return false;
  const bool kept = ::fsync(directory) == 0;
  ::close(directory);
  return kept;
}

base::Result<Secrets> make_secrets(const std::string& path, crypto::Random& random) {
  const Secrets secrets{crypto::random_key(random, "master_key")};
  const std::string text =
      "# Keys of this data folder. Without them nothing sealed can be read: keep a copy apart\n"
      "# from the database's backups.\nmaster_key = \"" +
      secrets.master.to_hex() + "\"\n";
  const std::string temporary = temporary_path(path);
  ::unlink(temporary.c_str());  // Of a process that had this number and died here.
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file < 0) {
    return base::fail("file_not_writable",
                      std::string("the secrets cannot be written: ") + std::strerror(errno), path);
  }
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  const bool placed = written && ::link(temporary.c_str(), path.c_str()) == 0 && keep_name(path);
  ::unlink(temporary.c_str());
  if (placed) return secrets;
  if (written && std::filesystem::exists(path)) return load_secrets(path, random);
  return base::fail("file_not_writable", "the secrets cannot be written", path);
}

}  // namespace

base::Result<Secrets> load_secrets(const std::string& path, crypto::Random& random) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return make_secrets(path, random);
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return base::fail("secrets_not_private",
                      "others than the owner may read the secrets; run: chmod 600 " + path, path);
  }
  std::ifstream file(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file) return base::fail("secrets_not_readable", "the secrets cannot be read", path);
  const auto toml = TRY(config::Toml::parse(text, path));
  auto master = crypto::Key::from_hex(toml.root().text("master_key"));
  if (!master) {
    return base::fail("not_a_key", "master_key must be 64 hexadecimal digits",
                      toml.place("master_key"));
  }
  return Secrets{*master};
}

}  // namespace app
