/// Hostile input for everything that reads what others wrote; docs/reliability.md says how to run it for long.
@NullMarked
package org.nutjvm.fuzz;

import org.jspecify.annotations.NullMarked;
