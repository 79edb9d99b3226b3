// SPDX-License-Identifier: Apache-2.0
#include "vm/frame.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

const Frame kHelloFrame{FrameKind::kHello, 0, "6.1.0"};
const Frame kFilesFrame{FrameKind::kFiles, 1, std::string("a\0b\x02umb", 7)};

TEST(Frame, comes_back_as_it_was_sent) {
  FrameReader reader;
  reader.feed(encode(kHelloFrame) + encode(kFilesFrame));
  EXPECT_EQ(reader.next(), kHelloFrame);
  EXPECT_EQ(reader.next(), kFilesFrame);
  EXPECT_EQ(reader.next(), std::nullopt);
  EXPECT_EQ(reader.bytes_passed_over(), 0U);
}

TEST(Frame, comes_back_when_it_arrives_byte_by_byte) {
  FrameReader reader;
  for (const char byte : encode(kHelloFrame)) {
    EXPECT_EQ(reader.next(), std::nullopt);
    reader.feed(std::string_view(&byte, 1));
  }
  EXPECT_EQ(reader.next(), kHelloFrame);
}

TEST(Frame, is_found_within_noise) {
  FrameReader reader;
  reader.feed("SeaBIOS\r\n\x02um\x02" + encode(kHelloFrame) + "\x02umb" + encode(kFilesFrame));
  reader.feed(std::string(kMaxFramePayload, 'x'));
  EXPECT_EQ(reader.next(), kHelloFrame);
  EXPECT_EQ(reader.next(), kFilesFrame);
  EXPECT_GE(reader.bytes_passed_over(), kMaxFramePayload);
}

TEST(Frame, with_any_byte_changed_or_lost_is_passed_over_and_the_next_one_found) {
  const std::string whole = encode(kFilesFrame);
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string changed = whole;
    changed[i] = static_cast<char>(changed[i] ^ 0x40);
    std::string lost = whole;
    lost.erase(i, 1);
    for (const std::string& damaged : {changed, lost}) {
      FrameReader reader;
      reader.feed(damaged);
      // A length that was changed may swallow what follows, up to its own end.
      for (int more = 0; more < 3; ++more) reader.feed(std::string(kMaxFramePayload / 2, '\n'));
      reader.feed(encode(kHelloFrame));
      EXPECT_EQ(reader.next(), kHelloFrame) << "byte " << i;
    }
  }
}

}  // namespace
}  // namespace umb
