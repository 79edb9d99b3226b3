// SPDX-License-Identifier: Apache-2.0
#include "runner/messages.h"

#include "sys/fact_texts.h"

#include <string_view>
#include <type_traits>

namespace umb {

namespace {

static_assert(std::is_trivially_copyable_v<Sample> && std::is_trivially_copyable_v<RcuProbe>);

struct BlockHead {
  uint64_t count = 0;
  int64_t elapsed_ns = 0;
  uint64_t error_bytes = 0;
  uint64_t fact_bytes = 0;
};

std::string encode_checks(const std::vector<CheckTally>& checks) {
  std::string text;
  for (const CheckTally& one : checks) {
    text.append(one.name).push_back('\0');
    text.append(one.first_failure).push_back('\0');
    text += encode_plain(one.looked) + encode_plain(one.failed);
  }
  return text;
}

Result<std::vector<CheckTally>> decode_checks(std::string_view text) {
  std::vector<CheckTally> checks;
  while (!text.empty()) {
    const size_t name = text.find('\0');
    const size_t failure = name == text.npos ? text.npos : text.find('\0', name + 1);
    if (failure == text.npos || text.size() - failure - 1 < 2 * sizeof(int64_t)) {
      return fail("a worker's checks are cut short");
    }
    CheckTally one{.name = std::string(text.substr(0, name)),
                   .first_failure = std::string(text.substr(name + 1, failure - name - 1))};
    text.remove_prefix(failure + 1);
    text.copy(reinterpret_cast<char*>(&one.looked), sizeof one.looked);
    text.copy(reinterpret_cast<char*>(&one.failed), sizeof one.failed, sizeof one.looked);
    text.remove_prefix(2 * sizeof(int64_t));
    checks.push_back(std::move(one));
  }
  return checks;
}

}  // namespace

std::string encode(const BlockRequest& request) {
  return static_cast<char>(RequestKind::kBlock) + encode_plain(request);
}

Result<BlockRequest> decode_block_request(const std::string& message) {
  return decode_plain<BlockRequest>(message.substr(1));
}

std::string encode(const BlockResult& result) {
  const std::string facts = encode_fact_texts(result.facts);
  std::string message =
      encode_plain(BlockHead{result.samples.size(), result.elapsed_ns, result.error.size(), facts.size()});
  message.append(reinterpret_cast<const char*>(result.samples.data()), result.samples.size() * sizeof(Sample));
  return message + result.error + facts + encode_checks(result.checks);
}

Result<BlockResult> decode_block_result(const std::string& message) {
  UMB_ASSIGN(const BlockHead head, decode_plain<BlockHead>(message.substr(0, sizeof(BlockHead))));
  const size_t bytes = head.count * sizeof(Sample);
  if (message.size() < sizeof head + bytes + head.error_bytes + head.fact_bytes)
    return fail("a worker's answer is cut short");
  BlockResult result;
  result.elapsed_ns = head.elapsed_ns;
  result.samples.resize(head.count);
  message.copy(reinterpret_cast<char*>(result.samples.data()), bytes, sizeof head);
  result.error = message.substr(sizeof head + bytes, head.error_bytes);
  const std::string_view rest = std::string_view(message).substr(sizeof head + bytes + head.error_bytes);
  result.facts = decode_fact_texts(rest.substr(0, head.fact_bytes));
  UMB_ASSIGN(result.checks, decode_checks(rest.substr(head.fact_bytes)));
  return result;
}

}  // namespace umb
