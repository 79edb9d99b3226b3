// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct XXH3_state_s;

namespace umb {

/// XXH3, 128 bits, of what is added piece by piece: names things in the cache by their content. No defence against
/// somebody who makes two contents alike on purpose: the cache is its owner's alone.
class ContentHash {
 public:
  ContentHash();
  void add(std::string_view bytes);
  /// The same with its length, so that two fields never look like two others.
  void add_field(std::string_view bytes);
  /// Of all that was added so far: 32 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;

 private:
  struct Free {
    void operator()(XXH3_state_s* state) const;
  };
  std::unique_ptr<XXH3_state_s, Free> state_;
};

}  // namespace umb
