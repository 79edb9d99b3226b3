// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace umb {

/// A drawn plot, ready to stand inside of a page.
struct Picture {
  std::string kind;                ///< "distribution"
  std::string title;               ///< one line; as raw as names in files are, like the notes
  std::vector<std::string> notes;  ///< how to read it, and what is left out of it
  std::string svg;                 ///< one <svg> element: harmless, without prolog, its ids unlike any other's
};

struct Pictures {
  std::vector<Picture> all;
  std::string missing;                 ///< why there are none at all, and what to do; "" where they could be drawn
  std::vector<std::string> not_drawn;  ///< "matrix: why": one for each that could not
};

}  // namespace umb
