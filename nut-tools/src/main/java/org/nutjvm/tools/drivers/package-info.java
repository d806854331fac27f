/// What ups.conf says to programs that start, stop and enumerate drivers.
@NullMarked
package org.nutjvm.tools.drivers;

import org.jspecify.annotations.NullMarked;
