// SPDX-License-Identifier: Apache-2.0
// apt-get and apt-cache on lists, a cache and sources of our own, so that nothing of the host's changes. They run as
// the calling user, under sudo too, each with a time limit.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace umb {

/// What checks the archive's signatures.
inline constexpr const char* kArchiveKeyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/// A file of the archive, as the signed index describes it.
struct ArchiveFile {
  std::string name;  ///< what apt calls it on disk: "linux-image-6.1.0-50-rt-amd64_6.1.176-1_amd64.deb"
  int64_t size_bytes = 0;
  std::string sha256;  ///< empty: the index has another kind of sum
  bool operator==(const ArchiveFile&) const = default;
};

/// The configuration that makes apt use `folder` alone. Hooks of the host's configuration are cleared: they clean the
/// host's cache, or wake its services. Its proxies stay.
[[nodiscard]] std::string apt_configuration(const std::string& folder);
/// The one line of its sources: only the index of binary packages, and signed by that keyring.
[[nodiscard]] std::string apt_source_line(const std::string& mirror, const std::string& suite);
/// `program` with the arguments, in that folder: under sudo as the user who called it, with this process's proxies; it
/// ends when this process does.
[[nodiscard]] std::vector<std::string> apt_command(const std::string& program, const std::string& folder,
                                                   const std::vector<std::string>& arguments);
/// What went wrong in apt's words: its last error, or the last line.
[[nodiscard]] std::string apt_trouble(std::string_view output);
/// The lines of "apt-get download --print-uris": 'URI' NAME SIZE KIND:SUM. A name with a slash is left out.
[[nodiscard]] std::vector<ArchiveFile> archive_files(std::string_view output);

/// The state for one suite of one mirror, in the cache folder "apt/SUITE".
class AptState {
 public:
  /// Makes the folders; touches no network. kUnavailable without apt-get or without the archive's keyring.
  [[nodiscard]] static Result<AptState> open(const std::string& mirror, const std::string& suite);

  /// An index of this mirror, not older than a day, is there.
  [[nodiscard]] bool is_fresh() const;
  /// Fetches the index, at most 300 s. kUnavailable; `lacking` tells then that it is this suite that mirror or keyring
  /// lacks, and another one may do.
  [[nodiscard]] Result<void> update(bool& lacking);

  /// The names of the index's packages that begin so.
  [[nodiscard]] Result<std::vector<std::string>> package_names(const std::string& prefix) const;
  /// Its "Depends" field, "" without one; kUsage when the index has no such package.
  [[nodiscard]] Result<std::string> depends_of(const std::string& package) const;
  /// By name.
  [[nodiscard]] Result<std::vector<ArchiveFile>> files_of(const std::vector<std::string>& packages) const;
  /// Downloads into the folder `to`, at most 900 s. What is there is taken as it is, so it should be empty.
  [[nodiscard]] Result<void> download(const std::vector<std::string>& packages, const std::string& to) const;

 private:
  AptState() = default;
  [[nodiscard]] Result<std::string> ask(const std::string& program, const std::vector<std::string>& arguments,
                                        int64_t limit_ns, const std::string& doing, const std::string& in) const;
  std::string folder_, source_line_, suite_, mirror_;
};

}  // namespace umb
