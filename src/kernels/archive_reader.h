// SPDX-License-Identifier: Apache-2.0
// What is in a .deb or .rpm file, in one pass and in place: nothing is unpacked in between, no program is started.
#pragma once

#include "base/result.h"
#include "base/unique_fd.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

struct archive;

namespace umb {

struct Libarchive;

/// A package with more than this is refused (kUsage): what a package says of itself is not to be trusted.
struct PackageLimits {
  uint64_t entry_bytes = uint64_t{1} << 30U;
  uint64_t all_bytes = uint64_t{8} << 30U;
  size_t entry_count = 200'000;
};

/// A file in a package, as the package describes it.
struct PackageEntry {
  enum class Type {
    kFile,    ///< a plain file with bytes of its own
    kFolder,  ///< a folder
    kOther,   ///< a link of either kind, a device, …
  };
  std::string name;  ///< as it stands there: may be absolute, hold ".." or any byte but NUL; "" when it can't be read
  Type type = Type::kOther;
  uint64_t size_bytes = 0;  ///< at most PackageLimits::entry_bytes
};

/// The bytes of the entry that is being visited; what isn't read is skipped.
class EntryBytes {
 public:
  EntryBytes(const Libarchive& library, archive* from, std::string path);
  /// The next piece, valid until the next call; empty at the end. kUsage when the package is damaged there.
  [[nodiscard]] Result<std::string_view> next();

 private:
  const Libarchive& library_;
  archive* from_;
  std::string path_;
  std::string piece_;
};

/// Called for each entry in the package's order; an error ends the reading and is what read_package() returns.
using EntryVisitor = std::function<Result<void>(const PackageEntry& entry, EntryBytes& bytes)>;

/// A package file, open for reading; kUsage when it isn't there, isn't readable or is no plain file.
[[nodiscard]] Result<UniqueFd> open_package(const std::string& path);

/// All entries of an open package, from its beginning; by its first bytes it is a .deb (data.tar, with .xz, .zst or
/// .gz) or an .rpm, whatever its name. kUsage when it is neither, is damaged, ends too early or goes over a limit;
/// entries before the damage have been visited by then. `path` is for the messages.
[[nodiscard]] Result<void> read_package(const UniqueFd& package, const std::string& path, const EntryVisitor& visit,
                                        const PackageLimits& limits = {});

}  // namespace umb
