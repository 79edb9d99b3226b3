// SPDX-License-Identifier: Apache-2.0
#include "runner/worker_executor.h"

#include "base/text.h"
#include "runner/estimate.h"

#include <cerrno>

namespace umb {

namespace {

/// Beyond anything a healthy worker needs for one answer; a worker that is stuck in the kernel must not hold us for
/// ever.
constexpr int64_t kAnswerLimitNs = 120'000'000'000;
constexpr int64_t kKillLimitNs = 10'000'000'000;
/// A slow machine's samples are so many times as long as they are guessed to be.
constexpr int64_t kSlower = 4;

std::string request_of(RequestKind kind) {
  return {static_cast<char>(kind)};
}

}  // namespace

Result<std::string> WorkerExecutor::start(uint64_t seed) {
  seed_ = seed;
  UMB_ASSIGN(pid_, sandbox_.start_worker());
  return sandbox_.ask(encode_plain(seed), kAnswerLimitNs);
}

Result<void> WorkerExecutor::end() {
  return sandbox_.end_worker(kAnswerLimitNs);
}

Result<BlockResult> WorkerExecutor::run_block(const BlockRequest& request) {
  const int64_t limit_ns = answer_limit_ns(plan_, request);
  const Result<std::string> answer = sandbox_.ask(encode(request), limit_ns);
  if (answer.has_value()) return decode_block_result(*answer);
  if (answer.error().errno_value != ETIMEDOUT) return Failure(answer.error());
  // One that cannot be killed is stuck in the kernel, and with it whatever would be measured next.
  UMB_TRY(sandbox_.kill_worker(kKillLimitNs));
  Failure stuck = fail_errno("the worker was stuck and had to be killed", ECHILD);
  stuck.value().why = "no answer within " + human_duration(limit_ns);
  return stuck;
}

Result<void> WorkerExecutor::restart() {
  // A seed of its own, or it would repeat the pauses of the one before it.
  UMB_TRY(start(seed_ + 1'000'003));
  return {};
}

Result<RcuProbe> WorkerExecutor::probe() {
  UMB_ASSIGN(const std::string answer, sandbox_.ask(request_of(RequestKind::kProbe), kAnswerLimitNs));
  return decode_plain<RcuProbe>(answer);
}

int64_t answer_limit_ns(const Plan& plan, const BlockRequest& request) {
  const int64_t sample_ns = kSlower * sample_guess_ns(plan, plan.cases.at(request.case_index));
  return kAnswerLimitNs + request.count * (plan.settings.release_limit_ns + sample_ns);
}

}  // namespace umb
