// SPDX-License-Identifier: Apache-2.0
#include "vm/modules.h"

#include "base/file.h"
#include "base/text.h"
#include "kernels/content_hash.h"
#include "vm/module_files.h"
#include "vm/module_index.h"
#include "vm/unpack.h"

#include <algorithm>
#include <map>
#include <set>

namespace umb {

namespace {

constexpr int64_t kLimitBytes = int64_t{64} * 1024 * 1024;
/// The order is found by recursion; no kernel's plan wants so many.
constexpr size_t kMostModules = 1000;

struct Found {
  KernelModule module;
  ModuleInfo info;
};

bool is_of_release(const std::string& vermagic, const std::string& release) {
  return vermagic.starts_with(release) && (vermagic.size() == release.size() || vermagic[release.size()] == ' ');
}

/// A soft dependency may be an algorithm's name, which only an alias in some module of the hundreds under crypto/
/// tells; but the one that runs on any CPU is always called ALGORITHM_generic ("crypto_crc32c", "xxhash64",
/// "blake2b_256").
std::string resolve_softly(const std::string& wish, const ModuleFiles& files) {
  std::string_view name = wish;
  if (name.starts_with("crypto_")) name.remove_prefix(7);
  const std::string_view family = name.substr(0, name.find_last_not_of("0123456789_") + 1);
  for (const std::string& known : {wish, std::string(name) + "_generic", std::string(family) + "_generic"}) {
    if (files.contains(known)) return known;
  }
  return wish;
}

std::string digest_of(std::string_view bytes) {
  ContentHash hash;
  hash.add(bytes);
  return hash.hex();
}

Result<Found> read_module(const std::string& name, const std::string& path, ModuleIndex& index, ModuleReader& reader) {
  UMB_ASSIGN(const SourceFile file, SourceFile::open(path));
  Found found{{name, path, {}, {}}, {}};
  if (auto known = index.find(file.identity())) {
    found.module.digest = std::move(known->digest);
    found.info = std::move(known->info);
    return found;
  }
  UMB_ASSIGN(std::string packed, file.read_all(kLimitBytes));
  found.module.digest = digest_of(packed);
  UMB_ASSIGN(found.module.bytes, unpack_module(std::move(packed), path, kLimitBytes));
  UMB_ASSIGN(found.info, reader.read(found.module.bytes, path));
  index.add(file.identity(), {found.module.digest, found.info});
  return found;
}

/// The chosen modules and how they hang together.
class Closure {
 public:
  Closure(const KernelFiles& kernel, const ModuleFiles& files) : kernel_(kernel), files_(files), index_(kernel) {}

  Result<void> add(const std::vector<std::string>& names, bool soft) {
    for (const std::string& name : names) UMB_TRY(add(name, soft));
    return {};
  }

  ModuleSet finish() {
    index_.save();
    for (const std::string& name : roots_) order_softly(name);
    for (const std::string& name : soft_order_) order_strictly(name);
    return std::move(result_);
  }

 private:
  Result<void> add(const std::string& name, bool soft) {
    if (chosen_.contains(name)) return {};
    const auto file = files_.find(name);
    if (file == files_.end()) {
      if (!soft && missing_.insert(name).second) result_.missing.push_back(name);
      return {};
    }
    if (chosen_.size() == kMostModules) {
      return fail_usage("cannot take so many kernel modules",
                        "more than " + std::to_string(kMostModules) + " are wanted");
    }
    UMB_ASSIGN(Found found, read_module(name, file->second, index_, reader_));
    if (!is_of_release(found.info.vermagic, kernel_.release)) {
      return fail_usage("cannot use the modules of another kernel",
                        quoted(file->second) + " is made for " + quoted(trimmed(found.info.vermagic)) +
                            ", the kernel is " + quoted(kernel_.release),
                        "name the folder with this kernel's own modules");
    }
    for (std::string& wish : found.info.before) wish = resolve_softly(wish, files_);
    for (std::string& wish : found.info.after) wish = resolve_softly(wish, files_);
    const ModuleInfo info = chosen_.emplace(name, std::move(found)).first->second.info;
    roots_.push_back(name);
    UMB_TRY(add(info.depends, false));
    UMB_TRY(add(info.before, true));
    return add(info.after, true);
  }

  /// First as all want it, whatever goes round in circles ...
  void order_softly(const std::string& name) {
    const auto found = chosen_.find(name);
    if (found == chosen_.end() || !seen_softly_.insert(name).second) return;
    for (const std::string& before : found->second.info.before) order_softly(before);
    for (const std::string& needed : found->second.info.depends) order_softly(needed);
    soft_order_.push_back(name);
    for (const std::string& after : found->second.info.after) order_softly(after);
  }

  /// ... and then so that a soft wish never puts a module before one whose symbols it needs.
  void order_strictly(const std::string& name) {
    const auto found = chosen_.find(name);
    if (found == chosen_.end() || !seen_strictly_.insert(name).second) return;
    for (const std::string& needed : found->second.info.depends) order_strictly(needed);
    result_.modules.push_back(std::move(found->second.module));
  }

  const KernelFiles& kernel_;
  const ModuleFiles& files_;
  ModuleIndex index_;
  ModuleReader reader_;
  std::map<std::string, Found> chosen_;
  std::vector<std::string> roots_, soft_order_;
  std::set<std::string> missing_, seen_softly_, seen_strictly_;
  ModuleSet result_;
};

}  // namespace

Result<ModuleSet> find_modules(const KernelFiles& kernel, const std::vector<std::string>& wanted) {
  ModuleFiles files;
  if (!kernel.modules.empty()) UMB_TRY(list_modules(kernel.modules, files));
  std::vector<std::string> names;
  names.reserve(wanted.size());
  for (const std::string& name : wanted) names.push_back(module_name(name));
  Closure closure(kernel, files);
  UMB_TRY(closure.add(names, false));
  return closure.finish();
}

Result<std::string> module_bytes(const KernelModule& module) {
  if (!module.bytes.empty()) return module.bytes;
  UMB_ASSIGN(const SourceFile file, SourceFile::open(module.path));
  UMB_ASSIGN(std::string packed, file.read_all(kLimitBytes));
  if (digest_of(packed) != module.digest) return changed_meanwhile(module.path);
  return unpack_module(std::move(packed), module.path, kLimitBytes);
}

}  // namespace umb
