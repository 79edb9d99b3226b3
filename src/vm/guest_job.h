// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "vm/guest.h"
#include "vm/guest_line.h"
#include "vm/job.h"

namespace umb {

/// Runs the job in a child, in a new folder of its own below /job, and tells the host what comes of it. As init: reaps
/// whatever else ends meanwhile. Gives the job's exit code, 128 and the signal's number when a signal ended it.
[[nodiscard]] Result<int> run_job(const Job& job, const JobMain& job_main, GuestLine& line);

}  // namespace umb
