// Who may do what (D11): the promises of the table that people rely on.
#include "domain/access/roles.h"

#include <set>

#include <gtest/gtest.h>

namespace domain {
namespace {

TEST(Roles, EachNameReadsBack) {
  for (const RoleRow& row : roles()) {
    EXPECT_EQ(parse_role(row.name).value(), row.role);
    EXPECT_EQ(to_text(row.role), row.name);
  }
  for (const PermissionRow& row : permissions()) {
    EXPECT_EQ(parse_permission(row.name).value(), row.permission);
    EXPECT_EQ(to_text(row.permission), row.name);
  }
  EXPECT_EQ(parse_role("root").error().code, "unknown_role");
  EXPECT_EQ(parse_permission("*").error().code, "unknown_permission");
  // What routes may ask for but nobody can be given.
  EXPECT_EQ(parse_permission("public").error().code, "unknown_permission");
}

TEST(Roles, EveryPermissionIsGivenToSomebodyElseThanTheAdmin) {
  for (const PermissionRow& permission : permissions()) {
    if (permission.permission == Permission::kUsersManage) continue;
    bool given = false;
    for (const RoleRow& role : roles()) {
      given = given || (role.role != Role::kAdmin && role.permissions.has(permission.permission));
    }
    EXPECT_TRUE(given) << permission.name;
  }
}

TEST(Roles, TheAuditorChangesNothing) {
  const PermissionSet changes = {Permission::kRunsStart, Permission::kRunsApprove,
                                 Permission::kRejectsCorrect, Permission::kPaymentsChange,
                                 Permission::kUsersManage};
  EXPECT_TRUE((permissions_of({Role::kAuditor}) & changes).is_empty());
}

TEST(Roles, OnlyTheAdminManagesUsers) {
  for (const RoleRow& role : roles()) {
    EXPECT_EQ(role.permissions.has(Permission::kUsersManage), role.role == Role::kAdmin)
        << role.name;
  }
}

TEST(Roles, ProductSeesNoPersonalData) {
  const PermissionSet personal = {Permission::kCustomersRead, Permission::kDocumentsRead,
                                  Permission::kRejectsRead, Permission::kPaymentsRead};
  EXPECT_TRUE((permissions_of({Role::kProduct}) & personal).is_empty());
}

TEST(Roles, PermissionsOfSeveralRolesAddUp) {
  const PermissionSet both = permissions_of({Role::kAgent, Role::kProduct});
  EXPECT_TRUE(both.contains(permissions_of({Role::kAgent})));
  EXPECT_TRUE(both.contains(permissions_of({Role::kProduct})));
  EXPECT_EQ(permissions_of({}), (PermissionSet{Permission::kPublic, Permission::kSignedIn}));
}

}  // namespace
}  // namespace domain
