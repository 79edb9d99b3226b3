// SPDX-License-Identifier: Apache-2.0
#include "scenario/holding.h"

#include "base/result.h"
#include "scenario/at_return.h"

#include <cerrno>
#include <utility>

namespace umb {

namespace {

bool is_lazy(const Case& spec) {
  return spec.value("mode") == "lazy";
}

bool plain_ends_in(const Case& spec, PlainOutcome outcome) {
  const HolderInfo* info = find_holder(spec.value("holder"));
  return info != nullptr && info->plain == outcome && !is_lazy(spec);
}

std::string told(int errno_value) {
  return errno_value == 0 ? "it worked" : "it failed with " + errno_text(errno_value);
}

}  // namespace

ParameterInfo holder_parameter() {
  std::vector<std::string> names{"none"};
  for (const HolderInfo& info : holders()) names.push_back(info.name);
  return {.name = "holder",
          .summary = "what holds the mount, or walks by, when it is taken off",
          .values = std::move(names),
          .default_value = "none"};
}

std::string cannot_be_held(const Case& spec, const FileSystemInfo& info) {
  const HolderInfo* holder = find_holder(spec.value("holder"));
  if (holder == nullptr || !holder->writes || info.image == nullptr || !info.image({}).read_only) return {};
  return info.name + " is read-only: holder=" + holder->name + " makes a file in it";
}

bool always_refused(const Case& spec) {
  return plain_ends_in(spec, PlainOutcome::kRefused);
}

bool sometimes_refused(const Case& spec) {
  return plain_ends_in(spec, PlainOutcome::kEither);
}

Holding::Holding(const Case& spec) : info_(find_holder(spec.value("holder"))), lazy_(is_lazy(spec)) {}

Result<void> Holding::build(const HolderPlace& place) {
  if (info_ == nullptr) return {};
  holder_ = info_->make(place);
  return holder_->build();
}

Result<void> Holding::hold() {
  return holder_ == nullptr ? Result<void>() : holder_->hold();
}

Result<void> Holding::let_go() {
  return holder_ == nullptr ? Result<void>() : holder_->let_go();
}

Result<void> Holding::let_go_if_lazy() {
  return lazy_ ? let_go() : Result<void>();
}

bool Holding::refused(Sample& sample) {
  if (info_ == nullptr || lazy_) return false;
  const bool busy = sample.errno_value == EBUSY;
  switch (info_->plain) {
    case PlainOutcome::kWorks:
      note_check(checks_, "spurious_ebusy", !busy,
                 "EBUSY though nothing held the mount: there were only walks through");
      return false;
    case PlainOutcome::kRefused:
      note_check(checks_, "ebusy_as_expected", busy,
                 "holder=" + info_->name + " must make a plain umount fail with EBUSY: " + told(sample.errno_value));
      break;
    case PlainOutcome::kEither:
      if (busy) sample.return_ns = sample.thread_cpu_ns = sample.voluntary_switches = kMissing;
      sample.phases[0] = busy ? 1 : 0;
      break;
  }
  if (busy) sample.errno_value = 0;
  return busy;
}

void Holding::looked(const Sample& sample) {
  const bool was_held = info_ != nullptr && info_->plain != PlainOutcome::kWorks;
  if (!lazy_ || !was_held) note_at_return(checks_, sample);
}

std::vector<CheckTally> Holding::take_checks() {
  return std::exchange(checks_, {});
}

}  // namespace umb
