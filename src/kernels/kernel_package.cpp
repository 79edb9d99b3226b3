// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernel_package.h"

#include "base/file.h"
#include "base/text.h"
#include "kernels/archive_reader.h"
#include "kernels/cache_folder.h"
#include "kernels/content_hash.h"
#include "kernels/kernel_image.h"
#include "kernels/new_folder.h"
#include "kernels/package_contents.h"

#include <algorithm>
#include <cerrno>
#include <set>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

/// Part of the cache folder's name: to be raised when what is taken out of a package, or how it is laid out, changes.
constexpr std::string_view kFormat = "v2";
constexpr const char* kImageName = "vmlinuz";
constexpr const char* kModulesName = "modules";
constexpr const char* kConfigName = "config";
constexpr std::string_view kDebianImageDocs = "usr/share/doc/linux-image-";

struct Package {
  std::string path;
  UniqueFd fd;
};

bool is_plain_folder(const std::string& path) {
  struct stat facts {};
  return ::lstat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode);
}

/// What a set of packages holds of a kernel, on its way into a folder.
class Unpacking {
 public:
  explicit Unpacking(NewFolder& folder) : folder_(folder) {}

  Result<void> add(const Package& package) {
    package_ = package.path;
    return read_package(package.fd, package.path,
                        [this](const PackageEntry& entry, EntryBytes& bytes) { return visit(entry, bytes); });
  }

  /// That it is one kernel, and whole.
  Result<void> check() const {
    if (image_package_.empty()) return no_kernel();
    UMB_ASSIGN(const std::string release, image_release(folder_.at(kImageName)));
    if (modules_release_.empty() || modules_release_ == release) return {};
    return fail_usage("the kernel in " + quoted(image_package_) + " and the modules in " + quoted(modules_package_) +
                          " don't belong together",
                      "the kernel is " + quoted(release) + ", the modules are for " + quoted(modules_release_),
                      "name packages of one and the same release");
  }

 private:
  Result<void> visit(const PackageEntry& entry, EntryBytes& bytes) {
    const PackagePart part = package_part(entry.name);
    if (part.kind == PackagePart::Kind::kUnsafe) {
      return fail_usage("cannot read the package " + quoted(package_),
                        quoted(entry.name) + " in it leads out of the package",
                        "no package of a kernel has such names");
    }
    note_debian_image(entry.name);
    if (entry.type != PackageEntry::Type::kFile) return {};
    switch (part.kind) {
      case PackagePart::Kind::kImage:
        return take_image(part, bytes);
      case PackagePart::Kind::kModule:
        return take_module(part, bytes);
      case PackagePart::Kind::kModuleList:
        // Two packages of one kernel may both have it.
        if (!lists_.insert(part.below).second) return {};
        return take_module(part, bytes);
      case PackagePart::Kind::kConfig:
        // Some packages have it twice, in boot/ and beside the modules.
        if (!lists_.insert(kConfigName).second) return {};
        return copy(bytes, kConfigName);
      default:
        return {};
    }
  }

  Result<void> take_image(const PackagePart& part, EntryBytes& bytes) {
    if (!image_package_.empty()) {
      // Some packages have their kernel twice, in boot/ and beside its modules.
      if (image_package_ == package_ && image_name_release_ == part.release) return {};
      return fail_usage("there are two kernels: " + quoted(image_name_release_) + " in " + quoted(image_package_) +
                            " and " + quoted(part.release) + " in " + quoted(package_),
                        "", "name the packages of one kernel; a second kernel is a --kernel of its own");
    }
    image_package_ = package_;
    image_name_release_ = part.release;
    return copy(bytes, kImageName);
  }

  Result<void> take_module(const PackagePart& part, EntryBytes& bytes) {
    if (modules_release_.empty()) {
      modules_release_ = part.release;
      modules_package_ = package_;
    } else if (part.release != modules_release_) {
      return fail_usage("the modules are for two kernels: " + quoted(modules_release_) + " in " +
                            quoted(modules_package_) + " and " + quoted(part.release) + " in " + quoted(package_),
                        "", "name packages of one and the same release");
    }
    return copy(bytes, std::string(kModulesName) + "/" + part.below);
  }

