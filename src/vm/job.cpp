// SPDX-License-Identifier: Apache-2.0
#include "vm/job.h"

#include "base/text.h"

#include <limits>

namespace umb {

namespace {

constexpr const char* kArguments = "arguments";
constexpr const char* kFilePrefix = "file.";
constexpr const char* kGrowing = "growing";
constexpr const char* kOffset = "offset";

Result<std::string> take(Bundle& bundle, const std::string& name) {
  const auto found = bundle.find(name);
  if (found == bundle.end()) return fail("a bundle lacks " + quoted(name));
  std::string bytes = std::move(found->second);
  bundle.erase(found);
  return bytes;
}

/// The files by their own names, which can't be taken for something else that way.
Result<Bundle> own_names(Bundle bundle) {
  Bundle files;
  const std::string prefix = kFilePrefix;
  for (auto& [name, bytes] : bundle) {
    if (!name.starts_with(prefix) || name.size() == prefix.size()) {
      return fail("a bundle has an unexpected " + quoted(name));
    }
    files[name.substr(prefix.size())] = std::move(bytes);
  }
  return files;
}

}  // namespace

Result<std::string> pack_job(const Job& job) {
  Bundle bundle{{kArguments, join(job.arguments, std::string_view("\0", 1))}, {kGrowing, job.growing}};
  for (const auto& [name, bytes] : job.files) bundle[kFilePrefix + name] = bytes;
  return pack(bundle);
}

Result<Job> unpack_job(std::string_view bytes) {
  UMB_ASSIGN(Bundle bundle, unpack(bytes));
  UMB_ASSIGN(const std::string arguments, take(bundle, kArguments));
  UMB_ASSIGN(std::string growing, take(bundle, kGrowing));
  UMB_ASSIGN(Bundle files, own_names(std::move(bundle)));
  return Job{split(arguments, '\0'), std::move(files), std::move(growing)};
}

Result<std::string> pack_growth(const Growth& growth) {
  return pack({{kOffset, std::to_string(growth.offset)}, {kFilePrefix + growth.name, growth.bytes}});
}

Result<Growth> unpack_growth(std::string_view bytes) {
  UMB_ASSIGN(Bundle bundle, unpack(bytes));
  UMB_ASSIGN(const std::string offset_text, take(bundle, kOffset));
  UMB_ASSIGN(const int64_t offset, parse_integer(offset_text, 0, std::numeric_limits<int64_t>::max()));
  UMB_ASSIGN(Bundle files, own_names(std::move(bundle)));
  if (files.size() == 1 && files.begin()->second.size() > kMaxGrowthBytes) {
    return fail("a growing file's bundle is too large");
  }
  if (files.size() != 1) return fail("a growing file's bundle holds " + std::to_string(files.size()) + " files");
  return Growth{files.begin()->first, static_cast<uint64_t>(offset), std::move(files.begin()->second)};
}

}  // namespace umb
