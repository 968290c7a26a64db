// The mobile division as the scenarios play it: a SIM a person, and the records of what it was used
// for, in the form that mappings/mobile.toml describes.
//
// SIMs get the numbers S1, S2, ... and telephone numbers that nobody has.
#pragma once

#include <map>
#include <string>

#include "base/result/result.h"
#include "tests/scenarios/scenario.h"

namespace scenarios {

class MobileFiles {
 public:
  // The line of a SIM, after what is said of it.
  [[nodiscard]] std::string sim(const GivePhone& said, base::Date today);
  // A file of one record, or of two where it repeats the last one; of ten o'clock in the morning
  // UTC. Errors: bad_scenario.
  [[nodiscard]] base::Result<std::string> call(const GiveUsage& said, base::Date today);

 private:
  struct Sim {
    int number = 0;
    std::map<std::string, std::string> fields;
  };

  std::map<std::string, Sim> sims_;  // By the person's name.
  int calls_ = 0;
  std::string last_call_;
};

}  // namespace scenarios
