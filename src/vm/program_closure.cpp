// SPDX-License-Identifier: Apache-2.0
#include "vm/program_closure.h"

#include "base/file.h"
#include "base/text.h"
#include "sys/subprocess.h"
#include "vm/elf.h"
#include "vm/source_file.h"

#include <filesystem>
#include <optional>
#include <set>

#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kLoaderLimitNs = 10'000'000'000;
constexpr size_t kHeadBytes = size_t{64} * 1024;
/// The kernel gives up after so many scripts that name scripts.
constexpr int kMostScripts = 5;

Failure bad_program(const std::string& path, std::string why, std::string hint = {}) {
  return fail_usage("cannot take the program " + umb::quoted(path) + " into the guest", std::move(why),
                    std::move(hint));
}

Result<std::string> read_head(const std::string& path) {
  UMB_ASSIGN(const SourceFile file, SourceFile::open(path));
  return file.read_head(kHeadBytes);
}

/// The library that a line of a loader's list tells of: "NAME => PATH (0x...)" or "PATH (0x...)".
std::optional<ProgramFile> library_of(std::string_view line) {
  line = trimmed(line);
  if (const size_t address = line.rfind(" (0x"); address != std::string_view::npos) line = line.substr(0, address);
  const size_t arrow = line.find(" => ");
  const std::string_view name = line.substr(0, arrow);
  const std::string_view found = arrow == std::string_view::npos ? name : line.substr(arrow + 4);
  if (!found.starts_with('/')) return {};
  // A loader is asked for by its full path, whatever file that is in the end.
  const std::string_view path = name.starts_with('/') ? name : found;
  return ProgramFile{std::filesystem::path(path).lexically_normal().string(), std::string(found)};
}

class Needs {
 public:
  Result<void> add_program(const std::string& path, int scripts = 0) {
    if (!path.starts_with('/')) return bad_program(path, "its path is not absolute", "give its full path");
    if (!seen_.insert(path).second) return {};
    std::error_code trouble;
    const std::string own = std::filesystem::path(path).lexically_normal().string();
    const std::string real = std::filesystem::canonical(path, trouble).string();
    if (trouble) return bad_program(path, trouble.message());
    if (::access(real.c_str(), X_OK) != 0) return bad_program(path, "it may not be executed");
    files_.files.push_back({real, real});
    if (own != real) files_.links.push_back({own, real});
    return add_needs(real, scripts);
  }

  Result<void> add_needs(const std::string& path, int scripts = 0) {
    const Result<std::string> head = read_head(path);
    if (!head.has_value()) return bad_program(path, head.error().why);
    if (head->starts_with("#!")) return add_interpreter(path, *head, scripts);
    const Result<std::string> loader = elf_loader(*head);
    if (!loader.has_value()) return bad_program(path, loader.error().why);
    return loader->empty() ? Result<void>() : add_libraries(path, *loader);
  }

  ProgramFiles finish() { return std::move(files_); }

 private:
  Result<void> add_interpreter(const std::string& path, std::string_view head, int scripts) {
    if (scripts == kMostScripts) return bad_program(path, "too many scripts name each other as interpreter");
    std::string line(trimmed(head.substr(2, head.find('\n') - 2)));
    for (char& character : line) character = character == '\t' ? ' ' : character;
    const std::string interpreter = line.substr(0, line.find(' '));
    if (!interpreter.starts_with('/')) return bad_program(path, "its interpreter has no full path");
    const auto named = [&](const Result<void>& added) {
      return added.has_value()
                 ? added
                 : Result<void>(while_doing("taking the interpreter of " + umb::quoted(path), added.error()));
    };
    UMB_TRY(named(add_program(interpreter, scripts + 1)));
    if (!interpreter.ends_with("/env") || interpreter.size() == line.size()) return {};
    const std::string word(trimmed(line.substr(interpreter.size())));
    const std::string found = find_program(word.substr(0, word.find(' ')));
    if (found.empty()) return bad_program(path, "there is no " + umb::quoted(word) + ", its interpreter");
    return named(add_program(found, scripts + 1));
  }

  Result<void> add_libraries(const std::string& path, const std::string& loader) {
    const Result<ProgramResult> run = run_program({loader, "--list", path}, kLoaderLimitNs);
    if (!run.has_value()) return bad_program(path, run.error().text());
    if (run->timed_out) return bad_program(path, "its loader " + umb::quoted(loader) + " did not end within 10 s");
    for (const std::string& line : split(run->output, '\n')) {
      if (line.ends_with(" => not found")) {
        return bad_program(path,
                           "its library " + umb::quoted(trimmed(line.substr(0, line.find(" => ")))) + " is not there",
                           "install the package of that library");
      }
      if (auto library = library_of(line)) files_.files.push_back(std::move(*library));
    }
    if (run->exit_code != 0) return bad_program(path, "its loader says: " + printable(trimmed(run->output)));
    files_.files.push_back({std::filesystem::path(loader).lexically_normal().string(), loader});
    return {};
  }

  std::set<std::string> seen_;
  ProgramFiles files_;
};

}  // namespace

Result<ProgramFiles> program_needs(const std::string& path) {
  Needs needs;
  UMB_TRY(needs.add_needs(path));
  return needs.finish();
}

Result<ProgramFiles> program_closure(const std::vector<std::string>& programs) {
  Needs needs;
  for (const std::string& program : programs) UMB_TRY(needs.add_program(program));
  return needs.finish();
}

}  // namespace umb
