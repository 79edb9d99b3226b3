// SPDX-License-Identifier: Apache-2.0
#include "sys/host_virtualisation.h"

#include "testing/fake_tree.h"

#include <gtest/gtest.h>

namespace umb {
namespace {

TEST(Virtualisation, tells_emulation_from_kvm_by_the_signature) {
  EXPECT_EQ(virtualisation_from({.signatures = {"TCGTCGTCGTCG"}, .hypervisor_flag = true, .sys_vendor = "QEMU"}),
            "qemu-tcg");
  EXPECT_EQ(virtualisation_from({.signatures = {"KVMKVMKVM"}, .hypervisor_flag = true, .sys_vendor = "QEMU"}), "kvm");
}

TEST(Virtualisation, a_kvm_guest_that_also_shows_hyper_v_is_kvm) {
  EXPECT_EQ(virtualisation_from({.signatures = {"Microsoft Hv", "KVMKVMKVM"}, .hypervisor_flag = true}), "kvm");
  EXPECT_EQ(virtualisation_from({.signatures = {"Microsoft Hv"}, .hypervisor_flag = true}), "hyperv");
}

TEST(Virtualisation, firecracker_is_known_by_its_acpi_tables) {
  EXPECT_EQ(virtualisation_from({.signatures = {"KVMKVMKVM"}, .hypervisor_flag = true, .acpi_oem = "FIRECK"}),
            "firecracker");
}

TEST(Virtualisation, without_a_signature_the_vendor_speaks) {
  EXPECT_EQ(virtualisation_from({.sys_vendor = "QEMU"}), "qemu");
  EXPECT_EQ(virtualisation_from({.hypervisor_type = "xen"}), "xen");
  EXPECT_EQ(virtualisation_from({.sys_vendor = "Microsoft Corporation", .product_name = "Virtual Machine"}), "hyperv");
  EXPECT_EQ(virtualisation_from({.sys_vendor = "Microsoft Corporation", .product_name = "Surface"}), "none");
}

TEST(Virtualisation, is_none_only_where_that_can_be_told) {
  EXPECT_EQ(virtualisation_from({.x86 = true}), "none");
  EXPECT_EQ(virtualisation_from({.sys_vendor = "LENOVO"}), "none");
  EXPECT_EQ(virtualisation_from({.hypervisor_flag = true}), "other");
  EXPECT_EQ(virtualisation_from({}), std::nullopt);
}

TEST(Virtualisation, reads_its_clues_from_the_tree) {
  const FakeTree tree{{"proc/cpuinfo", "flags\t\t: fpu hypervisor sse\n"},
                      {"sys/firmware/acpi/tables/DSDT",
                       "DSDT....\x02"
                       "wFIRECKFCVMDSDT"}};
  EXPECT_EQ(virtualisation(HostRoot{tree.path()}), "firecracker");
  tree.set({"sys/firmware/acpi/tables/DSDT", "DSDT"});
  EXPECT_EQ(virtualisation(HostRoot{tree.path()}), "other");
}

TEST(Container, is_told_by_the_pid_namespace_first) {
  const FakeTree machine{fake_link("proc/self/ns/pid", "pid:[4026531836]"), {".dockerenv", ""}};
  EXPECT_EQ(container_kind(HostRoot{machine.path()}), "none");
  const FakeTree docker{fake_link("proc/self/ns/pid", "pid:[4026532000]"), {".dockerenv", ""}};
  EXPECT_EQ(container_kind(HostRoot{docker.path()}), "docker");
  const FakeTree lxc{fake_link("proc/self/ns/pid", "pid:[4026532000]"), {"run/systemd/container", "lxc\n"}};
  EXPECT_EQ(container_kind(HostRoot{lxc.path()}), "lxc");
  const FakeTree some{fake_link("proc/self/ns/pid", "pid:[4026532000]")};
  EXPECT_EQ(container_kind(HostRoot{some.path()}), "unnamed");
  const FakeTree blind{};
  EXPECT_EQ(container_kind(HostRoot{blind.path()}), std::nullopt);
}

}  // namespace
}  // namespace umb
