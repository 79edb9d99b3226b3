// SPDX-License-Identifier: Apache-2.0
// What must agree between the sides of a comparison, and what is under test. Inside compare/ only.
#pragma once

#include "model/digest.h"

#include <functional>
#include <string>
#include <vector>

namespace umb {

/// Something about a boot, as text.
struct Trait {
  std::string name;
  std::function<std::string(const BootDigest&)> read;
};

/// A side as far as it is told in a difference.
struct NamedBoots {
  std::string name;
  const std::vector<BootDigest>* boots;
};

/// Whether a boot of either side was measured by another program, of which neither kernel nor machine is known: then
/// there are no sentences.
[[nodiscard]] bool any_imported(const NamedBoots& baseline, const NamedBoots& candidate);

/// What must agree between boots that are held against each other: of the protocol (every setting that any of these
/// has, the tool's major version), then of the machine (the first of those is `kFirstOfMachine`), but for the plan's
/// cases.
[[nodiscard]] std::vector<Trait> must_agree(const NamedBoots& baseline, const NamedBoots& candidate);
inline constexpr const char* kFirstOfMachine = "architecture";
/// The ids of the plan, in no order of its own.
[[nodiscard]] std::string cases_of(const BootDigest& boot);

/// Sentences, each about something that must agree and does not, within a side or between them: the protocol (plan,
/// every setting, the tool's major version) or the machine (CPUs, virtualisation, clock source).
[[nodiscard]] std::vector<std::string> fingerprint_differences(const NamedBoots& baseline, const NamedBoots& candidate);

/// Sentences about what differs beside what was asked about: RCU parameters or command line beside another kernel, the
/// governor, tools. `by` is the fact or parameter that splits the sides, or empty.
[[nodiscard]] std::vector<std::string> unasked_differences(const NamedBoots& baseline, const NamedBoots& candidate,
                                                           const std::string& by);

/// A fact as text: "unknown" for null.
[[nodiscard]] std::string fact_in_words(const FactValue* value);

/// The facts that tell one thing under test from another: kernel, RCU parameters, command line, label.
[[nodiscard]] const std::vector<std::string>& facts_under_test();
/// The value of one of them, or of any other fact, for a boot; "label" and "kernel" are taken as facts too.
[[nodiscard]] std::string under_test(const BootDigest& boot, const std::string& fact);

}  // namespace umb
