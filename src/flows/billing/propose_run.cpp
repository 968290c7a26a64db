#include "flows/billing/propose_run.h"

#include <algorithm>
#include <cstdlib>

#include "flows/billing/begin_run.h"
#include "flows/billing/load_setup.h"
#include "formats/document/invoice_json.h"
#include "support/crypto/crypto.h"

namespace flows {
namespace {

using base::Json;
using base::Result;

constexpr std::int64_t kBatchAccounts = 500;

// One account's bills in a text that says everything of them but names and labels, which a count
// leaves sealed.
std::string text_of(const PlannedAccount& account) {
  std::string text = account.account.id.to_string() + " " + account.plan.boundary.to_string();
  for (const domain::PlannedBill& bill : account.plan.bills) {
    text += "\n" + bill.group_key + " " + bill.due.to_string() + (bill.is_credit ? " credit" : "") +
            " " + bill.sums.total.to_decimal_string() + " " +
            bill.sums.vat_total.to_decimal_string() + " " + bill.from_credit.to_decimal_string();
    for (const domain::InvoiceLine& line : bill.lines) {
      text += "\n " + std::string(domain::to_text(line.kind)) + " " + line.item + " " +
              line.service.to_string() + " " + line.period.from().to_string() + " " +
              line.period.to().to_string() + " " + line.quantity.to_string() + " " +
              line.unit_price.amount.to_string() + " " + line.net.to_decimal_string() + " " +
              line.vat_rate.value.to_string();
    }
  }
  return text;
}

// A hash that does not depend on the order of accounts: each comes once.
class RunDigest {
 public:
  void add(const BatchPlan& plan) {
    for (const PlannedAccount& account : plan.accounts) {
      if (!account.plan.bills.empty()) add(text_of(account));
    }
    for (const ports::SetAside& row : plan.set_aside) {
      add(row.account.to_string() + " set aside " + row.error.code);
    }
  }
  [[nodiscard]] std::string bytes() const {
    return {reinterpret_cast<const char*>(sum_.data()), sum_.size()};
  }

 private:
  void add(std::string_view text) {
    const crypto::Digest digest = crypto::hash(text);
    for (std::size_t at = 0; at < sum_.size(); ++at) sum_[at] ^= digest[at];
  }
  crypto::Digest sum_ = {};
};

// The plans of all accounts, batch by batch.
Result<> for_each_plan(const BillingTools& tools, const BillingSetup& setup,
                       const std::function<Result<>(const BatchPlan&)>& visit) {
  std::vector<ports::BillingBatch> batches;
  {
    const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
    batches = TRY(make_batches(*transaction, setup.cutoff_epoch, kBatchAccounts));
  }
  for (const ports::BillingBatch& batch : batches) {
    const BatchPlan plan = TRY(plan_batch(tools.store, setup, batch.range, PlanFor::kCount));
    TRY(visit(plan));
  }
  return {};
}

Result<BillingSetup> setup_for(const BillingTools& tools, base::Date day,
                               std::int64_t cutoff_epoch) {
  const auto transaction = TRY(tools.store.begin(ports::TransactionKind::kRead));
  BillingSetup setup = TRY(load_setup(*transaction, tools.rules, day));
  TRY(look_up_to(*transaction, cutoff_epoch, setup));
  return setup;
}

class Comparison {
 public:
  Comparison(const BillingTools& tools, RunPreview& preview) : tools_(tools), preview_(preview) {
    preview_.accounts_by_reason.resize(std::size(domain::kDifferenceReasons));
  }

  Result<> add(const BatchPlan& plan) {
    const auto transaction = TRY(tools_.store.begin(ports::TransactionKind::kRead));
    for (const PlannedAccount& account : plan.accounts) {
      const auto before = TRY(lines_before(*transaction, account.account.id));
      std::vector<domain::InvoiceLine> after;
      for (const domain::PlannedBill& bill : account.plan.bills) {
        for (domain::InvoiceLine line : bill.lines) {
          if (bill.is_credit) domain::turn_sign(line);
          after.push_back(std::move(line));
        }
      }
      count(account.account.id, domain::compare_lines(before, after), before, after);
    }
    for (const ports::SetAside& row : plan.set_aside) {
      const auto before = TRY(lines_before(*transaction, row.account));
      domain::Differences differences;
      differences.add(domain::DifferenceReason::kSetAside, -net_of(before));
      count(row.account, differences, before, {});
    }
    return {};
  }

 private:
  static std::int64_t net_of(std::span<const domain::InvoiceLine> lines) {
    std::int64_t net = 0;
    for (const domain::InvoiceLine& line : lines) net += line.net.minor();
    return net;
  }

  // What was issued to the account for the month before, credit notes of runs taken off.
  Result<std::vector<domain::InvoiceLine>> lines_before(ports::Transaction& transaction,
                                                        domain::AccountId account) const {
    const base::Date since = closing_day(preview_.period.previous());
    std::vector<domain::InvoiceLine> lines;
    for (const auto& document : TRY(transaction.billing().documents_since(account, since))) {
      if (document.issued >= preview_.issue_day) continue;
      auto paper = TRY(formats::document::read_invoice_json(document.content));
      if (paper.credits) continue;
      for (domain::InvoiceLine& line : paper.lines) {
        if (paper.kind == domain::DocumentKind::kCreditNote) domain::turn_sign(line);
        lines.push_back(std::move(line));
      }
    }
    return lines;
  }

