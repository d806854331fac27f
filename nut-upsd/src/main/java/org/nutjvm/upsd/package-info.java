/// The data server: its program and what it reads at start.
@NullMarked
package org.nutjvm.upsd;

import org.jspecify.annotations.NullMarked;
