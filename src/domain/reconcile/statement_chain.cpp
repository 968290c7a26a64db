#include "domain/reconcile/statement_chain.h"

#include <algorithm>
#include <map>

namespace domain {
namespace {

using base::Date;
using base::Money;

std::string words(Money amount) {
  return amount.to_decimal_string() + " " + std::string(amount.currency().code());
}

class Books {
 public:
  Books(std::span<const DaySum> days, base::Currency currency) : days_(days), none_(0, currency) {}
  // What stood there at the end of the day.
  [[nodiscard]] Money at_end_of(Date day) const {
    Money sum = none_;
    for (const DaySum& each : days_) {
      if (each.day <= day) sum += each.amount;
    }
    return sum;
  }
  [[nodiscard]] bool begin_by(Date day) const {
    return std::ranges::any_of(
        days_, [&](const DaySum& each) { return each.day <= day && !each.amount.is_zero(); });
  }
  // The days with something booked, first to last.
  [[nodiscard]] std::string days_between(Date from, Date to) const {
    std::string text;
    for (const DaySum& each : days_) {
      if (each.day < from || to < each.day || each.amount.is_zero()) continue;
      text +=
          (text.empty() ? "" : ", ") + each.day.to_string() + " " + each.amount.to_decimal_string();
    }
    return text.empty() ? "nothing is booked" : "booked: " + text;
  }

