// SPDX-License-Identifier: Apache-2.0
#include "runner/messages.h"

#include "sys/fact_texts.h"

#include <type_traits>

namespace umb {

namespace {

static_assert(std::is_trivially_copyable_v<Sample> && std::is_trivially_copyable_v<RcuProbe>);

struct BlockHead {
  uint64_t count = 0;
  int64_t elapsed_ns = 0;
  uint64_t error_bytes = 0;
};

}  // namespace

std::string encode(const BlockRequest& request) {
  return static_cast<char>(RequestKind::kBlock) + encode_plain(request);
}

Result<BlockRequest> decode_block_request(const std::string& message) {
  return decode_plain<BlockRequest>(message.substr(1));
}

std::string encode(const BlockResult& result) {
  std::string message = encode_plain(BlockHead{result.samples.size(), result.elapsed_ns, result.error.size()});
  message.append(reinterpret_cast<const char*>(result.samples.data()), result.samples.size() * sizeof(Sample));
  return message + result.error + encode_fact_texts(result.facts);
}

Result<BlockResult> decode_block_result(const std::string& message) {
  UMB_ASSIGN(const BlockHead head, decode_plain<BlockHead>(message.substr(0, sizeof(BlockHead))));
  const size_t bytes = head.count * sizeof(Sample);
  if (message.size() < sizeof head + bytes + head.error_bytes) return fail("a worker's answer is cut short");
  BlockResult result;
  result.elapsed_ns = head.elapsed_ns;
  result.samples.resize(head.count);
  message.copy(reinterpret_cast<char*>(result.samples.data()), bytes, sizeof head);
  result.error = message.substr(sizeof head + bytes, head.error_bytes);
  result.facts = decode_fact_texts(message.substr(sizeof head + bytes + head.error_bytes));
  return result;
}

}  // namespace umb
