#include "flows/care/find_people.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "base/text/beginning.h"
#include "domain/party/search_words.h"
#include "ports/access.h"
#include "ports/billing.h"
#include "ports/desk.h"
#include "ports/parties.h"

namespace flows {
namespace {

using base::Result;

constexpr std::size_t kCandidatesMax = 500;
constexpr std::size_t kSeriesMax = 6;

// What the text may be.
struct Wanted {
  std::string text;
  bool people = true;
  bool phone_only = false;
  bool papers = true;
};

std::string trimmed(std::string_view whole) {
  const std::string kept = base::beginning(whole, kSearchTextMax);
  std::string_view text = kept;
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

Wanted read_wanted(std::string_view typed) {
  Wanted wanted{.text = trimmed(typed)};
  const std::size_t colon = wanted.text.find(':');
  if (colon == std::string::npos) return wanted;
  const std::string prefix = domain::fold_number(wanted.text.substr(0, colon));
  const bool is_paper = prefix == "ocr" || prefix == "ref";
  const bool is_phone = prefix == "tel";
  if (!is_paper && !is_phone && prefix != "namn" && prefix != "name") return wanted;
  wanted.text = trimmed(wanted.text.substr(colon + 1));
  wanted.people = !is_paper;
  wanted.phone_only = is_phone;
  wanted.papers = is_paper;
  return wanted;
}

std::optional<std::int64_t> as_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

class Search {
 public:
  Search(ports::Transaction& transaction, Wanted wanted, std::size_t limit)
      : transaction_(transaction), wanted_(std::move(wanted)), limit_(limit) {}

  Result<Findings> run() {
    if (wanted_.text.empty()) return std::move(found_);
    if (wanted_.papers) TRY(find_papers());
    if (wanted_.people) {
      TRY(find_customer_number());
      TRY(find_words(domain::exact_groups(wanted_.text)));
      if (found_.people.empty() && found_.bills.empty() && !wanted_.phone_only) {
        TRY(find_words(domain::tolerant_groups(wanted_.text)));
        found_.is_tolerant = !found_.people.empty();
      }
      rank();
    }
    return std::move(found_);
  }

 private:
  Result<> find_papers() {
    const std::string folded = domain::fold_number(wanted_.text);
    if (const auto key = TRY(transaction_.billing().find_reference(folded))) {
      TRY(add_bill(*key, "reference"));
    }
    const std::size_t digits = folded.find_first_of("0123456789");
    if (digits == std::string::npos || digits > kSeriesMax) return {};
    const auto number = as_number(std::string_view(folded).substr(digits));
    if (!number) return {};
    std::string series = folded.substr(0, digits);
    std::ranges::transform(series, series.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    if (const auto key = TRY(transaction_.access().desk().find_document(series, *number))) {
      TRY(add_bill(*key, "invoice_number"));
    }
    return {};
  }

  Result<> add_bill(const ports::Billing::BillKey& key, std::string_view matched) {
    const auto bill = TRY(transaction_.billing().find_bill(key.account, key.bill));
    const auto account = TRY(transaction_.parties().find_account(key.account));
    if (!bill || !account) return {};
    auto customers = TRY(transaction_.parties().find_customers({&account->customer, 1}));
    if (customers.empty()) return {};
    const auto numbers = TRY(transaction_.access().desk().invoice_numbers({&*bill, 1}));
    found_.bills.push_back(
        {*bill, numbers.front(), std::move(customers.front()), std::string(matched)});
    return {};
  }

  Result<> find_customer_number() {
    const auto number = as_number(domain::fold_number(wanted_.text));
    if (!number) return {};
    const auto id = TRY(transaction_.parties().find_customer_number(*number));
    if (!id) return {};
    for (auto& customer : TRY(transaction_.parties().find_customers({&*id, 1}))) {
      found_.people.push_back({std::move(customer), "number"});
    }
    return {};
  }

  Result<> find_words(const domain::WordGroups& groups) {
    const auto ids = TRY(transaction_.access().desk().find_customers(groups, kCandidatesMax));
    for (auto& customer : TRY(transaction_.parties().find_customers(ids))) {
      // Whom the index still knows though they were erased.
      if (customer.party.name.empty() || is_known(customer.id)) continue;
      std::string matched = what_matched(customer, groups);
      found_.people.push_back({std::move(customer), std::move(matched)});
    }
    return {};
  }

  [[nodiscard]] bool is_known(domain::CustomerId id) const {
    return std::ranges::any_of(found_.people,
                               [&](const FoundPerson& person) { return person.customer.id == id; });
  }

  // The first field that has one of the words.
  static std::string what_matched(const domain::Customer& customer,
                                  const domain::WordGroups& groups) {
    const domain::Party& party = customer.party;
    std::vector<std::string> lines = party.address.lines;
    lines.push_back(party.address.postal_code);
    lines.push_back(party.address.city);
    const std::pair<std::string, domain::SearchFacts> fields[] = {
        {"name", {.names = {party.name}}},
        {"phone", {.phones = {party.phone}}},
        {"email", {.email = party.email}},
        {"address", {.addresses = lines}}};
    for (const auto& [name, facts] : fields) {
      const auto words = domain::index_words(facts);
      const bool has_one = std::ranges::any_of(groups, [&](const auto& group) {
        return std::ranges::any_of(group, [&](const std::string& word) {
          return std::ranges::binary_search(words, word);
        });
      });
      if (has_one) return name;
    }
    return "service";  // Or a number at a division.
  }

  // Whole words of the name before beginnings of words, then by name.
  void rank() {
    const auto typed = domain::fold_words(wanted_.text);
    const auto whole_words = [&](const FoundPerson& person) {
      const auto words = domain::fold_words(person.customer.party.name);
      return std::ranges::count_if(typed, [&](const std::string& word) {
        return std::ranges::find(words, word) != words.end();
      });
    };
    std::ranges::stable_sort(found_.people, [&](const FoundPerson& a, const FoundPerson& b) {
      const auto one = whole_words(a), other = whole_words(b);
      if (one != other) return one > other;
      return a.customer.party.name < b.customer.party.name;
    });
    found_.has_more = found_.people.size() > limit_;
    if (found_.has_more) found_.people.resize(limit_);
  }

  ports::Transaction& transaction_;
  Wanted wanted_;
  std::size_t limit_;
  Findings found_;
};

}  // namespace

Result<Findings> find_people(ports::Transaction& transaction, std::string_view text,
                             std::size_t limit) {
  return Search(transaction, read_wanted(text), limit).run();
}

}  // namespace flows
