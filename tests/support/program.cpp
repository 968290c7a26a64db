#include "tests/support/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace tests {
namespace {

constexpr std::chrono::seconds kFirstLineWait{60};
constexpr std::chrono::milliseconds kPause{5};

// In the child: becomes the program; dies with its parent.
[[noreturn]] void become(Launch launch, const std::string& output, const std::string& errors,
                         pid_t parent) {
  const int nothing = ::open("/dev/null", O_RDONLY);
  const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  const int err = ::open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
  dup2(nothing, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  for (const auto& [name, value] : launch.environment) setenv(name.c_str(), value.c_str(), 1);
  if (launch.file_bytes_max > 0) {
    const auto bytes = static_cast<rlim_t>(launch.file_bytes_max);
    const rlimit limit{bytes, bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(125);
  std::vector<char*> words;
  for (std::string& word : launch.command) words.push_back(word.data());
  words.push_back(nullptr);
  execv(words[0], words.data());
  _exit(127);
}

}  // namespace

Process::Process(const Launch& launch) {
  const pid_t parent = getpid();
  id_ = fork();
  if (id_ < 0) throw std::runtime_error("cannot fork");
  if (id_ == 0) become(launch, folder_.file("output"), folder_.file("errors"), parent);
}

Process::~Process() {
  if (id_ == 0) return;
  ::kill(id_, SIGKILL);
  reap(0);
}

bool Process::reap(int options) {
  int status = 0;
  rusage used{};
  const pid_t found = wait4(id_, &status, options, &used);
  if (found != id_) return false;
  stopped_ = WIFSTOPPED(status);
  if (stopped_) return false;
  ended_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  ended_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  ended_.peak_memory_kib = used.ru_maxrss;
  ended_.output = read_file(folder_.file("output"));
  ended_.errors = read_file(folder_.file("errors"));
  id_ = 0;
  return true;
}

Ended Process::wait() {
  if (id_ != 0) reap(0);
  return ended_;
}

bool Process::wait_until_stopped() {
  stopped_ = false;
  if (id_ != 0) reap(WUNTRACED);
  return stopped_;
}

std::string Process::first_line() {
  const auto until = std::chrono::steady_clock::now() + kFirstLineWait;
  while (std::chrono::steady_clock::now() < until) {
    const bool ended = id_ == 0 || reap(WNOHANG);
    const std::string output = read_file(folder_.file("output"));
    if (const auto end = output.find('\n'); end != std::string::npos) return output.substr(0, end);
    if (ended) break;
    std::this_thread::sleep_for(kPause);
  }
  return {};
}

void Process::send(int signal) const {
  if (id_ != 0) ::kill(id_, signal);
}

Ended run_program(const Launch& launch) { return Process(launch).wait(); }

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace tests