  Result<void> copy(EntryBytes& bytes, const std::string& name) {
    const Result<UniqueFd> file = folder_.add_file(name);
    if (!file.has_value() && file.error().errno_value == EEXIST) {
      return fail_usage("cannot read the package " + quoted(package_), quoted(name) + " is in the packages twice",
                        "name each package once");
    }
    if (!file.has_value()) return Failure(file.error());
    while (true) {
      UMB_ASSIGN(const std::string_view piece, bytes.next());
      if (piece.empty()) return {};
      UMB_TRY(write_all(file->get(), piece, folder_.at(name)));
    }
  }

  /// Every Debian package has a folder of its name among the documents, whatever its file is called.
  void note_debian_image(std::string_view name) {
    if (name.starts_with("./")) name.remove_prefix(2);
    if (!debian_image_release_.empty() || !name.starts_with(kDebianImageDocs)) return;
    name.remove_prefix(kDebianImageDocs.size());
    debian_image_release_ = printable(name.substr(0, name.find('/')));
  }

  [[nodiscard]] Failure no_kernel() const {
    std::string what = "there is no kernel in " + quoted(package_);
    if (!debian_image_release_.empty() && modules_release_.empty()) {
      return fail_usage(std::move(what), "a linux-image package that only depends on others",
                        "since 7.x Debian's kernel is in two other packages: name linux-binary-" +
                            debian_image_release_ + " and linux-modules-" + debian_image_release_ +
                            ", with a comma between them");
    }
    if (!modules_release_.empty()) {
      return fail_usage(std::move(what), "only modules, for " + quoted(modules_release_),
                        "name the package with the kernel too, with a comma between them: linux-binary-" +
                            printable(modules_release_) + ", or kernel-core for an rpm");
    }
    return fail_usage(std::move(what), "",
                      "name a linux-image, or linux-binary and linux-modules, or kernel-core and "
                      "kernel-modules-core, with commas between them");
  }

  NewFolder& folder_;
  std::string package_;  ///< the one that is being read, and at last the last one
  std::string image_package_, image_name_release_;
  std::string modules_package_, modules_release_;
  std::string debian_image_release_;
  std::set<std::string> lists_;
};

Result<void> unpack(const std::vector<Package>& packages, const std::string& target) {
  UMB_ASSIGN(NewFolder folder, NewFolder::create(target));
  Unpacking unpacking(folder);
  for (const Package& package : packages) UMB_TRY(unpacking.add(package));
  UMB_TRY(unpacking.check());
  return folder.commit();
}

Result<std::string> hash_of(const Package& package) {
  ContentHash hash;
  std::string piece(size_t{1} << 20U, '\0');
  off_t at = 0;
  while (true) {
    const ssize_t count = ::pread(package.fd.get(), piece.data(), piece.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      return fail_errno("cannot read the package " + quoted(package.path), errno, "", ErrorKind::kUsage);
    }
    if (count == 0) return hash.hex();
    hash.add(std::string_view(piece).substr(0, static_cast<size_t>(count)));
    at += count;
  }
}

/// One name for one set of contents, whatever the order the packages are given in.
Result<std::string> set_hash(const std::vector<Package>& packages) {
  std::vector<std::string> hashes;
  for (const Package& package : packages) {
    UMB_ASSIGN(hashes.emplace_back(), hash_of(package));
  }
  std::sort(hashes.begin(), hashes.end());
  ContentHash all;
  for (const std::string& hash : hashes) all.add_field(hash);
  return all.hex();
}

}  // namespace

Result<KernelFiles> kernel_from_packages(const std::vector<std::string>& paths) {
  if (paths.empty()) return fail_usage("no package is named");
  // From the first: nobody gets to read by way of the cache what they may not read.
  const AsCaller caller;
  std::vector<Package> packages;
  for (const std::string& path : paths) {
    UMB_ASSIGN(UniqueFd fd, open_package(path));
    packages.push_back({path, std::move(fd)});
  }
  UMB_ASSIGN(const std::string hash, set_hash(packages));
  UMB_ASSIGN(const std::string cache, cache_folder("kernels"));
  const std::string folder = cache + "/" + hash + "-" + std::string(kFormat);
  if (!is_plain_folder(folder)) UMB_TRY(unpack(packages, folder));
  KernelFiles kernel;
  kernel.image = folder + "/" + kImageName;
  if (is_plain_folder(folder + "/" + kModulesName)) kernel.modules = folder + "/" + kModulesName;
  if (::access((folder + "/" + kConfigName).c_str(), F_OK) == 0) kernel.config = folder + "/" + kConfigName;
  UMB_ASSIGN(kernel.release, image_release(kernel.image));
  return kernel;
}

}  // namespace umb
