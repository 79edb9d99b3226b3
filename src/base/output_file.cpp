// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"
#include "base/text.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr size_t kBufferBytes = size_t{64} * 1024;
constexpr mode_t kMode = 0644;

/// A path taken apart and its folder held open, so that what follows happens in one and the same folder.
struct Place {
  UniqueFd folder;
  std::string leaf;
};

Failure bad_place(const std::string& path, int errno_value, std::string why, std::string hint) {
  Error error{"cannot write " + quoted(path), std::move(why), std::move(hint), errno_value, ErrorKind::kUsage};
  return Failure(std::move(error));
}

/// What is wrong with the place is the user's to mend; anything else (disk full, no descriptor left) is not.
Failure place_error(const std::string& path, int errno_value) {
  switch (errno_value) {
    case EACCES:
    case EPERM:
    case EROFS:
      return bad_place(path, errno_value, "its folder isn't writable: " + errno_text(errno_value),
                       "name a folder that the calling user may write to");
    case ENOENT:
    case ENOTDIR:
    case ELOOP:
    case ENAMETOOLONG:
      return bad_place(path, errno_value, errno_text(errno_value), "name a file in a folder that is there");
    default:
      return fail_errno("cannot write " + quoted(path), errno_value);
  }
}

Result<Place> open_place(const std::string& path) {
  const size_t slash = path.rfind('/');
  Place place;
  place.leaf = slash == std::string::npos ? path : path.substr(slash + 1);
  if (place.leaf.empty() || place.leaf == "." || place.leaf == ".." || path.find('\0') != std::string::npos) {
    return bad_place(path, EISDIR, path.empty() ? "the name is empty" : "that is no file's name", "name a file");
  }
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  place.folder.reset(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!place.folder.valid()) {
    const int error = errno;
    if (error != ENOENT && error != ENOTDIR) return place_error(path, error);
    return bad_place(path, error, "there is no folder " + quoted(folder),
                     "make the folder first, or name one that is there");
  }
  return place;
}

/// In a folder like /tmp only the owner of a file or of the folder may replace it.
bool kept_by_sticky_bit(const Place& place, const struct stat& file) {
  struct stat folder {};
  const uid_t self = static_cast<uid_t>(::setfsuid(static_cast<uid_t>(-1)));
  if (::fstat(place.folder.get(), &folder) != 0 || (folder.st_mode & S_ISVTX) == 0) return false;
  return self != 0 && self != file.st_uid && self != folder.st_uid;
}

Result<void> check_replaceable(const Place& place, const std::string& path) {
  struct stat found {};
  if (::fstatat(place.folder.get(), place.leaf.c_str(), &found, AT_SYMLINK_NOFOLLOW) != 0) {
    return errno == ENOENT ? Result<void>() : Result<void>(place_error(path, errno));
  }
  if (S_ISDIR(found.st_mode)) return bad_place(path, EISDIR, "it is a folder", "name a file in it");
  if (S_ISLNK(found.st_mode)) return bad_place(path, ELOOP, "it is a symbolic link", "name the file that it points to");
  if (!S_ISREG(found.st_mode)) return bad_place(path, EEXIST, "it is not a plain file", "for stdout, name '-'");
  if (kept_by_sticky_bit(place, found)) {
    return bad_place(path, EPERM, "it belongs to another user, and its folder lets nobody else replace it",
                     "name another file");
  }
  return {};
}

std::string random_suffix() {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::array<unsigned char, 6> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) bytes = {};
  std::string suffix;
  for (const unsigned char byte : bytes) suffix += kLetters[byte % kLetters.size()];
  return suffix;
}

/// Where the folder may be written to but not read, its entry can't be forced to disk; the file's data were.
Result<void> sync_folder(int folder, const std::string& path) {
  const UniqueFd readable(::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!readable.valid() || ::fsync(readable.get()) == 0 || errno == EINVAL) return {};
  return write_error(path, errno);
}

