#include "domain/access/roles.h"

#include <algorithm>

#include "base/result/check.h"

namespace domain {
namespace {

using enum Permission;

constexpr PermissionRow kPermissions[] = {
    {kCustomersRead, "customers:read", "Find a customer and see their accounts and services."},
    {kAccountsChange, "accounts:change", "Choose for a customer how an account is billed."},
    {kBillsRead, "bills:read", "See bills, their amounts and their state."},
    {kBillsCredit, "bills:credit", "Credit a bill, or a part of it."},
    {kDocumentsRead, "documents:read", "See invoices and other issued papers."},
    {kLedgerRead, "ledger:read", "See postings and the trial balance."},
    {kRunsRead, "runs:read", "See billing runs, their progress and what they set aside."},
    {kRunsStart, "runs:start", "Start a billing run or a dry run."},
    {kRunsApprove, "runs:approve", "Approve what a dry run showed, so that it is issued."},
    {kImportsRead, "imports:read", "See imported files and their counts."},
    {kRejectsRead, "rejects:read", "See records that could not be imported, with their content."},
    {kRejectsCorrect, "rejects:correct",
     "Correct a rejected record and take it again, or discard it."},
    {kPaymentsRead, "payments:read", "See bank files and payments, with what payers wrote."},
    {kPaymentsChange, "payments:change",
     "Assign payments to bills and undo it; propose, approve and send refunds."},
    {kBankFilesTake, "bank_files:take", "Send in bank files, whose payments are booked."},
    {kTillUse, "till:use", "Open a drawer of cash, take cash and cards for bills, and close it."},
    {kOrdersRead, "orders:read", "See orders of single things, and what payments cost."},
    {kOrdersChange, "orders:change", "Place orders, cancel them, and say what was handed over."},
    {kMetricsRead, "metrics:read", "Read the server's metrics."},
    {kAuditRead, "audit:read", "Read who looked at and changed what."},
    {kUsersManage, "users:manage", "Create users, give roles, set passwords, revoke tokens."},
};

constexpr PermissionSet kAgentMay = {kCustomersRead, kAccountsChange, kBillsRead,
                                     kDocumentsRead, kOrdersRead,     kOrdersChange};
constexpr PermissionSet kSeniorAgentMay =
    kAgentMay | PermissionSet{kBillsCredit, kRunsRead, kImportsRead, kRejectsRead, kPaymentsRead};
constexpr PermissionSet kFinanceMay = {
    kCustomersRead, kAccountsChange, kBillsRead,     kBillsCredit, kDocumentsRead, kLedgerRead,
    kRunsRead,      kRunsStart,      kRunsApprove,   kImportsRead, kRejectsRead,   kRejectsCorrect,
    kPaymentsRead,  kPaymentsChange, kBankFilesTake, kOrdersRead,  kOrdersChange,  kTillUse};
constexpr PermissionSet kProductMay = {kBillsRead, kRunsRead, kImportsRead};
constexpr PermissionSet kAuditorMay = {kCustomersRead, kBillsRead,   kDocumentsRead, kLedgerRead,
                                       kRunsRead,      kImportsRead, kRejectsRead,   kPaymentsRead,
                                       kOrdersRead,    kAuditRead};
constexpr PermissionSet kIntegratorMay = {
    kCustomersRead, kAccountsChange, kBillsRead,   kDocumentsRead, kLedgerRead,
    kRunsRead,      kRunsStart,      kImportsRead, kRejectsRead,   kRejectsCorrect,
    kPaymentsRead,  kBankFilesTake,  kOrdersRead,  kOrdersChange,  kMetricsRead};

constexpr PermissionSet kCashierMay = {kCustomersRead, kBillsRead, kTillUse};

constexpr PermissionSet all_permissions() {
  PermissionSet all;
  for (const PermissionRow& row : kPermissions) all.add(row.permission);
  return all;
}

constexpr RoleRow kRoles[] = {
    {Role::kAgent, "agent", "Customer service: customers, bills and papers.", kAgentMay},
    {Role::kSeniorAgent, "senior_agent",
     "An agent who also credits bills, and sees payments, runs, imports and rejects.",
     kSeniorAgentMay},
    {Role::kFinance, "finance",
     "Billing and finance: runs the month, credits bills, assigns payments, reads the ledger.",
     kFinanceMay},
    {Role::kProduct, "product", "Plans and growth: figures of bills and runs, no personal data.",
     kProductMay},
    {Role::kAuditor, "auditor", "Reads everything, the audit trail too; changes nothing.",
     kAuditorMay},
    {Role::kAdmin, "admin", "Everything, users included.", all_permissions()},
    {Role::kIntegrator, "integrator", "A system of the operator's that uses the API.",
     kIntegratorMay},
    {Role::kCashier, "cashier", "Staff of a shop: finds customers and bills, and takes payments.",
     kCashierMay},
};

template <class Rows>
std::string list_names(const Rows& rows) {
  std::string names;
  for (const auto& row : rows) {
    if (!names.empty()) names += ", ";
    names += row.name;
  }
  return names;
}

}  // namespace

std::span<const PermissionRow> permissions() { return kPermissions; }
std::span<const RoleRow> roles() { return kRoles; }

std::string_view to_text(Permission permission) {
  if (permission == kPublic) return "public";
  if (permission == kSignedIn) return "signed in";
  const auto row = std::ranges::find(kPermissions, permission, &PermissionRow::permission);
  CHECK(row != std::end(kPermissions));
  return row->name;
}

std::string_view to_text(Role role) {
  const auto row = std::ranges::find(kRoles, role, &RoleRow::role);
  CHECK(row != std::end(kRoles));
  return row->name;
}

base::Result<Role> parse_role(std::string_view text) {
  const auto row = std::ranges::find(kRoles, text, &RoleRow::name);
  if (row == std::end(kRoles)) {
    return base::fail("unknown_role", "there is no role '" + std::string(text.substr(0, 60)) +
                                          "'; use one of " + list_names(kRoles));
  }
  return row->role;
}

base::Result<Permission> parse_permission(std::string_view text) {
  const auto row = std::ranges::find(kPermissions, text, &PermissionRow::name);
  if (row == std::end(kPermissions)) {
    return base::fail("unknown_permission", "there is no permission '" +
                                                std::string(text.substr(0, 60)) + "'; use one of " +
                                                list_names(kPermissions));
  }
  return row->permission;
}

std::vector<std::string_view> names_of(RoleSet set) {
  std::vector<std::string_view> names;
  for (const RoleRow& row : kRoles) {
    if (set.has(row.role)) names.push_back(row.name);
  }
  return names;
}

std::vector<std::string_view> names_of(PermissionSet set) {
  std::vector<std::string_view> names;
  for (const PermissionRow& row : kPermissions) {
    if (set.has(row.permission)) names.push_back(row.name);
  }
  return names;
}

PermissionSet permissions_of(RoleSet set) {
  PermissionSet may = {kPublic, kSignedIn};
  for (const RoleRow& row : kRoles) {
    if (set.has(row.role)) may = may | row.permissions;
  }
  return may;
}

}  // namespace domain
