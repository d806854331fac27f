/// Whole-system tests: real programs, ours and the C project's, in a sandbox on loopback.
@NullMarked
package org.nutjvm.it;

import org.jspecify.annotations.NullMarked;
