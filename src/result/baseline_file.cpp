// SPDX-License-Identifier: Apache-2.0
#include "result/baseline_file.h"

#include "base/text.h"
#include "result/baseline_json.h"
#include "result/versioned_file.h"

namespace umb {

namespace {

constexpr const char* kVersionKey = "baseline_version";

Result<std::vector<BootDigest>> read_baseline(ByteSource& source, const std::string& name, LoadNotes* notes) {
  LoadNotes unheard;
  LoadBudget budget(kMaxMemoryBytes);
  DecodeState state{name, notes != nullptr ? *notes : unheard};
  UMB_ASSIGN(const ResultNode root,
             read_versioned(source, name, budget, {kVersionKey, "baseline version", kBaselineVersion}));
  ObjectReader reader(root, "", state);
  static_cast<void>(reader.need(kVersionKey));
  std::vector<BootDigest> boots;
  reader.each("boots", [&](const ResultNode& item, const std::string& pointer) {
    boots.push_back(decode_boot(item, pointer, budget, state));
    boots.back().source = name + (boots.size() > 1 ? "#" + std::to_string(boots.size()) : "");
  });
  if (boots.empty()) reader.wrong("boots", "there is no boot in it");
  reader.finish();
  if (state.error) return Failure(*state.error);
  return boots;
}

}  // namespace

Result<void> write_baseline(const std::vector<BootDigest>& boots, const Sink& sink) {
  if (boots.empty()) return fail("there is no boot to write");
  for (const BootDigest& boot : boots) UMB_TRY(check_boot(boot));
  JsonStream out(sink, JsonStream::Layout::kLines);
  out.begin_object();
  out.key(kVersionKey);
  out.integer(kBaselineVersion);
  out.key("boots");
  out.begin_array();
  for (const BootDigest& boot : boots) put_boot(out, boot);
  out.end_array();
  out.end_object();
  return out.finish();
}

Result<void> write_baseline(const std::vector<BootDigest>& boots, OutputFile& file) {
  return write_baseline(boots, [&](std::string_view piece) { return file.write(piece); });
}

Result<std::vector<BootDigest>> load_baseline(const std::string& path, LoadNotes* notes) {
  UMB_ASSIGN(UniqueFd fd, open_regular(path));
  UMB_ASSIGN(const auto source, bytes_of(std::move(fd), path));
  return read_baseline(*source, path, notes);
}

Result<std::vector<BootDigest>> parse_baseline(std::string_view bytes, const std::string& name, LoadNotes* notes) {
  MemorySource source(bytes);
  return read_baseline(source, name, notes);
}

Result<bool> is_baseline(const std::string& path) {
  UMB_ASSIGN(UniqueFd fd, open_regular(path));
  UMB_ASSIGN(const auto source, bytes_of(std::move(fd), path));
  return begins_with_key(*source, kVersionKey);
}

}  // namespace umb
