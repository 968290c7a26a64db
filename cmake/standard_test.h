// The standard headers and GoogleTest, compiled once a test binary (precompiled header).
#pragma once

#include "standard.h"

#include <gtest/gtest.h>
