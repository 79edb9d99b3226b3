// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/sample.h"

#include <cstdint>
#include <string>
#include <vector>

namespace umb {

/// Samples of one case that were taken together, one after the other: what a worker hands over at once.
struct Block {
  uint32_t case_index = 0;      ///< into the record's cases
  uint32_t round = 0;           ///< index into the record's rounds
  uint32_t repetition = 0;      ///< index of the block within the case and round
  uint32_t first_sequence = 0;  ///< of its first sample, over all cases of the round; the others follow
  bool warmup = false;
  std::vector<Sample> samples;
};

/// The block at the end of a case's series, which has (or, while it is empty, gets) the columns of every sample's
/// metrics and one for each of the scenario's phases.
inline void append_block_to(Series& series, const Block& block, const std::vector<std::string>& phase_names) {
  if (series.metrics.empty()) {
    for (const char* name : {"return_ns", "released_ns", "thread_cpu_ns", "voluntary_switches", "released_at_return"}) {
      series.metrics.push_back({name, {}});
    }
  }
  if (series.phases.empty()) {
    for (const std::string& name : phase_names) series.phases.push_back({name, {}});
  }
  uint32_t sequence = block.first_sequence;
  for (const Sample& sample : block.samples) {
    series.round.push_back(block.round);
    series.sequence.push_back(sequence++);
    series.repetition.push_back(block.repetition);
    series.warmup.push_back(block.warmup ? 1 : 0);
    series.started_at_ns.push_back(sample.started_at_ns);
    series.errno_value.push_back(sample.errno_value);
    series.metrics[0].values.push_back(sample.return_ns);
    series.metrics[1].values.push_back(sample.released_ns);
    series.metrics[2].values.push_back(sample.thread_cpu_ns);
    series.metrics[3].values.push_back(sample.voluntary_switches);
    series.metrics[4].values.push_back(sample.released_at_return);
    for (size_t i = 0; i < series.phases.size(); ++i) series.phases[i].values.push_back(sample.phases[i]);
  }
}

}  // namespace umb
