// Who adds which commands to the command line; cli.cpp calls them in the order of the reference.
#pragma once

#include "app/cli/line/syntax.h"

namespace app::line {

// billing.cpp
void add_bill_commands(const Node& app, Request& request);
void add_run_commands(const Node& app, Request& request);
void add_ledger_commands(const Node& app, Request& request);
void add_statement_commands(const Node& app, Request& request);

// checks.cpp
void add_check_commands(const Node& app, Request& request);
void add_data_commands(const Node& app, Request& request);

// access.cpp
void add_user_commands(const Node& app, Request& request);
void add_token_commands(const Node& app, Request& request);

// bank.cpp
void add_reference_commands(const Node& app, Request& request);
void add_bank_commands(const Node& app, Request& request);
void add_bank_code_command(const Node& app, Request& request);
void add_lab_commands(const Node& app, Request& request);
void add_bank_import_commands(const Node& app, Request& request);

// usage.cpp
void add_reject_commands(const Node& app, Request& request);
void add_usage_commands(const Node& app, Request& request);
void add_usage_level_commands(const Node& app, Request& request);
void add_import_commands(const Node& app, Request& request);
void add_catalogue_commands(const Node& app, Request& request);

// customers.cpp
void add_customer_commands(const Node& app, Request& request);
void add_account_commands(const Node& app, Request& request);
void add_service_commands(const Node& app, Request& request);

// payments.cpp
void add_payment_commands(const Node& app, Request& request);
void add_reconcile_commands(const Node& app, Request& request);
void add_refund_commands(const Node& app, Request& request);

// paying.cpp
void add_intent_commands(const Node& app, Request& request);
void add_plan_commands(const Node& app, Request& request);
void add_method_commands(const Node& app, Request& request);
void add_order_commands(const Node& app, Request& request);
void add_report_commands(const Node& app, Request& request);

// tills.cpp
void add_till_commands(const Node& app, Request& request);

// mandates.cpp
void add_mandate_commands(const Node& app, Request& request);
void add_collection_commands(const Node& app, Request& request);

}  // namespace app::line
