// SPDX-License-Identifier: Apache-2.0
#include "kernels/find_kernel.h"

#include "base/text.h"
#include "kernels/kernel_image.h"
#include "kernels/kernel_package.h"
#include "sys/host_kernel.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace umb {

namespace {

constexpr const char* kTreeImage = "/arch/x86/boot/bzImage";

bool is_folder(const std::string& path) {
  struct stat facts {};
  return ::stat(path.c_str(), &facts) == 0 && S_ISDIR(facts.st_mode);
}

bool is_there(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

/// Which folder of modules was meant: the one with kernel/ in it, a build tree, or where `make modules_install` put
/// one.
Result<std::string> modules_for(const std::string& release, const std::string& folder) {
  for (const std::string& place : {folder, folder + "/" + release, folder + "/lib/modules/" + release}) {
    if (is_folder(place + "/kernel") || is_there(place + "/modules.order")) return place;
  }
  return fail_usage(
      "there are no kernel modules in " + quoted(folder),
      is_folder(folder) ? "it holds neither 'kernel' nor 'lib/modules/" + release + "'" : "there is no such folder",
      "name the folder lib/modules/" + release + " that belongs to the kernel");
}

Result<KernelFiles> kernel_image(const std::string& path, const std::string& modules) {
  KernelFiles kernel;
  kernel.image = path;
  UMB_ASSIGN(kernel.release, image_release(path));
  if (!modules.empty()) {
    UMB_ASSIGN(kernel.modules, modules_for(kernel.release, modules));
  }
  return kernel;
}

Result<KernelFiles> kernel_tree(const std::string& tree) {
  if (!is_there(tree + kTreeImage)) {
    if (is_folder(tree + "/kernel") && is_there(tree + "/modules.order")) {
      return fail_usage(quoted(tree) + " is a folder of modules", "no kernel is in it",
                        "name the kernel, and this folder behind it: IMAGE:modules=FOLDER");
    }
    return fail_usage(quoted(tree) + " is no kernel build tree", "it has no arch/x86/boot/bzImage",
                      "build the kernel first (make bzImage modules), or name the image itself");
  }
  UMB_ASSIGN(KernelFiles kernel, kernel_image(tree + kTreeImage, ""));
  if (is_there(tree + "/.config")) kernel.config = tree + "/.config";
  if (is_there(tree + "/modules.order")) kernel.modules = tree;
  return kernel;
}

Failure no_such_kernel(const KernelSpec& spec, const std::string& path, int error) {
  return Failure(Error{"no such kernel: " + quoted(spec.text), quoted(path) + ": " + errno_text(error),
                       kernel_spec_kinds(), error, ErrorKind::kUsage});
}

Result<void> check_there(const KernelSpec& spec) {
  for (const std::string& path : spec.paths) {
    if (!is_there(path)) return no_such_kernel(spec, path, errno);
  }
  return {};
}

Result<KernelFiles> running_kernel(const HostRoot& host) {
  const std::string other = "name an image, packages or a name like debian:6.1-rt instead";
  const auto release = kernel_release(host);
  if (!release.has_value()) return fail_usage("the running kernel can't be used", "its release is unknown", other);
  const std::string modules = "/lib/modules/" + *release;
  for (const std::string& place : {"/boot/vmlinuz-" + *release, modules + "/vmlinuz"}) {
    const std::string path = host.at(place);
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 && (errno == EACCES || errno == EPERM)) {
      return fail_errno("the running kernel can't be used: cannot read " + quoted(path), errno,
                        "run it with sudo, or name a copy of the file that you may read", ErrorKind::kUsage);
    }
    if (fd < 0) continue;
    ::close(fd);
    UMB_ASSIGN(KernelFiles kernel, kernel_image(path, ""));
    if (const std::string config = host.at("/boot/config-" + *release); is_there(config)) kernel.config = config;
    if (is_folder(host.at(modules + "/kernel"))) kernel.modules = host.at(modules);
    return kernel;
  }
  return fail_usage("the running kernel can't be used",
                    "there is neither /boot/vmlinuz-" + printable(*release) + " nor " + printable(modules) + "/vmlinuz",
                    other);
}

}  // namespace

Result<KernelFiles> find_kernel(const KernelSpec& spec, const FetchPackages& fetch, const HostRoot& host) {
  UMB_TRY(check_there(spec));
  switch (spec.kind) {
    case KernelSpecKind::kPath:
      if (is_folder(spec.paths.front()) && spec.modules.empty()) return kernel_tree(spec.paths.front());
      return kernel_image(spec.paths.front(), spec.modules);
    case KernelSpecKind::kDebianPackages:
    case KernelSpecKind::kRpmPackages:
      return kernel_from_packages(spec.paths);
    case KernelSpecKind::kArchiveName: {
      if (!fetch) {
        return fail_usage("the packages of " + quoted(spec.archive_name) + " are not fetched", "",
                          "run: umountbench vm fetch " + spec.archive_name);
      }
      UMB_ASSIGN(const std::vector<std::string> paths, fetch(spec.archive_name));
      return kernel_from_packages(paths);
    }
    case KernelSpecKind::kHost:
      return running_kernel(host);
  }
  return fail_usage("no such kernel: " + quoted(spec.text), "", kernel_spec_kinds());
}

}  // namespace umb
