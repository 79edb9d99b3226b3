// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "fixture/guardian.h"
#include "fixture/ledger.h"
#include "fixture/rcu_knobs.h"
#include "fixture/run_lock.h"
#include "fixture/sandbox.h"
#include "fixture/state_folder.h"
#include "runner/scheduler.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace umb {

struct SessionOptions {
  std::string state_folder;         ///< empty: StateFolder::default_path()
  std::vector<std::string> needed;  ///< paths that must stay reachable in the sandbox
  bool unprivileged = false;
  bool control_groups = false;  ///< the run makes some: they go into the ledger
  std::string journal_path;     ///< for the ledger; empty: none
  bool disk_folder = false;     ///< whether a folder on a disk is made (fixture/disk_folder.h)
};

/// Of the run's own, both.
struct SessionFolders {
  std::string memory;  ///< the sandbox's tmpfs
  std::string disk;    ///< "" where none was asked for
};

/// Runs in each worker.
using FolderWorker = std::function<int(const SessionFolders& folders, const WorkerPort& port)>;

/// Everything of a run that must be undone, put up in the order in which it can be undone: lock, left-overs of killed
/// runs, folder, ledger, guardian, sandbox, knobs.
class RunSession final : public RcuSwitch {
 public:
  /// The caller has one thread. kUnavailable while another run is going on.
  [[nodiscard]] static Result<std::unique_ptr<RunSession>> open(const SessionOptions& options, FolderWorker worker);
  ~RunSession() override;

  /// What was undone of killed runs, in words.
  [[nodiscard]] const std::vector<std::string>& recovered() const { return recovered_; }
  [[nodiscard]] Sandbox& sandbox() { return *sandbox_; }
  [[nodiscard]] Ledger& ledger() { return *ledger_; }
  [[nodiscard]] int64_t mount_count() const { return mount_count_; }

  Result<void> set(const std::string& mode) override;
  /// What somebody else did to the knobs meanwhile.
  [[nodiscard]] std::vector<std::string> take_warnings();

  /// Knobs, mounts, processes: what others could notice goes back. Errors say what is left behind.
  [[nodiscard]] Result<void> put_back();
  /// The result is written: the journal no longer needs to be found.
  [[nodiscard]] Result<void> forget_journal();
  /// put_back() and the rest. Done by the destructor too, silently, and by the guardian when this process is gone.
  [[nodiscard]] Result<void> close();

 private:
  RunSession() = default;
  Result<void> left_behind() const;
  Result<void> put_up(const SessionOptions& options, const FolderWorker& worker);

  std::optional<StateFolder> state_;
  std::optional<RunLock> lock_;
  std::vector<std::string> recovered_;
  std::optional<RunFolder> run_;
  std::optional<Ledger> ledger_;
  std::optional<uint64_t> journal_entry_;
  std::optional<Guardian> guardian_;
  std::unique_ptr<Sandbox> sandbox_;
  int64_t mount_count_ = 0;
  std::optional<RcuKnobs> knobs_;
  std::string knobs_missing_;
  std::vector<std::string> left_;  ///< behind
};

}  // namespace umb
