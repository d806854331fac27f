/// The benchmark that stands behind docs/performance.md: Debian's C programs and ours, measured in one run on one
/// machine.
@NullMarked
package org.nutjvm.bench;

import org.jspecify.annotations.NullMarked;
