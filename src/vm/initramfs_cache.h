// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <string>

namespace umb {

/// The part of the cache that holds initramfs files. A file is whole when it has its name there (OutputFile); when one
/// was used last is its access time.
class InitramfsCache {
 public:
  [[nodiscard]] static Result<InitramfsCache> open();
  [[nodiscard]] std::string path_of(const std::string& key) const { return folder_ + "/" + key + ".cpio"; }
  /// Whether the file is there; notes that it was used now.
  [[nodiscard]] bool use(const std::string& path) const;
  /// Keeps the 20 files used last and what was used within a day (of what ModuleIndex keeps there, within a month);
  /// takes away also what killed runs left half written.
  void remove_unused() const;

 private:
  explicit InitramfsCache(std::string folder) : folder_(std::move(folder)) {}
  std::string folder_;
};

}  // namespace umb