/// Not every file system knows RENAME_NOREPLACE; a hard link never replaces anything either.
int rename_without_replacing(int folder, const char* from, const char* to) {
  if (::renameat2(folder, from, folder, to, RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (::linkat(folder, from, folder, to, 0) != 0) return errno;
  ::unlinkat(folder, from, 0);
  return 0;
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::string& path) {
  const AsCaller caller;
  UMB_ASSIGN(Place place, open_place(path));
  UMB_TRY(check_replaceable(place, path));
  constexpr int kAttempts = 100;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    OutputFile file;
    file.temporary_ = place.leaf + ".tmp-" + random_suffix();
    file.fd_.reset(::openat(place.folder.get(), file.temporary_.c_str(),
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kMode));
    if (file.fd_.valid()) {
      file.path_ = path;
      file.folder_ = std::move(place.folder);
      return file;
    }
    const int error = errno;
    file.temporary_.clear();
    if (error != EEXIST) return place_error(path, error);
  }
  return fail_errno("cannot write " + quoted(path), EEXIST);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      folder_(std::move(other.folder_)),
      fd_(std::move(other.fd_)),
      buffer_(std::move(other.buffer_)),
      errno_(other.errno_) {}

OutputFile::~OutputFile() {
  if (temporary_.empty()) return;
  const AsCaller caller;
  ::unlinkat(folder_.get(), temporary_.c_str(), 0);
}

Result<void> OutputFile::flush() {
  if (errno_ != 0) return write_error(path_, errno_);
  Result<void> written = write_all(fd_.get(), buffer_, path_);
  buffer_.clear();
  if (!written.has_value()) errno_ = written.error().errno_value;
  return written;
}

Result<void> OutputFile::write(std::string_view text) {
  if (errno_ != 0) return write_error(path_, errno_);
  buffer_ += text;
  return buffer_.size() < kBufferBytes ? Result<void>() : flush();
}

Result<void> OutputFile::commit() {
  return finish(true);
}
Result<void> OutputFile::commit_new() {
  return finish(false);
}

Result<void> OutputFile::finish(bool replace) {
  UMB_TRY(flush());
  if (::fsync(fd_.get()) != 0) return write_error(path_, errno);
  const AsCaller caller;
  const std::string leaf = path_.substr(path_.rfind('/') + 1);
  if (!replace) {
    const int error = rename_without_replacing(folder_.get(), temporary_.c_str(), leaf.c_str());
    if (error == EEXIST) return bad_place(path_, error, "it is there already", "move it away first");
    if (error != 0) return write_error(path_, error);
  } else if (::renameat(folder_.get(), temporary_.c_str(), folder_.get(), leaf.c_str()) != 0) {
    return write_error(path_, errno);
  }
  temporary_.clear();
  fd_.reset();
  return sync_folder(folder_.get(), path_);
}

Result<void> check_output_place(const std::string& path) {
  const Result<OutputFile> trial = OutputFile::create(path);
  return trial.has_value() ? Result<void>() : Result<void>(Failure(trial.error()));
}

Result<void> make_output_folder(const std::string& path) {
  const AsCaller caller;
  if (::mkdir(path.c_str(), 0755) == 0) return {};
  struct stat facts {};
  if (errno == EEXIST && ::stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode)) return {};
  if (errno == EEXIST) errno = ENOTDIR;
  return fail_errno("cannot make the folder " + quoted(path), errno, "its parent must be there and writable",
                    ErrorKind::kUsage);
}

Result<UniqueFd> create_new_file(const std::string& path) {
  const AsCaller caller;
  UMB_ASSIGN(const Place place, open_place(path));
  UniqueFd fd(::openat(place.folder.get(), place.leaf.c_str(),
                       O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kMode));
  if (!fd.valid()) {
    if (errno == EEXIST) return bad_place(path, EEXIST, "it is there already", "move it away first");
    return place_error(path, errno);
  }
  UMB_TRY(sync_folder(place.folder.get(), path));
  return fd;
}

}  // namespace umb