 private:
  std::span<const DaySum> days_;
  Money none_;
};

// Statements that touch and agree, as one: several of one day say one day together.
struct Link {
  Date from, to;
  Money opening, closing;
  const KnownStatement* first;
  const KnownStatement* last;
};

void complain(AccountMonth& proof, std::unexpected<base::Error> problem) {
  proof.problems.push_back(std::move(problem).error());
}

// Of several of the same days the one that goes on from what is before them; else the one that
// goes on from none of them.
using Sorted = std::vector<const KnownStatement*>;
Sorted::iterator first_of(Sorted::iterator begin, Sorted::iterator end, const Money* before) {
  for (auto each = begin; before != nullptr && each != end; ++each) {
    if ((*each)->opening == *before) return each;
  }
  const auto opens = std::find_if(begin, end, [&](const KnownStatement* asked) {
    return std::none_of(begin, end, [&](const KnownStatement* other) {
      return other != asked && other->closing == asked->opening;
    });
  });
  return opens == end ? begin : opens;
}

Sorted in_order(std::span<const KnownStatement> statements, Date last) {
  Sorted sorted;
  for (const KnownStatement& each : statements) {
    if (each.to <= last) sorted.push_back(&each);
  }
  std::ranges::sort(sorted, {}, [](const KnownStatement* each) {
    return std::tuple(each->from, each->to, each->recorded.micros, each->id);
  });
  const Money* before = nullptr;
  for (auto at = sorted.begin(); at != sorted.end(); ++at) {
    const auto end = std::find_if(at, sorted.end(), [&](const KnownStatement* each) {
      return each->from != (*at)->from || each->to != (*at)->to;
    });
    std::iter_swap(at, first_of(at, end, before));
    before = &(*at)->closing;
  }
  return sorted;
}

std::vector<Link> links_of(const std::vector<const KnownStatement*>& sorted) {
  std::vector<Link> links;
  for (const KnownStatement* each : sorted) {
    if (!links.empty() && links.back().to == each->from && links.back().closing == each->opening) {
      links.back().to = each->to;
      links.back().closing = each->closing;
      links.back().last = each;
    } else {
      links.push_back({each->from, each->to, each->opening, each->closing, each, each});
    }
  }
  return links;
}

void check_link(const Link& link, const Books& books, AccountMonth& proof) {
  const Money opening = books.at_end_of(link.from - 1);
  const Money entries = books.at_end_of(link.to) - opening;
  const Money said = link.closing - link.opening;
  if (entries == said) return;
  complain(proof,
           base::fail("statement_entries_differ",
                      "the statement of " + link.from.to_string() + " to " + link.to.to_string() +
                          " changes the balance by " + words(said) + ", the books by " +
                          words(entries) + " (difference " + words(said - entries) + "; " +
                          books.days_between(link.from, link.to) +
                          "); look at what was left out of its file " + link.last->file.to_string(),
                      link.last->id.to_string()));
}

void check_next(const Link& before, const Link& next, const Books& books, AccountMonth& proof) {
  if (before.to < next.from) {
    if (before.closing == next.opening) return;
    complain(proof, base::fail("statement_missing",
                               "the statement to " + before.to.to_string() + " closes with " +
                                   words(before.closing) + ", the next from " +
                                   next.from.to_string() + " opens with " + words(next.opening) +
                                   ": a statement between them is missing (" +
                                   words(next.opening - before.closing) +
                                   "); ask the bank for it and import it",
                               next.first->id.to_string()));
    return;
  }
  // They overlap: what the first says up to the other's beginning is in the books.
  const Money between = books.at_end_of(next.from - 1) - books.at_end_of(before.from - 1);
  if (before.opening + between == next.opening) return;
  complain(proof,
           base::fail("statement_opening_differs",
                      "the statement from " + next.from.to_string() + " opens with " +
                          words(next.opening) + ", with the one before it the books come to " +
                          words(before.opening + between),
                      next.first->id.to_string()));
}

void check_end(const Books& books, const Link& last, base::Period month, AccountMonth& proof) {
  if (proof.closing == proof.ledger) return;
  complain(proof, base::fail("bank_differs",
                             "the bank closes with " + words(proof.closing) + " on " +
                                 last.to.to_string() + ", the books say " + words(proof.ledger) +
                                 " at the end of the month (difference " +
                                 words(proof.closing - proof.ledger) +
                                 (last.to < month.last_day()
                                      ? "; after the last statement " +
                                            books.days_between(last.to + 1, month.last_day())
                                      : "") +
                                 ")",
                             proof.bank_account));
}

}  // namespace

AccountMonth prove_account(std::string bank_account, base::Currency currency,
                           std::span<const KnownStatement> statements, std::span<const DaySum> days,
                           base::Period month) {
  AccountMonth proof;
  proof.bank_account = std::move(bank_account);
  const Books books(days, currency);
  proof.ledger = books.at_end_of(month.last_day());
  proof.opening = books.at_end_of(month.from() - 1);
  proof.entries = proof.ledger - proof.opening;
  proof.closing = proof.ledger;
  const auto sorted = in_order(statements, month.last_day());
  const auto links = links_of(sorted);
  if (statements.empty()) return proof;
  if (links.empty()) {
    // Before its first statement an account of which nothing is booked was not ours to prove.
    if (!books.begin_by(month.last_day())) return proof;
    complain(proof, base::fail("month_without_statement",
                               "no statement says a balance up to " + month.last_day().to_string(),
                               proof.bank_account));
    return proof;
  }
  for (const KnownStatement* each : sorted) proof.statements += month.contains(each->to);
  for (std::size_t at = 0; at < links.size(); ++at) {
    const Link& link = links[at];
    if (link.to < month.from()) continue;
    check_link(link, books, proof);
    if (at > 0) check_next(links[at - 1], link, books, proof);
  }
  const auto last = std::ranges::max_element(links, {}, &Link::to);
  const auto first =
      std::ranges::find_if(links, [&](const Link& link) { return link.to >= month.from(); });
  if (first != links.begin()) {
    proof.opening = std::prev(first)->closing;
  } else if (first->from >= month.from()) {
    // The account begins with it: what was brought in then is no entry of the month.
    proof.opening = first->opening;
    proof.entries = proof.ledger - books.at_end_of(first->from - 1);
  }
  proof.proved_to = last->to;
  proof.closing = last->closing;
  const bool is_moved = !(proof.ledger - books.at_end_of(last->to)).is_zero();
  if (proof.statements == 0 && is_moved) {
    complain(
        proof,
        base::fail("month_without_statement",
                   "money moved in the month, and no statement of it came; the last one is to " +
                       last->to.to_string(),
                   proof.bank_account));
  }
  check_end(books, *last, month, proof);
  return proof;
}

}  // namespace domain
