// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fixture/peer_namespaces.h"
#include "scenario/scenario.h"

#include <functional>
#include <memory>

namespace umb {

using StartPeers = std::function<Result<std::unique_ptr<Peers>>(const PeerOptions& options)>;

/// PeerNamespaces::start, or a made-up one.
[[nodiscard]] std::unique_ptr<Scenario> make_propagation(const Case& spec, const Workshop& workshop, StartPeers start);

/// A mount that was passed on to other mount namespaces is taken off in one of them.
[[nodiscard]] ScenarioEntry propagation_scenario();

}  // namespace umb
