// SPDX-License-Identifier: Apache-2.0
#include "plot/svg.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace umb {
namespace {

using ::testing::HasSubstr;

TEST(EmbeddedSvg, has_no_prolog_tooltip_or_description) {
  EXPECT_EQ(embedded_svg("<?xml version=\"1.0\"?>\n<!DOCTYPE svg>\n<svg width=\"2\"><title>A</title><desc>B</desc>"
                         "<!-- <g> -->\n<path d='M1,1'/></svg>",
                         "p-"),
            "<svg width=\"2\"><path d=\"M1,1\"/></svg>");
}

TEST(EmbeddedSvg, prefixes_ids_and_what_refers_to_them) {
  const std::string svg = embedded_svg(
      "<svg><circle id='gpDot' r='1'/><use xlink:href='#gpDot' x='1'/><path clip-path='url(#c)' d='M0,0'/></svg>",
      "p-");
  EXPECT_THAT(svg, HasSubstr("id=\"p-gpDot\""));
  EXPECT_THAT(svg, HasSubstr("xlink:href=\"#p-gpDot\""));
  EXPECT_THAT(svg, HasSubstr("clip-path=\"url(#p-c)\""));
}

TEST(EmbeddedSvg, turns_styles_into_attributes) {
  EXPECT_EQ(embedded_svg("<svg><path style='fill:none; stroke:#ff0000; cursor:move' d='M0,0'/></svg>", ""),
            "<svg><path d=\"M0,0\" fill=\"none\" stroke=\"#ff0000\"/></svg>");
}

TEST(EmbeddedSvg, leaves_out_all_that_acts_or_loads) {
  const std::string svg = embedded_svg(
      "<svg onload='x()'><script>alert(1)</script><image href='http://x'/><a href='http://x'><text>in</text></a>"
      "<use href='http://x#y'/><foreignObject><text>no</text></foreignObject><text onclick='y()'>a</text>"
      "<path fill='url(http://x)' d='M0'/></svg>",
      "p-");
  EXPECT_EQ(svg, "<svg><use/><text>a</text><path d=\"M0\"/></svg>");
}

TEST(EmbeddedSvg, lets_no_text_become_a_tag) {
  const std::string svg = embedded_svg("<svg><text x='&lt;\"'>a > b &amp; c & d &#60;</text></svg>", "");
  EXPECT_EQ(svg, "<svg><text x=\"&lt;&quot;\">a &gt; b &amp; c &amp; d &amp;#60;</text></svg>");
}

TEST(EmbeddedSvg, has_no_control_characters) {
  EXPECT_EQ(embedded_svg("<svg><path d='M0,0 L1,1\n\t\tL2,2'/></svg>", ""), "<svg><path d=\"M0,0 L1,1 L2,2\"/></svg>");
}

TEST(EmbeddedSvg, leaves_out_groups_of_nothing) {
  EXPECT_EQ(embedded_svg("<svg><g fill='a'>\n</g><g><text>x</text></g></svg>", ""), "<svg><g><text>x</text></g></svg>");
}

TEST(EmbeddedSvg, of_half_a_file_is_what_there_is) {
  EXPECT_EQ(embedded_svg("<svg><text>x</text><path d='", ""), "<svg><text>x</text>");
  EXPECT_EQ(embedded_svg("", ""), "");
}

}  // namespace
}  // namespace umb
