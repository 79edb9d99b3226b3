// SPDX-License-Identifier: Apache-2.0
#include "scenario/reuse_device.h"

#include "base/text.h"
#include "base/unique_fd.h"
#include "sys/loop_detach.h"
#include "sys/loop_device.h"

#include <cerrno>
#include <optional>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>

namespace umb {

namespace {

class AttachedEachTime final : public ReuseDevice {
 public:
  explicit AttachedEachTime(std::string image) : image_(std::move(image)) {}

  Result<std::string> attach() override {
    UMB_ASSIGN(LoopDevice attached, LoopDevice::attach(image_));
    device_.emplace(std::move(attached));
    used_.insert(device_->path());
    return device_->path();
  }
  void let_go() override {
    if (device_.has_value()) device_->close_ours();
  }

  [[nodiscard]] bool left_attached() const override {
    struct stat status {};
    if (::stat(image_.c_str(), &status) != 0) return false;
    for (const std::string& path : used_) {
      // The number may be somebody else's by now.
      const std::optional<LoopBacking> backing = loop_backing(path).value_or(std::nullopt);
      if (backing == LoopBacking{status.st_dev, status.st_ino, 0}) return true;
    }
    return false;
  }
  Result<void> end() override {
    device_.reset();
    return {};
  }

 private:
  std::string image_;
  std::optional<LoopDevice> device_;
  std::set<std::string> used_;
};

class AttachedOnce final : public ReuseDevice {
 public:
  AttachedOnce(KeptLoop loop, UniqueFd kept) : loop_(std::move(loop)), kept_(std::move(kept)) {}

  Result<std::string> attach() override { return loop_.path(); }
  Result<void> end() override {
    kept_.reset();
    return loop_.detach();
  }

 private:
  KeptLoop loop_;
  UniqueFd kept_;
};

}  // namespace

std::unique_ptr<ReuseDevice> attach_each_time(const std::string& image) {
  return std::make_unique<AttachedEachTime>(image);
}

Result<std::unique_ptr<ReuseDevice>> attach_once(const std::string& image, Ledger& ledger, bool keep_fd) {
  UMB_ASSIGN(KeptLoop loop, KeptLoop::attach(image, ledger));
  UniqueFd kept;
  if (keep_fd) {
    kept.reset(::open(loop.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!kept.valid()) return fail_errno("cannot open " + quoted(loop.path()), errno);
  }
  return std::make_unique<AttachedOnce>(std::move(loop), std::move(kept));
}

}  // namespace umb
