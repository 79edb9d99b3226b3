// SPDX-License-Identifier: Apache-2.0
#include "runner/run_session.h"

#include "base/text.h"
#include "fixture/disk_folder.h"
#include "fixture/undo.h"

namespace umb {

namespace {

constexpr int64_t kStopLimitNs = 30'000'000'000;

}  // namespace

Result<std::unique_ptr<RunSession>> RunSession::open(const SessionOptions& options, FolderWorker worker) {
  std::unique_ptr<RunSession> session(new RunSession());
  const Result<void> done = session->put_up(options, worker);
  if (done.has_value()) return session;
  (void)session->close();
  return Failure(done.error());
}

RunSession::~RunSession() {
  (void)close();
}

Result<void> RunSession::put_up(const SessionOptions& options, const FolderWorker& worker) {
  UMB_ASSIGN(state_,
             StateFolder::open(options.state_folder.empty() ? StateFolder::default_path() : options.state_folder));
  UMB_ASSIGN(lock_, RunLock::take(*state_));
  UMB_ASSIGN(const std::vector<UndoReport> reports, clean(*state_, *lock_));
  for (const UndoReport& report : reports) {
    for (const auto* lines : {&report.done, &report.left, &report.failed}) {
      recovered_.insert(recovered_.end(), lines->begin(), lines->end());
    }
  }
  UMB_ASSIGN(run_, state_->make_run());
  UMB_ASSIGN(ledger_, Ledger::create(*run_));
  UMB_ASSIGN(guardian_, Guardian::start(*run_));
  if (!options.journal_path.empty()) {
    UMB_ASSIGN(journal_entry_, ledger_->add(JournalEntry{options.journal_path}));
  }
  SessionFolders folders{.memory = run_->mount_point(), .disk = "", .control_group = {run_->control_group(), {}}};
  if (options.disk_folder) {
    UMB_ASSIGN(folders.disk, make_disk_folder(*ledger_));
  }
  if (options.control_groups) {
    folders.control_group.roots = cgroup_roots();
    for (const std::string& root : folders.control_group.roots) {
      UMB_TRY(ledger_->add(CgroupEntry{root + folders.control_group.path}));
    }
  }
  UMB_ASSIGN(sandbox_, Sandbox::start({folders.memory, options.needed, options.unprivileged},
                                      [worker, folders](const WorkerPort& port) { return worker(folders, port); }));
  UMB_TRY(ledger_->add(ProcessEntry{sandbox_->init()}));
  UMB_ASSIGN(mount_count_, sandbox_->go());
  if (options.unprivileged) {
    knobs_missing_ = "the RCU knobs need root";
    return {};
  }
  Result<RcuKnobs> knobs = RcuKnobs::open(*ledger_);
  if (knobs.has_value())
    knobs_.emplace(std::move(*knobs));
  else
    knobs_missing_ = knobs.error().text();
  return {};
}

Result<void> RunSession::set(const std::string& mode) {
  if (!knobs_.has_value()) {
    if (mode == "as-found") return {};
    return fail("cannot set rcu=" + mode, knobs_missing_, "", ErrorKind::kUnavailable);
  }
  const std::optional<RcuMode> parsed = parse_rcu_mode(mode);
  if (!parsed.has_value()) return fail("unknown RCU mode " + quoted(mode));
  return knobs_->set(*parsed);
}

std::vector<std::string> RunSession::take_warnings() {
  return knobs_.has_value() ? knobs_->take_warnings() : std::vector<std::string>();
}

Result<void> RunSession::put_back() {
  const auto note = [&](const auto& done) {
    if (!done.has_value()) left_.push_back(done.error().text());
  };
  if (knobs_.has_value()) note(knobs_->restore());
  knobs_.reset();
  if (sandbox_ != nullptr) note(sandbox_->stop(kStopLimitNs));
  sandbox_.reset();
  return left_behind();
}

Result<void> RunSession::forget_journal() {
  if (!journal_entry_.has_value()) return {};
  UMB_TRY(ledger_->remove(*journal_entry_));
  journal_entry_.reset();
  return {};
}

Result<void> RunSession::close() {
  (void)put_back();
  if (run_.has_value()) {
    const Result<UndoReport> report = undo(*run_);
    if (!report.has_value())
      left_.push_back(report.error().text());
    else
      left_.insert(left_.end(), report->failed.begin(), report->failed.end());
  }
  run_.reset();
  // With something left the guardian stays: it goes on trying once this process is gone.
  if (guardian_.has_value() && left_.empty()) {
    const Result<void> dismissed = guardian_->dismiss();
    if (!dismissed.has_value()) left_.push_back(dismissed.error().text());
  }
  guardian_.reset();
  ledger_.reset();
  lock_.reset();
  return left_behind();
}

Result<void> RunSession::left_behind() const {
  if (left_.empty()) return {};
  return fail("something was left behind", join(left_, "; "), "'umountbench clean' tries again");
}

}  // namespace umb
