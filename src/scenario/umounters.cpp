// SPDX-License-Identifier: Apache-2.0
#include "scenario/umounters.h"

#include "sys/helper_process.h"
#include "sys/private_mounts.h"
#include "sys/scheduling.h"

namespace umb {

namespace {

enum Request : char { kMount = 'm', kMountWatched = 'w', kRun = 'r', kUndo = 'u' };

class UmounterProcess final : public Umounters {
 public:
  explicit UmounterProcess(std::unique_ptr<HelperProcess> helper) : helper_(std::move(helper)) {}

  Result<void> mount(bool watched) override {
    UMB_TRY(helper_->ask(std::string(1, watched ? kMountWatched : kMount)));
    return {};
  }
  Result<UmountersRun> run() override {
    UMB_ASSIGN(const std::string answer, helper_->ask(std::string(1, kRun)));
    return from_plain_bytes<UmountersRun>(answer);
  }
  Result<int64_t> undo() override {
    UMB_ASSIGN(const std::string answer, helper_->ask(std::string(1, kUndo)));
    return from_plain_bytes<int64_t>(answer);
  }

 private:
  std::unique_ptr<HelperProcess> helper_;
};

Result<std::string> answer_by(Umounters& umounters, const std::string& request) {
  switch (request.at(0)) {
    case kRun: {
      UMB_ASSIGN(const UmountersRun run, umounters.run());
      return plain_bytes(run);
    }
    case kUndo: {
      UMB_ASSIGN(const int64_t stayed, umounters.undo());
      return plain_bytes(stayed);
    }
    default:
      UMB_TRY(umounters.mount(request.at(0) == kMountWatched));
      return std::string();
  }
}

}  // namespace

Result<std::unique_ptr<Umounters>> start_umounters(const UmounterOptions& options) {
  KernelMountDoor door;
  std::unique_ptr<Umounters> threads;
  const HelperProcess::Work work{.name = "umountbench-mny",
                                 .enter = [&]() -> Result<void> {
                                   UMB_TRY(become_ordinary());
                                   UMB_TRY(enter_bare_mounts(options.folder, ""));
                                   UmounterOptions inside = options;
                                   inside.folder = "/.";
                                   UMB_ASSIGN(threads, start_umounter_threads(inside, door));
                                   return {};
                                 },
                                 .answer = [&](const std::string& request) { return answer_by(*threads, request); },
                                 .waits_ns = options.release_limit_ns};
  UMB_ASSIGN(std::unique_ptr<HelperProcess> helper, HelperProcess::fork(work));
  return std::make_unique<UmounterProcess>(std::move(helper));
}

}  // namespace umb
