/// What the data server answers and decides. Nothing here does I/O, reads a clock or logs.
@NullMarked
package org.nutjvm.upsd.session;

import org.jspecify.annotations.NullMarked;
