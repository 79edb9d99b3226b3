// SPDX-License-Identifier: Apache-2.0
#include "kernels/apt_state.h"

#include "base/file.h"
#include "base/text.h"
#include "kernels/cache_folder.h"
#include "kernels/file_age.h"
#include "sys/subprocess.h"

#include <algorithm>

#include <unistd.h>

namespace umb {

namespace {

constexpr int64_t kSecondNs = 1'000'000'000;
constexpr int64_t kUpdateLimitNs = 300 * kSecondNs;
constexpr int64_t kDownloadLimitNs = 900 * kSecondNs;
constexpr int64_t kAskLimitNs = 120 * kSecondNs;

Failure unavailable(const std::string& what, const std::string& why, const std::string& hint) {
  return fail(what, why, hint, ErrorKind::kUnavailable);
}

Result<void> write_file(const std::string& path, const std::string& text) {
  UMB_ASSIGN(OutputFile file, OutputFile::create(path));
  UMB_TRY(file.write(text));
  return file.commit();
}

Result<void> check_programs() {
  const std::string what = "cannot fetch kernels of Debian";
  for (const char* name : {"apt-get", "apt-cache", "env", "setpriv"}) {
    if (!find_program(name).empty()) continue;
    return unavailable(what, std::string(name) + " is not installed",
                       "get the package files elsewhere, and give them as they are: --kernel linux-image-....deb");
  }
  if (::access(kArchiveKeyring, R_OK) == 0) return {};
  return unavailable(what, std::string(kArchiveKeyring) + " is not there, and nothing is taken unchecked",
                     "apt install debian-archive-keyring");
}

bool has_word(const std::string& text, const std::vector<const char*>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&text](const char* word) { return text.find(word) != std::string::npos; });
}

}  // namespace

Result<AptState> AptState::open(const std::string& mirror, const std::string& suite) {
  UMB_TRY(check_programs());
  AptState state;
  state.suite_ = suite;
  state.mirror_ = mirror;
  state.source_line_ = apt_source_line(mirror, suite);
  UMB_TRY(cache_folder("apt"));
  UMB_ASSIGN(state.folder_, cache_folder("apt/" + suite));
  if (state.folder_.find_first_of("\"\n") != std::string::npos) {
    return fail_usage("apt can't use the cache folder " + quoted(state.folder_),
                      "its name holds a quotation mark or a line break", "name another place with XDG_CACHE_HOME");
  }
  for (const char* part : {"/lists", "/lists/partial", "/archives", "/archives/partial"}) {
    UMB_TRY(cache_folder("apt/" + suite + part));
  }
  UMB_TRY(write_file(state.folder_ + "/sources.list", state.source_line_));
  UMB_TRY(write_file(state.folder_ + "/apt.conf", apt_configuration(state.folder_)));
  return state;
}

bool AptState::is_fresh() const {
  const std::string stamp = folder_ + "/updated";
  if (!is_younger_than_a_day(stamp)) return false;
  const Result<std::string> of = read_file(stamp, 4096);
  return of.has_value() && *of == source_line_;
}

Result<std::string> AptState::ask(const std::string& program, const std::vector<std::string>& arguments,
                                  int64_t limit_ns, const std::string& doing, const std::string& in) const {
  std::vector<std::string> words{"-q", "-c", folder_ + "/apt.conf"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::string what = "cannot " + doing;
  UMB_ASSIGN(ProgramResult done, run_program(apt_command(find_program(program), in, words), limit_ns));
  if (done.timed_out) return unavailable(what, "not done within " + human_duration(limit_ns), "try again later");
  if (done.exit_code == 0) return std::move(done.output);
  return unavailable(what, apt_trouble(done.output), "see whether the mirror can be reached: " + printable(mirror_));
}

Result<void> AptState::update(bool& lacking) {
  lacking = false;
  UMB_TRY(remove_file(folder_ + "/updated"));
  Result<std::string> done =
      ask("apt-get", {"update"}, kUpdateLimitNs, "get the package index of Debian " + suite_, folder_);
  if (done.has_value()) return write_file(folder_ + "/updated", source_line_);
  Error error = std::move(done).error();
  if (has_word(error.why, {"does not have a Release file", "404"})) {
    lacking = true;
    error.hint = "the mirror " + printable(mirror_) + " lacks " + suite_ + ": name another kernel or suite";
  } else if (has_word(error.why, {"is not signed", "NO_PUBKEY", "EXPKEYSIG", "not valid"})) {
    lacking = true;
    error.hint = "the keyring here lacks its key: apt install --only-upgrade debian-archive-keyring";
  }
  return Failure(std::move(error));
}

Result<std::vector<std::string>> AptState::package_names(const std::string& prefix) const {
  UMB_ASSIGN(const std::string answer, ask("apt-cache", {"pkgnames", prefix}, kAskLimitNs,
                                           "read the package index of Debian " + suite_, folder_));
  return trimmed(answer).empty() ? std::vector<std::string>() : split(trimmed(answer), '\n');
}

Result<std::string> AptState::depends_of(const std::string& package) const {
  // A name may stand in the index only because others depend on it.
  const Result<std::string> answer = ask("apt-cache", {"show", "--no-all-versions", package}, kAskLimitNs,
                                         "find " + printable(package) + " in Debian " + suite_, folder_);
  const std::string start = "Depends: ";
  if (!answer.has_value() || !answer->starts_with("Package: ")) {
    return fail_usage("Debian " + suite_ + " has no package " + quoted(package));
  }
  for (const std::string& line : split(*answer, '\n')) {
    if (line.starts_with(start)) return line.substr(start.size());
  }
  return std::string();
}

Result<std::vector<ArchiveFile>> AptState::files_of(const std::vector<std::string>& packages) const {
  std::vector<std::string> arguments{"download", "--print-uris"};
  arguments.insert(arguments.end(), packages.begin(), packages.end());
  const std::string doing = "find " + printable(join(packages, ", ")) + " in Debian " + suite_;
  UMB_ASSIGN(const std::string answer, ask("apt-get", arguments, kAskLimitNs, doing, folder_));
  std::vector<ArchiveFile> files = archive_files(answer);
  std::sort(files.begin(), files.end(),
            [](const ArchiveFile& one, const ArchiveFile& other) { return one.name < other.name; });
  if (files.size() == packages.size()) return files;
  return unavailable("cannot " + doing, "apt-get answers " + quoted(trimmed(answer).substr(0, 200)), "");
}

Result<void> AptState::download(const std::vector<std::string>& packages, const std::string& to) const {
  std::vector<std::string> arguments{"download"};
  arguments.insert(arguments.end(), packages.begin(), packages.end());
  UMB_TRY(ask("apt-get", arguments, kDownloadLimitNs, "fetch " + printable(join(packages, ", ")), to));
  return {};
}

}  // namespace umb
