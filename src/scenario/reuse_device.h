// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixture/kept_loop.h"
#include "fixture/ledger.h"

#include <memory>
#include <string>

namespace umb {

/// The loop device over the one image that `reuse` uses again and again.
class ReuseDevice {
 public:
  virtual ~ReuseDevice() = default;
  /// Before each mount: its path, attached where it isn't.
  [[nodiscard]] virtual Result<std::string> attach() = 0;
  /// It is mounted, or the round has failed: from here on nobody but a mount holds it.
  virtual void let_go() {}
  /// Whether a device that was used so far still reads from the image though it should have been detached.
  [[nodiscard]] virtual bool left_attached() const { return false; }
  /// After the last round, and after one that failed: nothing is attached any more.
  [[nodiscard]] virtual Result<void> end() = 0;
};

/// device=same_file: attached anew for every mount, with autoclear; a descriptor is held until it is mounted.
[[nodiscard]] std::unique_ptr<ReuseDevice> attach_each_time(const std::string& image);
/// device=same_loop: attached once, without autoclear, in the ledger. Nobody has it open between two mounts, unless
/// `keep_fd`: then the device's own page cache outlives each umount, and the loop must fail on every kernel.
[[nodiscard]] Result<std::unique_ptr<ReuseDevice>> attach_once(const std::string& image, Ledger& ledger, bool keep_fd);

}  // namespace umb
