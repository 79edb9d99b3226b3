// SPDX-License-Identifier: Apache-2.0
#include "vm/host_line.h"

#include "base/text.h"

#include <limits>

namespace umb {

std::string HostLine::take(std::string_view bytes) {
  answer_.clear();
  reader_.feed(bytes);
  for (auto frame = reader_.next(); frame.has_value() && !how_.has_value(); frame = reader_.next()) take(*frame);
  return std::move(answer_);
}

void HostLine::take(const Frame& frame) {
  if (frame.kind == FrameKind::kHello) {
    // Again when the job did not come whole: the count starts anew.
    next_number_ = frame.number;
    if (hello_.empty()) take_hello(frame.payload);
    answer_ = encode({FrameKind::kJob, jobs_sent_++, job_});
  }
  // A lost line of progress costs nothing, a lost piece of the files all of them.
  if (frame.number != next_number_) lost_ = true;
  next_number_ = frame.number + 1;
  switch (frame.kind) {
    case FrameKind::kProgress:
      listener_->progress(frame.payload);
      break;
    case FrameKind::kGrowth:
      if (const Result<Growth> growth = unpack_growth(frame.payload); growth.has_value()) listener_->grown(*growth);
      break;
    case FrameKind::kFiles:
      if (packed_.size() < kMaxBundleBytes) packed_ += frame.payload;
      break;
    case FrameKind::kDone:
      take_done(frame.payload);
      break;
    case FrameKind::kTrouble:
      how_ = BootHow::kTrouble;
      trouble_ = printable(frame.payload);
      break;
    case FrameKind::kHello:
    case FrameKind::kJob:
      break;
  }
}

void HostLine::take_hello(const std::string& payload) {
  const std::vector<std::string> lines = split(payload, '\n');
  hello_ = lines[0];
  if (lines.size() > 1) {
    hello_guest_ns_ = parse_integer(lines[1], 0, std::numeric_limits<int64_t>::max()).value_or(0);
  }
  listener_->hello(hello_);
}

void HostLine::take_done(const std::string& code) {
  const Result<int64_t> parsed = parse_integer(code, 0, 255);
  how_ = parsed.has_value() ? BootHow::kDone : BootHow::kTrouble;
  if (!parsed.has_value()) trouble_ = "the guest's exit code is " + quoted(code);
  exit_code_ = static_cast<int>(parsed.value_or(0));
}

void HostLine::tell(BootEnd& end) {
  end.hello = hello_;
  end.hello_guest_ns = hello_guest_ns_;
  end.exit_code = exit_code_;
  end.how = how_.value_or(end.how);
  if (how_ == BootHow::kTrouble) end.reason = trouble_;
  if (how_ != BootHow::kDone) return;
  Result<Bundle> files = unpack(packed_);
  if (files.has_value()) {
    end.files = std::move(*files);
    return;
  }
  end.how = BootHow::kTrouble;
  end.reason = (lost_ ? "something was lost on the way from the guest (" + std::to_string(reader_.bytes_passed_over()) +
                            " bytes could not be used): "
                      : "") +
               files.error().text();
}

}  // namespace umb
