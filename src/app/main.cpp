// The program: everything it does is in app/cli.
#include "app/cli/cli.h"

int main(int argc, char** argv) { return app::run_cli(argc, argv); }
