// SPDX-License-Identifier: Apache-2.0
#include "scenario/container_start.h"

#include "base/text.h"
#include "scenario/container_ways.h"
#include "sys/make_folder.h"
#include "sys/subprocess.h"

namespace umb {

Result<std::unique_ptr<ContainerStart>> make_container_start(const ContainerStartOptions& options) {
  const std::string bundle = options.folder + "/bundle";
  for (const std::string& folder : {options.folder, bundle}) {
    UMB_TRY(make_folder(folder));
  }
  UMB_TRY(make_container_rootfs(bundle + "/rootfs"));
  if (options.runtime == "builtin") return make_builtin_start(bundle + "/rootfs", options.path, options.new_net);
  const std::string program = find_program(options.runtime);
  if (program.empty()) return fail(options.runtime + " is not installed", "", "", ErrorKind::kUnavailable);
  // crun refuses the hybrid layout, and runc a cgroup2 whose devices it may not filter; both are at ease so. Of another
  // runtime only its name tells which of the two it takes after.
  return make_runtime_start({.program = program,
                             .folder = options.folder,
                             .control_group = options.control_group,
                             .new_net = options.new_net,
                             .plain_cgroup2 = program.substr(program.rfind('/') + 1).find("crun") == 0});
}

}  // namespace umb
