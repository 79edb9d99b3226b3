// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <functional>
#include <string>
#include <vector>

namespace umb {

/// The word that makes this program the init of a guest; it and those behind it are what the host gives /init.
inline constexpr const char* kGuestWord = "vm-guest";

/// What of the words that an init got is meant for it: in front of them a kernel puts those words of its command line
/// that it does not know itself. All of them when kGuestWord is not there.
[[nodiscard]] std::vector<std::string> words_for_init(std::vector<std::string> words);

/// To be called by a job when nothing is being measured: only until it returns does the guest's init work and talk to
/// the host. Without it, all that a job says is sent when it has ended.
using Rest = std::function<void()>;
/// What runs a job's words, in a child of init, in the job's folder; gives the exit code.
using JobMain = std::function<int(const std::vector<std::string>& arguments, const Rest& rest)>;

/// The life of a guest's init: puts up the root, loads the modules that lie in the initramfs, asks the host for a job
/// over the second serial port, runs it, sends what it writes on stderr line by line at its rests and what its folder
/// "out" holds, and powers the guest off. Comes back only when this process is not the init of a machine (kUsage).
[[nodiscard]] Result<void> be_guest(const JobMain& job_main);

/// The same with a shell on the first serial port instead of a job.
[[nodiscard]] Result<void> be_guest_with_shell();

}  // namespace umb
