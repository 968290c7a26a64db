// Roles and what they may do (D11): one table from roles to permissions, pure.
//
// A user has roles; a route asks for one permission. An API token has scopes, which are
// permissions too: it may do what is in its scopes and in its user's roles.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result/result.h"

namespace domain {

enum class Permission {
  kPublic,    // Anybody; only ever named by routes.
  kSignedIn,  // Whoever is known, whatever their roles.
  kCustomersRead,
  kAccountsChange,  // How an account is billed.
  kBillsRead,
  kBillsCredit,  // Issue a credit note.
  kDocumentsRead,
  kLedgerRead,
  kRunsRead,
  kRunsStart,
  kRunsApprove,  // Let what a dry run showed be issued.
  kImportsRead,
  kRejectsRead,
  kRejectsCorrect,  // Correct a record and take it again, or discard it.
  kPaymentsRead,    // Bank files and payments, with what their payers wrote.
  kPaymentsChange,  // Assign payments and undo it; refunds.
  kBankFilesTake,   // Send a bank file in.
  kTillUse,         // Open a drawer, take cash and cards, close it.
  kOrdersRead,      // Orders of single things, and what payments cost.
  kOrdersChange,    // Place one, cancel it, say that it was handed over.
  kMetricsRead,
  kAuditRead,
  kUsersManage,
};

enum class Role {
  kAgent,
  kSeniorAgent,
  kFinance,
  kProduct,
  kAuditor,
  kAdmin,
  kIntegrator,
  kCashier,
};

// A set of the values of a small enum.
template <class Value>
class EnumSet {
 public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<Value> values) {
    for (const Value value : values) add(value);
  }
  constexpr void add(Value value) { bits_ |= bit(value); }
  [[nodiscard]] constexpr bool has(Value value) const { return (bits_ & bit(value)) != 0; }
  [[nodiscard]] constexpr bool is_empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool contains(EnumSet other) const { return (other.bits_ & ~bits_) == 0; }
  friend constexpr EnumSet operator|(EnumSet a, EnumSet b) { return EnumSet(a.bits_ | b.bits_); }
  friend constexpr EnumSet operator&(EnumSet a, EnumSet b) { return EnumSet(a.bits_ & b.bits_); }
  friend constexpr bool operator==(EnumSet, EnumSet) = default;

 private:
  explicit constexpr EnumSet(std::uint32_t bits) : bits_(bits) {}
  static constexpr std::uint32_t bit(Value value) {
    return std::uint32_t{1} << static_cast<unsigned>(value);
  }
  std::uint32_t bits_ = 0;
};

using PermissionSet = EnumSet<Permission>;
using RoleSet = EnumSet<Role>;

struct PermissionRow {
  Permission permission;
  std::string_view name;  // "bills:read", as scopes and documents write it.
  std::string_view meaning;
};
// All but kPublic and kSignedIn, which nobody can be given.
[[nodiscard]] std::span<const PermissionRow> permissions();

struct RoleRow {
  Role role;
  std::string_view name;  // "senior_agent"
  std::string_view meaning;
  PermissionSet permissions;
};
[[nodiscard]] std::span<const RoleRow> roles();

[[nodiscard]] std::string_view to_text(Permission permission);
[[nodiscard]] std::string_view to_text(Role role);
// Errors: unknown_role, unknown_permission; the text lists what there is.
[[nodiscard]] base::Result<Role> parse_role(std::string_view text);
[[nodiscard]] base::Result<Permission> parse_permission(std::string_view text);
// Names in the table's order.
[[nodiscard]] std::vector<std::string_view> names_of(RoleSet roles);
[[nodiscard]] std::vector<std::string_view> names_of(PermissionSet permissions);

// What the roles may do together; kSignedIn and kPublic are always in it.
[[nodiscard]] PermissionSet permissions_of(RoleSet roles);

}  // namespace domain