  void count(domain::AccountId account, const domain::Differences& differences,
             std::span<const domain::InvoiceLine> before,
             std::span<const domain::InvoiceLine> after) {
    for (const domain::DifferenceReason reason : domain::kDifferenceReasons) {
      const std::int64_t minor = differences.of(reason);
      if (minor == 0) continue;
      preview_.differences.add(reason, minor);
      ++preview_.accounts_by_reason[static_cast<std::size_t>(reason)].accounts;
    }
    const Outlier outlier{account, net_of(before), net_of(after)};
    preview_.before_minor += outlier.before_minor;
    if (outlier.change() == 0) return;
    auto& outliers = preview_.outliers;
    const auto is_larger = [](const Outlier& one, const Outlier& other) {
      const std::int64_t a = std::abs(one.change()), b = std::abs(other.change());
      return a != b ? a > b : one.account < other.account;
    };
    outliers.insert(std::ranges::upper_bound(outliers, outlier, is_larger), outlier);
    if (outliers.size() > kOutliersMax) outliers.pop_back();
  }

  const BillingTools& tools_;
  RunPreview& preview_;
};

void add(const BatchPlan& plan, RunPreview& preview) {
  RunTotals& sum = preview.totals;
  const RunTotals& part = plan.totals;
  sum.accounts += part.accounts;
  sum.billed += part.billed;
  sum.documents += part.documents;
  sum.credit_notes += part.credit_notes;
  sum.set_aside += part.set_aside;
  sum.net_minor += part.net_minor;
  sum.vat_minor += part.vat_minor;
  sum.total_minor += part.total_minor;
  for (const ports::SetAside& row : plan.set_aside) {
    if (preview.set_aside.size() < kSetAsideShownMax) preview.set_aside.push_back(row);
  }
}

}  // namespace

Result<RunPreview> preview_run(const BillingTools& tools, base::Date day,
                               std::int64_t cutoff_epoch) {
  const BillingSetup setup = TRY(setup_for(tools, day, cutoff_epoch));
  RunPreview preview;
  preview.period = setup.period();
  preview.issue_day = setup.day;
  preview.currency = setup.seller.currency;
  preview.cutoff_epoch = cutoff_epoch;
  RunDigest digest;
  Comparison comparison(tools, preview);
  TRY(for_each_plan(tools, setup, [&](const BatchPlan& plan) -> Result<> {
    digest.add(plan);
    add(plan, preview);
    return comparison.add(plan);
  }));
  preview.digest = digest.bytes();
  return preview;
}

Result<std::string> digest_of_run(const BillingTools& tools, base::Date day,
                                  std::int64_t cutoff_epoch) {
  const BillingSetup setup = TRY(setup_for(tools, day, cutoff_epoch));
  RunDigest digest;
  TRY(for_each_plan(tools, setup, [&](const BatchPlan& plan) -> Result<> {
    digest.add(plan);
    return {};
  }));
  return digest.bytes();
}

Json to_json(const RunPreview& preview) {
  const auto amount = [&](std::int64_t minor) {
    return base::Money(minor, preview.currency).to_decimal_string();
  };
  const RunTotals& totals = preview.totals;
  Json set_aside = Json::array();
  for (const ports::SetAside& row : preview.set_aside) {
    set_aside.push(Json::object()
                       .set("account", row.account.to_string())
                       .set("code", row.error.code)
                       .set("text", row.error.text)
                       .set("place", row.error.place));
  }
  Json differences = Json::array();
  for (const domain::DifferenceReason reason : domain::kDifferenceReasons) {
    const auto& count = preview.accounts_by_reason[static_cast<std::size_t>(reason)];
    if (count.accounts == 0) continue;
    differences.push(Json::object()
                         .set("reason", domain::to_text(reason))
                         .set("accounts", count.accounts)
                         .set("net", amount(preview.differences.of(reason))));
  }
  Json outliers = Json::array();
  for (const Outlier& row : preview.outliers) {
    outliers.push(Json::object()
                      .set("account", row.account.to_string())
                      .set("before", amount(row.before_minor))
                      .set("after", amount(row.after_minor)));
  }
  return Json::object()
      .set("period", preview.period.to_string())
      .set("dry_run", true)
      .set("issue_day", preview.issue_day.to_string())
      .set("currency", preview.currency.code())
      .set("accounts", totals.accounts)
      .set("billed", totals.billed)
      .set("documents", totals.documents)
      .set("credit_notes", totals.credit_notes)
      .set("set_aside", totals.set_aside)
      .set("net", amount(totals.net_minor))
      .set("vat", amount(totals.vat_minor))
      .set("total", amount(totals.total_minor))
      .set("accounts_set_aside", std::move(set_aside))
      .set("net_before", amount(preview.before_minor))
      .set("differences", std::move(differences))
      .set("outliers", std::move(outliers));
}

}  // namespace flows
