// The program: everything it does is in app/cli.
#include <sys/stat.h>

#include "app/cli/cli.h"

int main(int argc, char** argv) {
  // What it writes is about people and money: nobody else's to read, whatever folder it is in.
  ::umask(S_IRWXG | S_IRWXO);
  return app::run_cli(argc, argv);
}
