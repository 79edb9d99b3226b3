// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixture/file_system.h"
#include "fixture/holder.h"
#include "model/case.h"
#include "model/check_tally.h"
#include "model/sample.h"

#include <memory>
#include <string>
#include <vector>

namespace umb {

/// `holder`: what holds the mount when it is taken off.
[[nodiscard]] ParameterInfo holder_parameter();
/// Why the case's file system can't be held so; "" when it can.
[[nodiscard]] std::string cannot_be_held(const Case& spec, const FileSystemInfo& info);
/// Whether the call is refused in every sample, so that there is no release to look for.
[[nodiscard]] bool always_refused(const Case& spec);
/// Whether it is refused in some, which is told by a phase column, kEbusyColumn.
[[nodiscard]] bool sometimes_refused(const Case& spec);

/// The holder of a case of `umount`, if it has one, and whether what came of the call is what had to come.
class Holding {
 public:
  explicit Holding(const Case& spec);

  /// As Holder's; nothing without a holder.
  [[nodiscard]] Result<void> build(const HolderPlace& place);
  [[nodiscard]] Result<void> hold();
  [[nodiscard]] Result<void> let_go();
  /// After the call has returned, before the release is looked for: a lazy umount leaves the rest to the holder.
  [[nodiscard]] Result<void> let_go_if_lazy();

  /// Whether the sample's call was refused as it must or may be; then its errno is 0, since that is what the case is
  /// for. Where it may be, such a sample has no time of return: it would count as a quick umount.
  bool refused(Sample& sample);
  /// The sample's release was looked for. Where a holder has held the mount beyond a lazy umount, it says nothing.
  void looked(const Sample& sample);
  [[nodiscard]] std::vector<CheckTally> take_checks();

 private:
  const HolderInfo* info_;  ///< nullptr: none
  bool lazy_;
  std::unique_ptr<Holder> holder_;
  std::vector<CheckTally> checks_;
};

}  // namespace umb
