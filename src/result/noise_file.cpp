// SPDX-License-Identifier: Apache-2.0
#include "result/noise_file.h"

#include "base/text.h"
#include "result/boot_head.h"
#include "result/digest_fault.h"
#include "result/json_put.h"
#include "result/versioned_file.h"

#include <cmath>
#include <set>
#include <tuple>

namespace umb {

namespace {

constexpr FileVersion kVersion{"noise_profile_version", "noise profile version", kNoiseProfileVersion};
constexpr size_t kFewestBoots = 2;  ///< with one there is no spread

std::string fault_of(const NoiseEntry& entry) {
  if (entry.case_id.empty()) return "a case without a name";
  if (!fault_of_places({entry.p}).empty()) return "p is not between 0 and 1";
  if (!std::isfinite(entry.sd) || entry.sd < 0) return "sd is negative or not finite";
  if (entry.boots < kFewestBoots) return "it is of fewer than 2 boots";
  return {};
}

void put_entry(JsonStream& out, const NoiseEntry& entry) {
  out.begin_object(JsonStream::kInline);
  put_text(out, "case", entry.case_id);
  put_text(out, "metric", entry.metric);
  out.key("p");
  put_number(out, entry.p);
  out.key("sd");
  put_number(out, entry.sd);
  put_integer(out, "boots", static_cast<int64_t>(entry.boots));
  out.end_object();
}

NoiseEntry decode_entry(const ResultNode& node, const std::string& pointer, DecodeState& state) {
  NoiseEntry entry;
  ObjectReader reader(node, pointer, state);
  reader.text("case", entry.case_id);
  reader.text("metric", entry.metric);
  reader.number("p", entry.p);
  reader.number("sd", entry.sd);
  reader.count("boots", entry.boots);
  if (const std::string fault = fault_of(entry); !fault.empty()) state.wrong(node, pointer, fault);
  reader.finish();
  return entry;
}

void decode_entries(ObjectReader& root, std::vector<NoiseEntry>& entries, DecodeState& state) {
  std::set<std::tuple<std::string, std::string, double>> known;
  root.each("entries", [&](const ResultNode& item, const std::string& pointer) {
    entries.push_back(decode_entry(item, pointer, state));
    const NoiseEntry& entry = entries.back();
    const bool is_new = known.emplace(entry.case_id, entry.metric, entry.p).second;
    if (!is_new) state.wrong(item, pointer, "this case, metric and p is there twice");
  });
}

Result<NoiseProfile> read_profile(ByteSource& source, const std::string& name, LoadNotes* notes) {
  LoadNotes unheard;
  LoadBudget budget(kMaxMemoryBytes);
  DecodeState state{name, notes != nullptr ? *notes : unheard};
  UMB_ASSIGN(const ResultNode root, read_versioned(source, name, budget, kVersion));
  ObjectReader reader(root, "", state);
  static_cast<void>(reader.need(kVersion.key));
  NoiseProfile profile;
  profile.source = profile.like.source = name;
  profile.like.samples_gone = true;
  reader.text("tool_version", profile.tool_version);
  reader.text("made_at", profile.made_at);
  if (const ResultNode* node = reader.need("like")) {
    ObjectReader like(*node, reader.pointer_to("like"), state);
    decode_boot_head(like, profile.like, state);
    like.finish();
  }
  decode_entries(reader, profile.entries, state);
  reader.finish();
  if (state.error) return Failure(*state.error);
  return profile;
}

}  // namespace

Result<void> write_noise_profile(const NoiseProfile& profile, const Sink& sink) {
  for (const NoiseEntry& entry : profile.entries) {
    const std::string fault = fault_of(entry);
    if (!fault.empty()) return fail("cannot write the noise of " + quoted(entry.case_id), fault);
  }
  BootDigest like = profile.like;
  like.whole.cases.clear();
  JsonStream out(sink, JsonStream::Layout::kLines);
  out.begin_object();
  put_integer(out, kVersion.key, kNoiseProfileVersion);
  put_text(out, "tool_version", profile.tool_version);
  put_text(out, "made_at", profile.made_at);
  out.key("like");
  out.begin_object();
  put_boot_head(out, like);
  out.end_object();
  out.key("entries");
  out.begin_array();
  for (const NoiseEntry& entry : profile.entries) put_entry(out, entry);
  out.end_array();
  out.end_object();
  return out.finish();
}

Result<void> write_noise_profile(const NoiseProfile& profile, OutputFile& file) {
  return write_noise_profile(profile, [&](std::string_view piece) { return file.write(piece); });
}

Result<NoiseProfile> load_noise_profile(const std::string& path, LoadNotes* notes) {
  UMB_ASSIGN(UniqueFd fd, open_regular(path));
  UMB_ASSIGN(const auto source, bytes_of(std::move(fd), path));
  return read_profile(*source, path, notes);
}

Result<NoiseProfile> parse_noise_profile(std::string_view bytes, const std::string& name, LoadNotes* notes) {
  MemorySource source(bytes);
  return read_profile(source, name, notes);
}

}  // namespace umb
