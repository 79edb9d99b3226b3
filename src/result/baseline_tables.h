// SPDX-License-Identifier: Apache-2.0
// What the cases of a boot have in common, said once in a baseline. Inside result/ only.
#pragma once

#include "model/digest.h"
#include "result/json_stream.h"
#include "result/object_reader.h"

#include <optional>
#include <string>
#include <vector>

namespace umb {

struct BaselineTables {
  struct Scenario {
    std::string name;
    std::vector<Parameter> parameters;  ///< all of them in order; the value is that of the cases whose id has none
  };
  std::vector<double> quantiles;        ///< the places of all metrics that have any
  std::vector<double> round_quantiles;  ///< the same of single rounds
  std::vector<MetricInfo> metrics;      ///< as most cases explain them
  std::vector<Scenario> scenarios;

  /// The case that an id stands for, as far as the tables know it.
  [[nodiscard]] Case spec_of(const std::string& id) const;
  /// Unit, direction and reason of a metric; only the name where nothing is known of it.
  [[nodiscard]] MetricInfo info_of(const std::string& name) const;
};

/// Of single rounds only these places are kept: those that the plan's gate asks for, and 0.5.
[[nodiscard]] std::vector<QuantileValue> kept_of_round(const std::vector<QuantileValue>& quantiles,
                                                       const std::optional<Gate>& gate);
[[nodiscard]] std::vector<double> places_of(const std::vector<QuantileValue>& quantiles);

/// Why no baseline may have these tables, or "": more entries than any plan gives, places that are none.
[[nodiscard]] std::string fault_of(const BaselineTables& tables);

[[nodiscard]] BaselineTables tables_of(const BootDigest& boot);
/// All but the places of rounds, into the object that is open.
void put_tables(JsonStream& out, const BaselineTables& tables);
void decode_tables(ObjectReader& reader, BaselineTables& tables, DecodeState& state);

}  // namespace umb
