#include "release.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace moecalc {
namespace {

// The changelog and the program must name the same release; reading a file also shows that the
// WebAssembly tests really see the disk.
TEST(Release, IsTheOneOfPackageJson) {
  std::ifstream file(MOECALC_TESTS_DIR "/../package.json");
  ASSERT_TRUE(file.is_open());
  const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_NE(text.find("\"version\": \"" + std::string(release) + "\""), std::string::npos);
}

TEST(Release, LineNamesReleaseAndLinkVersion) {
  EXPECT_EQ(release_line(), "moecalc 0.2.0 (link version 2)");
}

}  // namespace
}  // namespace moecalc
