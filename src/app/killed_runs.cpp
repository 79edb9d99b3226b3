// SPDX-License-Identifier: Apache-2.0
#include "app/killed_runs.h"

#include "base/file.h"
#include "base/text.h"
#include "fixture/journal_note.h"
#include "fixture/run_lock.h"
#include "fixture/undo.h"
#include "result/recovery.h"

#include <unistd.h>

namespace umb {

namespace {

Result<void> recover_journals(const StateFolder& state, KilledRuns& killed) {
  UMB_ASSIGN(const std::vector<JournalNote> notes, journal_notes(state));
  for (const JournalNote& note : notes) {
    bool again = false;
    for (const std::string& journal : note.journals) {
      if (::access(journal.c_str(), F_OK) != 0) continue;
      if (is_only_begun(journal)) {
        UMB_TRY(remove_file(journal));
        continue;
      }
      const Result<std::string> result = recover_journal(journal);
      if (result.has_value()) {
        killed.done.push_back("what it had measured is in " + printable(*result));
        continue;
      }
      killed.not_undone.push_back(result.error().text());
      // A full disk passes; a journal that can't be read, or whose result's name is taken, stays so.
      again = again || result.error().kind != ErrorKind::kUsage;
    }
    if (!again) UMB_TRY(forget(note));
  }
  return {};
}

}  // namespace

Result<KilledRuns> undo_killed_runs(const StateFolder& state) {
  KilledRuns killed;
  UMB_ASSIGN(const RunLock lock, RunLock::take(state));
  UMB_ASSIGN(const std::vector<UndoReport> reports, clean(state, lock));
  for (const UndoReport& report : reports) {
    for (const std::string& line : report.done) killed.done.push_back(printable(line));
    for (const std::string& line : report.left) killed.done.push_back("left alone: " + printable(line));
    for (const std::string& line : report.failed) killed.not_undone.push_back(printable(line));
  }
  UMB_TRY(recover_journals(state, killed));
  return killed;
}

}  // namespace umb
