// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"

#include <memory>
#include <string>

namespace umb {

/// An ECMAScript regular expression that is searched for in case ids; its .cpp is the only door to std::regex. No
/// expression may overflow the stack or take for ever, so these are refused: more than 1000 bytes, counted repetition
/// ("{"; no case id has a brace, and a few nested counts make an automaton of any size), back references, more than 32
/// of "*",
/// "+" and "?", more than one look-ahead (nested ones take exponential time; one serves to say "all but").
class CaseFilter {
 public:
  /// kUsage without a place or flag in the text: the caller says where it stood.
  [[nodiscard]] static Result<CaseFilter> compile(const std::string& pattern);
  [[nodiscard]] bool matches(const std::string& case_id) const;

 private:
  struct Compiled;
  explicit CaseFilter(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace umb
