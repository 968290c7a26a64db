#include "tests/support/postgres_server.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "storage/postgres/database.h"

namespace tests {
namespace {

namespace fs = std::filesystem;

constexpr int kStartTriesMax = 3000;
constexpr std::chrono::milliseconds kStartPause{10};

using Settings = std::vector<std::string>;
const Settings kQuick = {"fsync=off", "full_page_writes=off", "shared_buffers=64MB",
                         "autovacuum=off"};
const Settings kDurable = {"shared_buffers=512MB", "max_wal_size=4GB"};
const Settings* settings = &kQuick;

// initdb and postgres refuse to run as root.
const passwd* other_user() {
  if (geteuid() != 0) return nullptr;
  const passwd* user = getpwnam("postgres");
  if (user == nullptr) throw std::runtime_error("root needs the system user postgres");
  return user;
}

// Debian keeps the server's programs out of the path, one folder a version.
std::string program(const std::string& name) {
  std::vector<std::string> found;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const fs::path file = entry.path() / "bin" / name;
    if (fs::exists(file)) found.push_back(file.string());
  }
  return found.empty() ? name : *std::ranges::max_element(found);
}

// In the child: becomes the other user, silent, and dies with its parent.
[[noreturn]] void become(std::vector<std::string> command, const passwd* user,
                         const std::string& log, pid_t parent) {
  const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
  if (output >= 0) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
  }
  if (user != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0)) {
    _exit(126);
  }
  prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (getppid() != parent) _exit(125);
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

pid_t spawn(const std::vector<std::string>& command, const std::string& log) {
  const passwd* user = other_user();
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot fork");
  if (child == 0) become(command, user, log, parent);
  return child;
}

// Of a process: its parent, and the ticks that it and its ended children have used.
struct ProcessTicks {
  pid_t parent = 0;
  std::int64_t own = 0;
  std::int64_t of_ended_children = 0;
};

ProcessTicks ticks_of(const fs::path& folder) {
  std::ifstream file(folder / "stat");
  std::string text;
  std::getline(file, text);
  // "pid (name) state parent ...": the name may hold anything, even brackets.
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream fields(text.substr(name_end + 1));
  ProcessTicks ticks;
  std::string skipped;
  fields >> skipped >> ticks.parent;
  for (int field = 5; field < 14; ++field) fields >> skipped;
  std::int64_t user = 0, system = 0, children_user = 0, children_system = 0;
  fields >> user >> system >> children_user >> children_system;
  ticks.own = user + system;
  ticks.of_ended_children = children_user + children_system;
  return ticks;
}

}  // namespace

PostgresServer::PostgresServer() : owner_(getpid()) {
  const passwd* user = other_user();
  if (user != nullptr && chown(folder_.path().c_str(), user->pw_uid, user->pw_gid) != 0) {
    throw std::runtime_error("cannot give away " + folder_.path());
  }
  const pid_t initdb = spawn({program("initdb"), "-D", folder_.file("data"), "-U", "postgres", "-A",
                              "trust", "--encoding=UTF8", "--locale=C.UTF-8",
                              "--locale-provider=icu", "--icu-locale=sv", "--no-sync"},
                             folder_.file("log"));
  int status = 0;
  if (waitpid(initdb, &status, 0) != initdb || status != 0) {
    throw std::runtime_error("initdb failed; is the package postgresql installed?");
  }
  start();
}

PostgresServer::~PostgresServer() {
  if (getpid() == owner_) kill();
}

void PostgresServer::be_durable() { settings = &kDurable; }

PostgresServer& PostgresServer::shared() {
  static PostgresServer server;
  return server;
}

std::string PostgresServer::url(const std::string& database) const {
  return "postgresql://postgres@/" + database + "?host=" + folder_.path();
}

void PostgresServer::start() {
  std::vector<std::string> command = {program("postgres"),  "-D", folder_.file("data"), "-k",
                                      folder_.path(),       "-c", "listen_addresses=",  "-c",
                                      "max_connections=200"};
  for (const std::string& setting : *settings) command.insert(command.end(), {"-c", setting});
  pid_ = spawn(command, folder_.file("log"));
  for (int tries = 0; tries < kStartTriesMax; ++tries) {
    if (storage::postgres::open(url("postgres"))) return;
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) break;
    std::this_thread::sleep_for(kStartPause);
  }
  throw std::runtime_error("the PostgreSQL server did not start in " + folder_.path());
}

void PostgresServer::kill() {
  if (pid_ == 0) return;
  // SIGQUIT: immediate shutdown. SIGKILL would leave its helper processes behind.
  ::kill(pid_, SIGQUIT);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = 0;
}

std::chrono::microseconds PostgresServer::processor_time() const {
  const ProcessTicks server = ticks_of("/proc/" + std::to_string(pid_));
  std::int64_t ticks = server.own + server.of_ended_children;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const ProcessTicks process = ticks_of(entry.path());
    if (process.parent == pid_) ticks += process.own;
  }
  return std::chrono::microseconds(ticks * 1'000'000 / sysconf(_SC_CLK_TCK));
}

void PostgresServer::run_admin(const std::string& sql) {
  const auto database = storage::postgres::open(url("postgres"));
  if (!database) throw std::runtime_error(base::describe(database.error()));
  const auto connection = (*database)->connect();
  if (!connection) throw std::runtime_error(base::describe(connection.error()));
  const auto done = (*connection)->execute_script(sql);
  if (!done) throw std::runtime_error(base::describe(done.error()));
}

std::string PostgresServer::create_database(const std::string& like) {
  const std::string name = "test_" + std::to_string(getpid()) + "_" + std::to_string(++databases_);
  run_admin("CREATE DATABASE " + name + " TEMPLATE " + like);
  return name;
}

void PostgresServer::drop_database(const std::string& name) {
  run_admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
}

}  // namespace tests
