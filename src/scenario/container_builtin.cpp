// SPDX-License-Identifier: Apache-2.0
#include "base/unique_fd.h"
#include "scenario/container_ways.h"
#include "sys/builtin_container.h"
#include "sys/shared_page.h"

#include <cerrno>
#include <optional>

namespace umb {

namespace {

class Builtin final : public ContainerStart {
 public:
  Builtin(std::string rootfs, ContainerPath path, bool new_net) {
    container_ = {.rootfs = std::move(rootfs), .path = path, .new_net = new_net};
  }

  Result<void> enter() override {
    UMB_ASSIGN(page_, SharedPage::make());
    container_.page = static_cast<ContainerPage*>(page_->memory());
    container_.page_fd = page_->fd();
    return {};
  }

  Result<void> get_ready() override { return {}; }

  Result<ContainerTimes> start() override {
    UMB_ASSIGN(const ContainerEnd end, start_builtin_container(container_));
    const ContainerPage& page = *container_.page;
    if (end.exit_code != 0 || page.moments_ns[kProgramEnded] == 0) {
      Failure failed = fail("the container's program failed", "exit code " + std::to_string(end.exit_code));
      failed.value().errno_value = EIO;
      return failed;
    }
    return times_of(page, end);
  }

  [[nodiscard]] Facts facts() const override {
    const bool pivot = container_.path == ContainerPath::kPivot;
    return {{"container_path", std::string(pivot ? "pivot" : "open_tree_namespace")}};
  }

  void leave() override {}

 private:
  BuiltinContainer container_;
  std::optional<SharedPage> page_;
};

}  // namespace

ContainerTimes times_of(const ContainerPage& page, const ContainerEnd& end) {
  ContainerTimes times{.began_ns = page.moments_ns[kCalled],
                       .ended_ns = page.moments_ns[kReaped],
                       .cpu_ns = end.cpu_ns,
                       .voluntary_switches = end.voluntary_switches};
  // A phase lies between two moments that follow each other; one that never came has no phase.
  int64_t before_ns = page.moments_ns[kCalled];
  for (size_t phase = 0; phase < kContainerPhases; ++phase) {
    const int64_t moment_ns = page.moments_ns[phase + 1];
    times.phases_ns[phase] = moment_ns == 0 ? kMissing : moment_ns - before_ns;
    if (moment_ns != 0) before_ns = moment_ns;
  }
  return times;
}

std::unique_ptr<ContainerStart> make_builtin_start(std::string rootfs, ContainerPath path, bool new_net) {
  return std::make_unique<Builtin>(std::move(rootfs), path, new_net);
}

}  // namespace umb
