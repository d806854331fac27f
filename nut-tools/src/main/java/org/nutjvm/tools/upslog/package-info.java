/// upslog: writes a line of values to a file at regular times.
@NullMarked
package org.nutjvm.tools.upslog;

import org.jspecify.annotations.NullMarked;
